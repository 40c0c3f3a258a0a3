import type { ServiceMs } from '../../../shared/units.ts'
import type { WatchState } from './state.ts'

/** Whether a mute window that names the alarm, or no alarm at all, is open. */
export const isMutedAt = (state: WatchState, alarmName: string, at: ServiceMs): boolean =>
  Object.values(state.muteRules).some(({ input, window }) => {
    const isOpen = window !== null && window.from <= at && at < window.to
    return isOpen && (input.MuteTargets?.AlarmNames.includes(alarmName) ?? true)
  })
