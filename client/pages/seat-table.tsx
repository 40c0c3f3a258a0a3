import type { SeatLine } from '../../shared/protocol/view.ts'
import { language, t } from '../i18n/i18n.ts'
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
      <th scope="row">{seat.name}</th>
      <td>
        <span class="plate">{seat.plate}</span>
      </td>
      <td class="number">{seat.fines}</td>
      <td>
        <code>{seat.code ?? '—'}</code>
      </td>
    </tr>
  )
}
