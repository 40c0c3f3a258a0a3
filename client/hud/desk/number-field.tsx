import { useId } from 'preact/hooks'

interface NumberFieldProps {
  readonly label: string
  readonly value: string
  readonly least: number
  readonly most: number
  readonly onInput: (typed: string) => void
}

/** A dial that is typed, or stepped with the arrows. */
export function NumberField({ label, value, least, most, onInput }: NumberFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  )
}
