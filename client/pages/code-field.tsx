import { useId } from 'preact/hooks'

import { t, type TextKey } from '../i18n/i18n.ts'

interface CodeFieldProps {
  readonly label: TextKey
  /** What stands below, and what replaces it once a code was sent that is not whole. */
  readonly help: TextKey
  readonly odd: TextKey
  readonly isOdd: boolean
  readonly value: string
  readonly example: string
  readonly onInput: (typed: string) => void
}

/** A field for a code: large letters, no spelling help, and a word on what is wrong with it. */
export function CodeField({ label, help, odd, isOdd, value, example, onInput }: CodeFieldProps) {
  const ids = { input: useId(), help: useId() }
  return (
    <>
      <label for={ids.input}>{t(label)}</label>
      <input
        id={ids.input}
        class="code-input"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellcheck={false}
        placeholder={example}
        aria-describedby={ids.help}
        aria-invalid={isOdd}
      />
      <p id={ids.help} class="way-help" role={isOdd ? 'alert' : undefined}>
        {t(isOdd ? odd : help)}
      </p>
    </>
  )
}
