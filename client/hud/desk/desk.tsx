import type { DutyAct } from '../../../shared/protocol/duty.ts'
import { t } from '../../i18n/i18n.ts'
import { agentOf } from '../../view/agents.ts'
import { lastCall, speakerOfPost } from '../../view/duty.ts'
import { AgentIcon, Sign } from '../icons.tsx'
import type { HudModel } from '../model.ts'
import { CameraDesk } from './camera-desk.tsx'
import { DispatcherDesk } from './dispatcher-desk.tsx'
import { InspectorDesk } from './inspector-desk.tsx'
import { ArchivistDesk } from './archivist-desk.tsx'
import type { DeskProps } from './props.ts'
import { UnitDesk } from './unit-desk.tsx'

/** A desk over the map of the city: the dials of one service, and what became of the last call. */
export function Desk({ model }: { readonly model: HudModel }) {
  const { duty } = model.view.value
  if (!duty || duty.post === 'driver') return null
  const speaker = speakerOfPost(duty.post)
  const onAct = (act: DutyAct) =>
    void model.feed.operate(act).then((reply) => (model.refused.value = reply.ok ? null : reply.refusal.code))
  return (
    <section class="desk" aria-labelledby="desk-title">
      <div class="desk-head">
        {speaker && <AgentIcon speaker={speaker} size={32} />}
        <h2 id="desk-title">
          {t(`post.${duty.post}`)}
          {speaker && <span class="aws-name"> {agentOf(speaker).awsName}</span>}
        </h2>
        <button type="button" class="button button-small desk-swap" onClick={() => model.open({ kind: 'post' })}>
          {t('post.swap')}
        </button>
      </div>
      <LastCall model={model} />
      <Body model={model} duty={duty} onAct={onAct} />
    </section>
  )
}

function Body(props: DeskProps) {
  switch (props.duty.post) {
    case 'camera-operator':
      return <CameraDesk {...props} />
    case 'dispatcher':
      return <DispatcherDesk {...props} />
    case 'unit-manager':
      return <UnitDesk {...props} />
    case 'inspector':
      return <InspectorDesk {...props} />
    case 'archivist':
      return <ArchivistDesk {...props} />
    case 'driver':
      return null
  }
}

/** Accepted or refused, in the service's own words; opens its record. */
function LastCall({ model }: { readonly model: HudModel }) {
  const call = lastCall(model.view.value)
  return (
    <p class="desk-last" role="status">
      {call && (
        <button type="button" class="desk-call" onClick={() => model.open({ kind: 'why', id: call.id })}>
          <Sign name={call.errorCode === null ? 'good' : 'bad'} size={18} /> <code>{call.eventName}</code>{' '}
          {call.errorCode === null ? t('desk.accepted') : <code class="desk-error">{call.errorCode}</code>}
        </button>
      )}
      {!call && t('desk.no-call')}
    </p>
  )
}
