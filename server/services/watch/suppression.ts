import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { CompositeAlarm, Suppression } from './state.ts'

/** What a composite alarm and its suppressor are doing right now. */
export interface Situation {
  readonly at: ServiceMs
  /** The composite alarm has just changed its state. */
  readonly hasChanged: boolean
  readonly isInAlarm: boolean
  readonly isSuppressorInAlarm: boolean
}

/** Nothing is held back. */
export const FREE: Suppression = { by: null, until: null, isOwed: false }

/**
 * Decides whether a composite alarm's actions run now (CloudWatch User Guide, "Alarm suppression"): not while the
 * suppressor is in ALARM; on entering ALARM they first wait for it, and after it they wait once more. What is owed at the
 * end runs for the state that the alarm has then.
 */
export function suppress(alarm: CompositeAlarm, situation: Situation): { next: Suppression; runs: boolean } {
  const { suppression } = alarm
  const isOwed = suppression.isOwed || situation.hasChanged
  const waits = heldBy(alarm, situation)
  const next = waits ? { ...waits, isOwed } : FREE
  return { next: isSame(suppression, next) ? suppression : next, runs: !waits && isOwed }
}

/** What holds the actions back at this moment and how long at most; `null` when nothing does. */
function heldBy({ suppression, config }: CompositeAlarm, situation: Situation): Omit<Suppression, 'isOwed'> | null {
  const { at, hasChanged, isInAlarm, isSuppressorInAlarm } = situation
  if (config.ActionsSuppressor === undefined) return null
  if (isSuppressorInAlarm) return { by: 'Alarm', until: null }
  if (suppression.by === 'Alarm') return wait('ExtensionPeriod', at, config.ActionsSuppressorExtensionPeriod)
  if (suppression.by !== null) return suppression.until !== null && at < suppression.until ? suppression : null
  return hasChanged && isInAlarm ? wait('WaitPeriod', at, config.ActionsSuppressorWaitPeriod) : null
}

const wait = (by: 'WaitPeriod' | 'ExtensionPeriod', at: ServiceMs, seconds = 0): Omit<Suppression, 'isOwed'> | null =>
  seconds > 0 ? { by, until: serviceMs(at + seconds * 1000) } : null

const isSame = (a: Suppression, b: Suppression): boolean =>
  a.by === b.by && a.until === b.until && a.isOwed === b.isOwed
