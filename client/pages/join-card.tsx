import { useState } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { isRoomCode, toRoomCode } from '../view/route.ts'
import { CodeField } from './code-field.tsx'
import type { KeysKept } from './keys-kept.ts'
import { NameRoll, useNameTable } from './name-roll.tsx'
import { go } from './navigation.ts'
import { SeatCodeForm } from './seat-code-form.tsx'

interface JoinCardProps {
  readonly keys: KeysKept
  readonly code: string
}

/** Code, name, drive: nothing else is asked. */
export function JoinCard({ keys, code: given }: JoinCardProps) {
  const [code, setCode] = useState(given)
  const table = useNameTable(keys.name())
  const [wasSent, setSent] = useState(false)
  const isWhole = isRoomCode(code)

  function join(event: Event): void {
    event.preventDefault()
    setSent(true)
    if (!isWhole) return
    keys.keepName(table.name)
    go({ page: 'room', code, seatCode: null })
  }

  return (
    <section class="way way-join" aria-labelledby="way-join">
      <h2 id="way-join">{t('landing.join')}</h2>
      <form onSubmit={join} noValidate>
        <CodeField
          label="landing.join.code"
          help="landing.join.help"
          odd="landing.join.odd"
          isOdd={wasSent && !isWhole}
          value={code}
          example="ABC234"
          onInput={(typed) => setCode(toRoomCode(typed))}
        />
        {isWhole && <NameRoll table={table} />}
        <button type="submit" class="button button-primary button-big">
          {t('landing.join.go')}
        </button>
      </form>
      {isWhole && (
        <details class="way-more">
          <summary>{t('seat.lost')}</summary>
          <SeatCodeForm code={code} />
        </details>
      )}
    </section>
  )
}
