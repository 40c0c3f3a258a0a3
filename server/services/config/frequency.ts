import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Frequency, RuleDefinition } from './state.ts'

const HOUR_MS = 3_600_000

export const FREQUENCY_MS: Readonly<Record<Frequency, number>> = {
  One_Hour: HOUR_MS,
  Three_Hours: 3 * HOUR_MS,
  Six_Hours: 6 * HOUR_MS,
  Twelve_Hours: 12 * HOUR_MS,
  TwentyFour_Hours: 24 * HOUR_MS,
}

export interface Triggers {
  readonly onChange: boolean
  readonly periodic: boolean
}

/**
 * When a rule runs: as its message types say; a managed rule without them at changes, or by period when a frequency is
 * set (AWS Config, "Evaluation mode and trigger types for AWS Config rules"; the choice for managed rules is ours).
 */
export function triggersOf({ source, maximumExecutionFrequency }: RuleDefinition): Triggers {
  const { messageTypes } = source
  if (!messageTypes)
    return { onChange: maximumExecutionFrequency === null, periodic: maximumExecutionFrequency !== null }
  const periodic = messageTypes.includes('ScheduledNotification')
  return { onChange: messageTypes.some((type) => type !== 'ScheduledNotification'), periodic }
}

/** @returns when a rule that was put at `from` runs by period for the next time; `null` for one that does not */
export function firstRunAt(definition: RuleDefinition, from: ServiceMs): ServiceMs | null {
  if (!triggersOf(definition).periodic) return null
  return serviceMs(from + FREQUENCY_MS[definition.maximumExecutionFrequency ?? 'TwentyFour_Hours'])
}

/** The first moment after `now` that lies whole periods after `due`. */
export function followingRun(definition: RuleDefinition, due: ServiceMs, now: ServiceMs): ServiceMs {
  const period = FREQUENCY_MS[definition.maximumExecutionFrequency ?? 'TwentyFour_Hours']
  return serviceMs(due + (Math.floor((now - due) / period) + 1) * period)
}
