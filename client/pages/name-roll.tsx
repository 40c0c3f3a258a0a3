import { useState } from 'preact/hooks'

import { Sign } from '../hud/icons.tsx'
import { t } from '../i18n/i18n.ts'
import { rollNames } from '../view/names.ts'
import { nameWords } from './name-words.ts'

/** Three names on the table and which of them is picked. */
export interface NameTable {
  readonly names: readonly string[]
  readonly picked: number
  readonly name: string
  pick(which: number): void
  roll(): void
}

/** @param known the name last driven under on this device: it is the first choice until another roll */
export function useNameTable(known: string | undefined): NameTable {
  const [seed] = useState(() => Math.floor(Math.random() * 2 ** 31))
  const [turn, setTurn] = useState(0)
  const [picked, setPicked] = useState(0)
  const rolled = rollNames(nameWords(), seed, turn)
  const names = known && turn === 0 ? [known, ...rolled.slice(1)] : rolled
  return { names, picked, name: names[picked] ?? '', pick: setPicked, roll: () => setTurn(turn + 1) }
}

/** Three names to choose from, and another roll: nobody types, so nobody can type something hurtful. */
export function NameRoll({ table }: { readonly table: NameTable }) {
  return (
    <fieldset class="names">
      <legend>{t('names.title')}</legend>
      {table.names.map((choice, i) => (
        <label key={choice} class="name">
          <input type="radio" name="driver-name" checked={i === table.picked} onChange={() => table.pick(i)} />
          <span>{choice}</span>
        </label>
      ))}
      <button type="button" class="button button-small" onClick={() => table.roll()}>
        <Sign name="dice" size={18} /> {t('names.roll')}
      </button>
    </fieldset>
  )
}
