import type { SeatLine } from '../../shared/protocol/view.ts'
import { Sign } from '../hud/icons.tsx'
import { language, say, t } from '../i18n/i18n.ts'
import { bySeat, seatMark } from '../view/seat-mark.ts'

/** Who is in, who is away, and the code that brings each back on another device. */
export function SeatTable({ seats }: { readonly seats: readonly SeatLine[] }) {
  if (seats.length === 0) return <p class="note">{t('host.nobody')}</p>
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={t('host.seats.table')}>
      <table class="seats">
        <thead>
          <tr>
            <th scope="col">{t('seat.state')}</th>
            <th scope="col">{t('seat.name')}</th>
            <th scope="col">{t('seat.plate')}</th>
            <th scope="col">{t('seat.fines')}</th>
            <th scope="col">{t('seat.driving')}</th>
            <th scope="col">{t('seat.knowledge')}</th>
            <th scope="col">{t('seat.hints')}</th>
            <th scope="col">{t('seat.code.short')}</th>
          </tr>
        </thead>
        <tbody>
          {[...seats].sort(bySeat(language.value)).map((seat) => (
            <Seat key={seat.seatId} seat={seat} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Seat({ seat }: { readonly seat: SeatLine }) {
  const { state, mark } = seatMark(seat)
  return (
    <tr>
      <td class={`seat-state seat-${state}`}>
        <span aria-hidden="true">{mark}</span> {t(`seat.${state}`)}
      </td>
      <th scope="row">
        {seat.name}
        {seat.desk && seat.desk.post !== 'driver' && <span class="tag">{t(`post.${seat.desk.post}`)}</span>}
        {seat.desk?.stuck && <Stuck goal={seat.desk.stuck} />}
      </th>
      <td>
        <span class="plate">{seat.plate}</span>
      </td>
      <td class="number">{seat.fines}</td>
      <Desk desk={seat.desk} />
      <td>
        <code>{seat.code ?? '—'}</code>
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
