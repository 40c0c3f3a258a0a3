import type { CompositeAlarmInput } from '../../../shared/aws/alarm.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import { absent, actionFaults, invalid, misfit, nameFaults } from './faults.ts'

/** Everything that is wrong with a composite alarm but for its rule (CloudWatch API Reference, "PutCompositeAlarm"). */
export function compositeFaults(config: Partial<CompositeAlarmInput>): ServiceError[] {
  return [
    ...nameFaults('AlarmName', config.AlarmName),
    ...actionFaults(config),
    ...(config.AlarmRule === undefined ? [absent('AlarmRule')] : []),
    ...suppressorFaults(config),
  ]
}

/** The suppressor and its two waiting times come together. */
function suppressorFaults(config: Partial<CompositeAlarmInput>): ServiceError[] {
  return (['ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'] as const).flatMap((field) => {
    const seconds = config[field]
    if (config.ActionsSuppressor === undefined) {
      return seconds === undefined ? [] : [misfit(field, `${field} goes with ActionsSuppressor only.`)]
    }
    if (seconds === undefined) return [absent(field)]
    return Number.isInteger(seconds) && seconds >= 0
      ? []
      : [invalid(field, `${field} must be 0 or more whole seconds.`)]
  })
}
