import type { ComponentChildren } from 'preact'

import { t } from '../i18n/i18n.ts'
import { Ready } from './class-panel.tsx'
import type { HudModel } from './model.ts'

/** Everybody looks to the front while the city stands; before it runs again, three numbers. */
export function PauseVeil({ model }: { readonly model: HudModel }) {
  const { room, role } = model.view.value
  const link = model.link.value
  if (room.ended) return <Veil big={t('room.ended')} small={t('room.ended.more')} />
  if (link === 'closed') {
    return (
      <Veil big={t('link.closed')} small={t('link.closed.more')}>
        {role !== 'projector' && (
          <button type="button" class="button button-primary" onClick={() => location.reload()}>
            {t('link.reload')}
          </button>
        )}
      </Veil>
    )
  }
  if (!room.paused || role === 'host') return <div role="status" />
  if (room.countdown !== undefined) return <Veil big={String(room.countdown)} small={t('pause.ready')} />
  return (
    <Veil big={t(link === 'solo' ? 'pause.solo' : 'pause.class')} small={t('pause.clocks')}>
      {role === 'driver' && (link === 'solo' ? <Resume model={model} /> : <Ready model={model} />)}
      {role === 'driver' && (
        <button type="button" class="button" onClick={() => model.open({ kind: 'post' })}>
          {t('post.swap')}
        </button>
      )}
    </Veil>
  )
}

const Resume = ({ model }: { readonly model: HudModel }) => (
  <button type="button" class="button button-primary" onClick={() => void model.feed.pause(false)}>
    {t('toolbar.resume')}
  </button>
)

interface VeilProps {
  readonly big: string
  readonly small: string
  readonly children?: ComponentChildren
}

const Veil = ({ big, small, children }: VeilProps) => (
  <div class="veil" role="status">
    <p class="veil-big">{big}</p>
    <p>{small}</p>
    {children}
  </div>
)
