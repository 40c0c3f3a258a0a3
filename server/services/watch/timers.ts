import type { ServiceMs } from '../../../shared/units.ts'
import type { WatchState } from './state.ts'

/** When the next waiting time or mute window ends; one that has ended counts until it has been looked after. */
export function nextTimer({ alarms, muteRules }: Pick<WatchState, 'alarms' | 'muteRules'>): ServiceMs | null {
  const waits = Object.values(alarms).map((alarm) => (alarm.kind === 'composite' ? alarm.suppression.until : null))
  const windows = Object.values(muteRules).map(({ window }) => window?.to ?? null)
  const ends = [...waits, ...windows].filter((end) => end !== null)
  return ends.reduce<ServiceMs | null>((least, end) => (least === null || end < least ? end : least), null)
}
