import i18next from 'i18next'

import { boot } from '../../../../client/pages/boot.tsx'
import { demoDoors } from './demo-doors.ts'
import { DEMO_TEXTS } from './demo-view.ts'

await boot(demoDoors)
for (const [language, texts] of Object.entries(DEMO_TEXTS))
  i18next.addResourceBundle(language, 'translation', texts, true)
