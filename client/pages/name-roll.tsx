import { useEffect, useState } from 'preact/hooks'

import { Sign } from '../hud/icons.tsx'
import { t, type TextKey } from '../i18n/i18n.ts'
import { rollNames, type NameWords } from '../view/names.ts'

interface NameRollProps {
  /** The name last driven under on this device. */
  readonly known: string | undefined
  readonly onPick: (name: string) => void
}

/** Three names to choose from, and another roll: nobody types, so nobody can type something hurtful. */
export function NameRoll({ known, onPick }: NameRollProps) {
  const [seed] = useState(() => Math.floor(Math.random() * 2 ** 31))
  const [turn, setTurn] = useState(0)
  const rolled = rollNames(nameWords(), seed, turn)
  const names = known && turn === 0 ? [known, ...rolled.slice(1)] : rolled
  const [picked, setPicked] = useState(0)
  const name = names[picked] ?? ''
  useEffect(() => onPick(name), [name])

  return (
    <fieldset class="names">
      <legend>{t('names.title')}</legend>
      {names.map((choice, i) => (
        <label key={choice} class="name">
          <input type="radio" name="driver-name" checked={i === picked} onChange={() => setPicked(i)} />
          <span>{choice}</span>
        </label>
      ))}
      <button type="button" class="button button-small" onClick={() => setTurn(turn + 1)}>
        <Sign name="dice" size={18} /> {t('names.roll')}
      </button>
    </fieldset>
  )
}

/** The lists stand in the locales, one text per list, so that each language agrees as it must. */
function nameWords(): NameWords {
  const list = (key: TextKey) => t(key).split(', ')
  return {
    nounsA: list('names.nouns-a'),
    adjectivesA: list('names.adjectives-a'),
    nounsB: list('names.nouns-b'),
    adjectivesB: list('names.adjectives-b'),
    join: (noun, adjective) => t('names.pattern', { noun, adjective }),
  }
}
