import i18next from 'i18next'

import { language, setLanguage } from '../../../../client/i18n/i18n.ts'
import { boot } from '../../../../client/pages/boot.tsx'
import { demoDoors } from './demo-doors.ts'
import { DEMO_TEXTS } from './demo-view.ts'

/** The pages with a fake city behind them: for browser tests and for looking at. `?pseudo` shows texts a third longer. */
async function open(): Promise<void> {
  await boot(demoDoors)
  const shown = language.value
  for (const name of ['en', 'fr'] as const) {
    i18next.addResourceBundle(name, 'translation', DEMO_TEXTS[name], true, true)
    if (new URLSearchParams(location.search).has('pseudo')) lengthen(name)
  }
  await setLanguage(shown === 'en' ? 'fr' : 'en')
  await setLanguage(shown)
  document.body.dataset['ready'] = shown
}

/** Every text grows by a third, with marks at both ends, so that what is cut off shows. */
function lengthen(name: string): void {
  const texts: Record<string, string> = i18next.getResourceBundle(name, 'translation')
  const longer = Object.entries(texts)
    .filter(([key]) => !key.startsWith('names.'))
    .map(([key, text]) => [key, `⟦${text}${'·'.repeat(Math.ceil(text.replaceAll(/\{\{.*?\}\}/g, '').length / 3))}⟧`])
  i18next.addResourceBundle(name, 'translation', Object.fromEntries(longer), true, true)
}

await open()
