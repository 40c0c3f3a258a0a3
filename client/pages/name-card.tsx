import { useEffect, useState } from 'preact/hooks'

import { Sign } from '../hud/icons.tsx'
import type { HudModel } from '../hud/model.ts'
import { t } from '../i18n/i18n.ts'
import { rollNames } from '../view/names.ts'
import type { KeysKept } from './keys-kept.ts'
import { nameWords } from './name-words.ts'

interface NameCardProps {
  readonly keys: KeysKept
  readonly model: HudModel
}

/** Rolls that a driver has, the first one included. */
const ROLLS = 3
/** Whoever does not care keeps what was rolled; whoever rolls has a little longer. */
const READ_MS = 5000
const ROLL_MS = 7000

/** A name on the road, at the very beginning and never in the way: the car drives all the while. */
export function NameCard({ keys, model }: NameCardProps) {
  const [seed] = useState(() => Math.floor(Math.random() * 2 ** 31))
  const [known] = useState(() => keys.name())
  const [turn, setTurn] = useState(0)
  const name = (turn === 0 ? known : undefined) ?? rollNames(nameWords(), seed, turn)[0] ?? ''
  const take = () => {
    keys.keepName(name)
    model.name.value = name
  }
  const hasBegun = model.clocks.value.play > 0
  useEffect(() => {
    if (!hasBegun) return
    const timer = setTimeout(take, turn === 0 ? READ_MS : ROLL_MS)
    return () => clearTimeout(timer)
  }, [name, hasBegun])

  const left = ROLLS - 1 - turn
  return (
    <div class="card name-card" role="group" aria-label={t('names.title')}>
      <p role="status">
        {t('names.you-are')} <strong>{name}</strong>
      </p>
      {left > 0 && (
        <button type="button" class="button button-small" onClick={() => setTurn(turn + 1)}>
          <Sign name="dice" size={18} /> {t('names.rolls-left', { count: left })}
        </button>
      )}
      <button type="button" class="button button-primary button-small" onClick={take}>
        {t('names.take')}
      </button>
    </div>
  )
}
