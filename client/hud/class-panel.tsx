import { language, t } from '../i18n/i18n.ts'
import { bySeat, seatMark } from '../view/seat-mark.ts'
import { Sign } from './icons.tsx'
import type { HudModel } from './model.ts'

/** Who is in the room: by mark and word who is here, and who is ready to go on. */
export function ClassPanel({ model }: { readonly model: HudModel }) {
  const { room, seatId } = model.view.value
  return (
    <>
      <Ready model={model} />
      <ul class="classmates">
        {room.seats.toSorted(bySeat(language.value)).map((seat) => {
          const { state, mark } = seatMark(seat)
          return (
            <li key={seat.seatId} class={`classmate seat-${state}`}>
              <span aria-hidden="true">{mark}</span>
              <strong>{seat.name}</strong>
              {seat.seatId === seatId && <span class="tag">{t('feed.you')}</span>}
              <span class="classmate-state">
                {seat.ready && <Sign name="good" size={18} />} {t(seat.ready ? 'seat.ready' : `seat.${state}`)}
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** A driver tells the class so; it is forgotten when the clocks run again. */
export function Ready({ model }: { readonly model: HudModel }) {
  const { room, seatId } = model.view.value
  const own = room.seats.find((seat) => seat.seatId === seatId)
  if (!own) return null
  const isReady = own.ready ?? false
  const tell = () =>
    void model.feed.ready(!isReady).then((reply) => (model.refused.value = reply.ok ? null : reply.refusal.code))
  return (
    <button type="button" class="button button-primary" aria-pressed={isReady} onClick={tell}>
      {isReady && <Sign name="good" size={18} />} {t(isReady ? 'ready.told' : 'ready.tell')}
    </button>
  )
}
