import { t } from '../i18n/i18n.ts'
import type { HudModel } from './model.ts'

/** Everybody looks to the front while the city stands; before it runs again, three numbers. */
export function PauseVeil({ model }: { readonly model: HudModel }) {
  const { room, role } = model.view.value
  const isSolo = model.link.value === 'solo'
  if (room.ended) {
    return (
      <div class="veil" role="status">
        <p class="veil-big">{t('room.ended')}</p>
        <p>{t('room.ended.more')}</p>
      </div>
    )
  }
  if (!room.paused || role === 'host') return <div role="status" />
  const countdown = room.countdown ?? null
  return (
    <div class="veil" role="status">
      <p class="veil-big">{countdown === null ? t(isSolo ? 'pause.solo' : 'pause.class') : countdown}</p>
      <p>{t(countdown === null ? 'pause.clocks' : 'pause.ready')}</p>
    </div>
  )
}
