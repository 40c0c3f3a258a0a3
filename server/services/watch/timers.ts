import type { ServiceMs } from '../../../shared/units.ts'
import type { WatchState } from './state.ts'

/** When, after `now`, the next waiting time ends or the next mute window begins or ends. */
export function nextTimer({ alarms, muteRules }: WatchState, now: ServiceMs): ServiceMs | null {
  const waits = Object.values(alarms).map((alarm) => (alarm.kind === 'composite' ? alarm.suppression.until : null))
  const windows = Object.values(muteRules).flatMap(({ window }) => (window ? [window.from, window.to] : []))
  const ahead = [...waits, ...windows].filter((at) => at !== null && at > now)
  return ahead.reduce<ServiceMs | null>(
    (least, at) => (least === null || (at !== null && at < least) ? at : least),
    null,
  )
}
