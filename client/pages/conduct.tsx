import { useState } from 'preact/hooks'

import type { Reply } from '../../shared/protocol/messages.ts'
import type { HudModel } from '../hud/model.ts'
import { PanelFrame } from '../hud/panel.tsx'
import { t } from '../i18n/i18n.ts'
import { go } from './navigation.ts'

interface ConductProps {
  readonly model: HudModel
  readonly code: string
}

/** Pause and resume in one big button; the end asks twice. */
export function Conduct({ model, code }: ConductProps) {
  const { paused, ended } = model.view.value.room
  const [isEnding, setEnding] = useState(false)
  const say = (reply: Reply) => {
    model.refused.value = reply.ok ? null : reply.refusal.code
  }
  // The server hangs up on everybody when the room is over, which may be before it could say so.
  if (ended || model.link.value === 'closed') return <Over />
  return (
    <section class="conduct" aria-label={t('host.conduct')}>
      <button
        type="button"
        class={`button button-huge ${paused ? 'button-primary' : 'button-pause'}`}
        onClick={() => void model.feed.pause(!paused).then(say)}
      >
        {t(paused ? 'host.resume' : 'host.pause')}
      </button>
      <p role="status" class="conduct-state">
        {stateOf(model)}
      </p>
      <p role="alert" class="refusal">
        {model.refused.value && t(`refusal.${model.refused.value}`)}
      </p>
      <button type="button" class="button button-quiet" onClick={() => setEnding(true)}>
        {t('host.end')}
      </button>
      {isEnding && (
        <EndPanel
          code={code}
          onNo={() => setEnding(false)}
          onYes={() => {
            setEnding(false)
            void model.feed.end().then(say)
          }}
        />
      )}
    </section>
  )
}

function stateOf(model: HudModel): string {
  const { paused, countdown, seats } = model.view.value.room
  const ready = seats.filter((seat) => seat.ready).length
  if (!paused) return t('host.running')
  if (countdown === undefined && ready > 0) return t('host.ready', { ready, of: seats.length })
  return countdown === undefined ? t('host.paused') : t('host.countdown', { count: countdown })
}

const Over = () => (
  <section class="conduct conduct-ended" aria-label={t('host.conduct')}>
    <p role="status">{t('room.ended')}</p>
    <button type="button" class="button button-primary" onClick={() => go({ page: 'host', code: '' })}>
      {t('landing.host.go')}
    </button>
  </section>
)

interface EndPanelProps {
  readonly code: string
  readonly onNo: () => void
  readonly onYes: () => void
}

const EndPanel = ({ code, onNo, onYes }: EndPanelProps) => (
  <PanelFrame kind="confirm" title={t('host.end.title', { code })} onClose={onNo}>
    <p>{t('host.end.text')}</p>
    <div class="door-buttons">
      <button type="button" class="button" onClick={onNo}>
        {t('host.end.no')}
      </button>
      <button type="button" class="button button-danger" onClick={onYes}>
        {t('host.end.yes')}
      </button>
    </div>
  </PanelFrame>
)
