import { useState } from 'preact/hooks'

import type { SeatLine } from '../../shared/protocol/view.ts'
import { t } from '../i18n/i18n.ts'
import { MOST_EXPECTED, toRoster } from '../view/roster.ts'
import type { KeysKept } from './keys-kept.ts'

interface RosterProps {
  readonly keys: KeysKept
  readonly code: string
  readonly seats: readonly SeatLine[]
}

/** How many are in, and who is missing: pupils have no names before they come, so the teacher says how many there are. */
export function Roster({ keys, code, seats }: RosterProps) {
  const [expected, setExpected] = useState(() => keys.expected(code))
  const { away, toCome } = toRoster(seats, expected)
  const expect = (pupils: number) => {
    const asked = Math.min(MOST_EXPECTED, Math.max(0, Math.round(pupils || 0)))
    keys.keepExpected(code, asked)
    setExpected(asked)
  }
  return (
    <div class="roster">
      <h2 id="seats-title">{t('host.seats', { count: seats.length })}</h2>
      <p class="roster-missing" role="status">
        {away > 0 && <span class="tag tag-bad">{t('host.away', { count: away })}</span>}
        {toCome > 0 && <span class="tag">{t('host.to-come', { count: toCome })}</span>}
      </p>
      <label class="roster-expected">
        {t('host.expected')}
        <input
          type="number"
          inputMode="numeric"
          min={0}
          max={MOST_EXPECTED}
          value={expected === 0 ? '' : expected}
          onInput={({ currentTarget }) => expect(currentTarget.valueAsNumber)}
        />
      </label>
    </div>
  )
}
