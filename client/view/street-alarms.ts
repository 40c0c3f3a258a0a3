import type { AlarmState } from '../../shared/aws/alarm.ts'
import type { AlarmLamp } from '../../shared/protocol/view.ts'

/** The worst first: one camera may feed many alarms, and the sign beside it shows the one that matters most. */
const GRAVITY: readonly AlarmState[] = ['ALARM', 'INSUFFICIENT_DATA', 'OK']

const SPRITES: Readonly<Record<AlarmState, string>> = {
  OK: 'alarm-ok',
  ALARM: 'alarm-alarm',
  INSUFFICIENT_DATA: 'alarm-unknown',
}

/** Colour, shape and AWS's own word for an alarm's state, always together. */
export interface AlarmSign {
  readonly sprite: string
  readonly state: AlarmState
}

/** @returns what stands beside a camera; `null` when no alarm watches it */
export function alarmSignOf(alarms: readonly AlarmLamp[], cameraId: string): AlarmSign | null {
  const states = alarms.filter((alarm) => alarm.cameraId === cameraId).map(({ state }) => state)
  const state = GRAVITY.find((one) => states.includes(one))
  return state ? { sprite: SPRITES[state], state } : null
}
