import { useState } from 'preact/hooks'

import type { Assists } from '../../shared/model/command.ts'
import type { SeatLine } from '../../shared/protocol/view.ts'
import { Sign } from '../hud/icons.tsx'
import { language, say, t } from '../i18n/i18n.ts'
import { bySeat, seatMark } from '../view/seat-mark.ts'
import { SeatHelp } from './seat-help.tsx'

interface SeatTableProps {
  readonly seats: readonly SeatLine[]
  readonly onHelp: (seatId: string, help: Assists | null) => void
}

/** Who is in, who is away, and the code that brings each back on another device. */
export function SeatTable({ seats, onHelp }: SeatTableProps) {
  const [helped, setHelped] = useState<string | null>(null)
  const seat = seats.find(({ seatId }) => seatId === helped)
  if (seats.length === 0) return <p class="note">{t('host.nobody')}</p>
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={t('host.seats.table')}>
      <table class="seats">
        <thead>
          <tr>
            <th scope="col">{t('seat.state')}</th>
            <th scope="col">{t('seat.name')}</th>
            <th scope="col">{t('seat.fines')}</th>
            <th scope="col">{t('seat.driving')}</th>
            <th scope="col">{t('seat.knowledge')}</th>
            <th scope="col">{t('seat.hints')}</th>
            <th scope="col">{t('seat.code.short')}</th>
            <th scope="col">{t('seat.helps')}</th>
          </tr>
        </thead>
        <tbody>
          {[...seats].sort(bySeat(language.value)).map((line) => (
            <Seat key={line.seatId} seat={line} onAsk={() => setHelped(line.seatId)} />
          ))}
        </tbody>
      </table>
      {seat && <SeatHelp seat={seat} onGive={(help) => onHelp(seat.seatId, help)} onClose={() => setHelped(null)} />}
    </div>
  )
}

function Seat({ seat, onAsk }: { readonly seat: SeatLine; readonly onAsk: () => void }) {
  const { state, mark } = seatMark(seat)
  return (
    <tr>
      <td class={`seat-state seat-${state}`}>
        <span aria-hidden="true">{mark}</span> {t(`seat.${state}`)}
        {seat.ready && (
          <small class="seat-ready">
            <Sign name="good" size={16} /> {t('seat.ready')}
          </small>
        )}
      </td>
      <th scope="row">
        {seat.name}
        <small>
          <span class="plate" title={t('seat.plate')}>
            {seat.plate}
          </span>
        </small>
        {seat.desk && seat.desk.post !== 'driver' && <span class="tag">{t(`post.${seat.desk.post}`)}</span>}
        {seat.desk?.stuck && <Stuck goal={seat.desk.stuck} />}
      </th>
      <td class="number">{seat.fines}</td>
      <Desk desk={seat.desk} />
      <td>
        <code>{seat.code ?? '—'}</code>
      </td>
      <td>
        <button
          type="button"
          class="button button-small"
          aria-label={t('help.title', { name: seat.name })}
          onClick={onAsk}
        >
          <Sign name={seat.help ? 'good' : 'wheel'} size={18} /> {t(seat.help ? 'seat.helped' : 'seat.help-give')}
        </button>
      </td>
    </tr>
  )
}

/** Both scores and the hints that were taken: for the host's eyes. */
function Desk({ desk }: { readonly desk: SeatLine['desk'] }) {
  if (desk === null) return <td colSpan={3} />
  const { driving, perMinute, knowledge, mostKnowledge } = desk.score
  return (
    <>
      <td class="number">
        {driving} <small>({t('score.per-minute', { points: perMinute })})</small>
      </td>
      <td class="number">{t('score.of', { points: knowledge, most: mostKnowledge })}</td>
      <td class="number">{desk.hints}</td>
    </>
  )
}

const Stuck = ({ goal }: { readonly goal: string }) => (
  <span class="seat-stuck">
    <Sign name="hand" size={18} /> {t('seat.help-wanted', { goal: say({ key: goal, params: {} }) })}
  </span>
)
