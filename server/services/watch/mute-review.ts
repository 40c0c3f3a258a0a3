import type { ServiceMs } from '../../../shared/units.ts'
import { isMutedAt, turnWindows } from './mute.ts'
import type { Run } from './transition.ts'
import { actOrMute } from './transition.ts'

/**
 * Closes the mute windows that have ended. An alarm still in the state whose actions were swallowed runs them now; what
 * came and went in between stays unsaid (CloudWatch User Guide, "How alarm mute rules work").
 */
export function endMutes(run: Run, at: ServiceMs): void {
  run.muteRules = turnWindows(run.muteRules, at)
  for (const alarm of Object.values(run.alarms)) {
    if (!alarm.isMuted || isMutedAt(run.muteRules, alarm.config.AlarmName, at)) continue
    actOrMute(run, alarm, { before: alarm, at })
  }
}
