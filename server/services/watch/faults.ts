import type { MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { Dimension } from '../../../shared/aws/metric.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import { limits } from './limits.ts'

/** A value beyond its limits: `ValidationError`. */
export const invalid = (field: string, message: string): ServiceError => ({ code: 'ValidationError', message, field })
/** Values that do not go together: `InvalidParameterCombination`. */
export const misfit = (field: string, message: string): ServiceError => ({
  code: 'InvalidParameterCombination',
  message,
  field,
})
/** A value that is needed and not there: `MissingParameter`. */
export const absent = (field: string): ServiceError => ({
  code: 'MissingParameter',
  message: `The parameter ${field} is required.`,
  field,
})

const CONTROL = /\p{Cc}/u

/** A name has 1 to `longest` characters, and no control character among them. */
export function nameFaults(
  field: string,
  name: string | undefined,
  longest: number = limits.ALARM_NAME_LENGTH,
): ServiceError[] {
  if (name === undefined) return [absent(field)]
  if (CONTROL.test(name)) return [invalid(field, `${field} must not contain control characters.`)]
  if (name.length >= 1 && name.length <= longest) return []
  return [invalid(field, `${field} must have 1 to ${longest} characters.`)]
}

/** A metric's namespace, name and dimensions, wherever they stand. */
export function identityFaults(metric: {
  readonly Namespace?: string | undefined
  readonly MetricName?: string | undefined
  readonly Dimensions?: readonly Dimension[] | undefined
}): ServiceError[] {
  const faults = [
    ...nameFaults('Namespace', metric.Namespace, limits.NAME_LENGTH),
    ...nameFaults('MetricName', metric.MetricName, limits.NAME_LENGTH),
  ]
  if (metric.Namespace?.startsWith(':')) faults.push(invalid('Namespace', 'Namespace must not start with a colon.'))
  return [...faults, ...dimensionFaults(metric.Dimensions ?? [])]
}

function dimensionFaults(dimensions: readonly Dimension[]): ServiceError[] {
  const faults = dimensions.flatMap(({ Name, Value }) => [
    ...nameFaults('Dimensions.Name', Name, limits.NAME_LENGTH),
    ...nameFaults('Dimensions.Value', Value, limits.DIMENSION_VALUE_LENGTH),
  ])
  if (dimensions.length > limits.DIMENSIONS_PER_METRIC) {
    faults.push(invalid('Dimensions', `A metric has at most ${limits.DIMENSIONS_PER_METRIC} dimensions.`))
  }
  if (new Set(dimensions.map(({ Name }) => Name)).size < dimensions.length) {
    faults.push({ code: 'InvalidParameterValue', message: 'A dimension is named twice.', field: 'Dimensions' })
  }
  return faults
}

/** What both kinds of alarm share: name, description, lists of actions. */
export function actionFaults(
  config: Pick<MetricAlarmInput, 'AlarmDescription' | 'OKActions' | 'AlarmActions' | 'InsufficientDataActions'>,
): ServiceError[] {
  const faults: ServiceError[] = []
  if ((config.AlarmDescription ?? '').length > limits.DESCRIPTION_LENGTH) {
    faults.push(invalid('AlarmDescription', `AlarmDescription is longer than ${limits.DESCRIPTION_LENGTH} characters.`))
  }
  for (const field of ['OKActions', 'AlarmActions', 'InsufficientDataActions'] as const) {
    const arns = config[field] ?? []
    if (arns.length > limits.ACTIONS_PER_STATE) {
      faults.push(invalid(field, `${field} has ${arns.length} entries; ${limits.ACTIONS_PER_STATE} are allowed.`))
    }
    const odd = arns.find((arn) => !/^arn:[^:]*:[^:]+:[^:]*:[^:]*:.+$/.test(arn) || arn.length > limits.ARN_LENGTH)
    if (odd !== undefined) faults.push(invalid(field, `Invalid arn syntax: ${odd}`))
  }
  return faults
}

/** An alarm's period is 10, 20 or 30 s, or a multiple of a minute. */
export const isAlarmPeriod = (seconds: number): boolean =>
  [10, 20, 30].includes(seconds) || (Number.isInteger(seconds) && seconds > 0 && seconds % 60 === 0)

/** Seconds of one slot of the alarm's window: its own period, or that of its queries. */
export const periodOf = (config: Pick<MetricAlarmInput, 'Metrics' | 'Period'>): number | undefined =>
  config.Metrics
    ? config.Metrics.map((query) => query.MetricStat?.Period ?? query.Period).find((period) => period !== undefined)
    : config.Period
