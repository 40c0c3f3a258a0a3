import { useState } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { toSeatCode } from '../view/route.ts'
import { CodeField } from './code-field.tsx'
import { go } from './navigation.ts'

/** Takes a seat of the room back on another device: four characters, read out by the teacher. */
export function SeatCodeForm({ code }: { readonly code: string }) {
  const [typed, setTyped] = useState('')
  const [wasSent, setSent] = useState(false)
  const seatCode = toSeatCode(typed)

  function take(event: Event): void {
    event.preventDefault()
    setSent(true)
    if (seatCode !== null) go({ page: 'room', code, seatCode })
  }

  return (
    <form class="seat-code" onSubmit={take} noValidate>
      <CodeField
        label="seat.code"
        help="seat.help"
        odd="seat.odd"
        isOdd={wasSent && seatCode === null}
        value={typed}
        example="K7QD"
        onInput={setTyped}
      />
      <button type="submit" class="button">
        {t('seat.back')}
      </button>
    </form>
  )
}
