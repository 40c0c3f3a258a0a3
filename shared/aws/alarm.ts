import type { Caused } from '../ids.ts'
import type { ServiceMs } from '../units.ts'
import type { Dimensions } from './metric.ts'

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** An alarm went from one state to another. `cause` is the newest datapoint that decided it, `null` when none did. */
export interface AlarmChange extends Caused {
  readonly alarmName: string
  readonly alarmArn: string
  readonly from: AlarmState
  readonly to: AlarmState
  readonly reason: string
  readonly at: ServiceMs
  /** The metric's dimensions; empty for a composite alarm. */
  readonly dimensions: Dimensions
}

/** An action of the new state was run: `actionArn` names a function or a topic. `cause` is the change's id. */
export interface AlarmActionRun extends Caused {
  readonly alarmName: string
  readonly actionArn: string
}
