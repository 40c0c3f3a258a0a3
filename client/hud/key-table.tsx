import { useState } from 'preact/hooks'

import { language, t } from '../i18n/i18n.ts'
import { ACTIONS, canBind, DEFAULT_BINDINGS, rebind, type Action } from '../view/bindings.ts'
import { keyLabel } from '../input/key-labels.ts'
import { layout } from './keyboard-layout.ts'
import { change, settings } from './preferences.ts'

/** One row per action. Press the button, then the new key; a key that was taken changes places. */
export function KeyTable() {
  const [asking, setAsking] = useState<Action | null>(null)
  const [isOdd, setOdd] = useState(false)

  function take(event: KeyboardEvent, action: Action): void {
    if (asking !== action || event.code === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.code === 'Escape') return setAsking(null)
    setOdd(!canBind(event.code))
    if (!canBind(event.code)) return
    change({ bindings: rebind(settings.value.bindings, action, event.code) })
    setAsking(null)
  }

  return (
    <>
      <p class="note">{t('keys.arrows')}</p>
      <ul class="keys">
        {ACTIONS.map((action) => (
          <li key={action}>
            <span id={`key-${action}`}>{t(`action.${action}`)}</span>
            <button
              type="button"
              class="key"
              aria-describedby={`key-${action}`}
              onClick={() => setAsking(action)}
              onBlur={() => setAsking(null)}
              onKeyDown={(event) => take(event, action)}
            >
              {asking === action ? t('keys.press') : keyName(settings.value.bindings[action])}
            </button>
          </li>
        ))}
      </ul>
      <p role="status">{isOdd && t('keys.reserved')}</p>
      <button type="button" class="button" onClick={() => change({ bindings: DEFAULT_BINDINGS })}>
        {t('keys.reset')}
      </button>
    </>
  )
}

const keyName = (code: string) => (code === 'Space' ? t('keys.space') : keyLabel(code, layout.value, language.value))
