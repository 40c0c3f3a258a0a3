import { computed, effect } from '@preact/signals'
import { render } from 'preact'

import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/landing.css'
import '../styles/scape.css'
import '../styles/hud.css'
import '../styles/cards.css'
import '../styles/dials.css'
import '../styles/hud-small.css'
import '../styles/hud-large.css'
import '../styles/thumbs.css'
import '../styles/panels.css'
import '../styles/thing.css'
import '../styles/why.css'
import '../styles/study.css'
import '../styles/desk.css'
import '../styles/host.css'
import '../styles/wall.css'
import { openLayout } from '../hud/keyboard-layout.ts'
import { firstLanguage, openPreferences, settings } from '../hud/preferences.ts'
import { language, startI18n } from '../i18n/i18n.ts'
import { openOneSwitch } from '../input/one-switch.ts'
import type { Doors } from '../net/doors.ts'
import { App } from './app.tsx'
import { openKeysKept } from './keys-kept.ts'
import { openNavigation } from './navigation.ts'

/** Settings, language, address; then the page. The game itself is loaded by the page that needs it. */
export async function boot(doors: Doors): Promise<void> {
  const root = document.getElementById('app')
  if (!root) return
  openPreferences(localStorage, document.documentElement)
  const asked = new URLSearchParams(location.search).get('lang')
  await startI18n(firstLanguage(asked, navigator.languages))
  effect(() => void (document.documentElement.lang = language.value))
  openNavigation()
  const switchSeconds = computed(() => settings.value.oneSwitch)
  effect(() => (switchSeconds.value > 0 ? openOneSwitch(switchSeconds.value) : undefined))
  render(<App doors={doors} keys={openKeysKept(localStorage)} />, root)
  await openLayout()
}
