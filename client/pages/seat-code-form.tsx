import { useId, useState } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'

/** Takes a seat back on another device: four characters, read out by the teacher. */
export function SeatCodeForm({ onCode }: { readonly onCode: (code: string) => void }) {
  const [typed, setTyped] = useState('')
  const id = useId()
  const isWhole = typed.length === 4
  return (
    <form
      class="seat-code"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) onCode(typed)
      }}
    >
      <label for={id}>{t('seat.code')}</label>
      <input
        id={id}
        class="code-input"
        value={typed}
        maxLength={4}
        autoComplete="off"
        spellcheck={false}
        onInput={(event) => setTyped(event.currentTarget.value.toUpperCase().replace(/[^A-Z0-9]/g, ''))}
      />
      <button type="submit" class="button button-primary">
        {t('seat.back')}
      </button>
    </form>
  )
}
