import { useId, useState } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { isRoomCode, toRoomCode } from '../view/route.ts'
import type { KeysKept } from './keys-kept.ts'
import { NameRoll } from './name-roll.tsx'
import { go } from './navigation.ts'

interface JoinCardProps {
  readonly keys: KeysKept
  readonly code: string
}

/** Code, name, drive: nothing else is asked. */
export function JoinCard({ keys, code: given }: JoinCardProps) {
  const [code, setCode] = useState(given)
  const [name, setName] = useState('')
  const [isOdd, setOdd] = useState(false)
  const ids = { input: useId(), help: useId() }
  const isWhole = isRoomCode(code)

  function join(event: Event): void {
    event.preventDefault()
    setOdd(!isWhole)
    if (!isWhole) return
    keys.keepName(name)
    go({ page: 'room', code })
  }

  return (
    <section class="way way-join" aria-labelledby="way-join">
      <h2 id="way-join">{t('landing.join')}</h2>
      <form onSubmit={join} noValidate>
        <label for={ids.input}>{t('landing.join.code')}</label>
        <input
          id={ids.input}
          class="code-input"
          value={code}
          onInput={(event) => setCode(toRoomCode(event.currentTarget.value))}
          inputMode="text"
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
          placeholder="ABC234"
          maxLength={12}
          aria-describedby={ids.help}
          aria-invalid={isOdd && !isWhole}
        />
        <p id={ids.help} class="way-help" role={isOdd ? 'alert' : undefined}>
          {t(isOdd && !isWhole ? 'landing.join.odd' : 'landing.join.help')}
        </p>
        {isWhole && <NameRoll known={keys.name()} onPick={setName} />}
        <button type="submit" class="button button-primary button-big">
          {t('landing.join.go')}
        </button>
      </form>
    </section>
  )
}
