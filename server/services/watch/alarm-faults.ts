import type { MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import { shapeFaults } from './alarm-shape.ts'
import { absent, actionFaults, identityFaults, invalid, isAlarmPeriod, misfit, nameFaults, periodOf } from './faults.ts'
import { limits, UNITS } from './limits.ts'
import { mathFaults } from './math-faults.ts'
import { isExtendedStatistic, isSimpleStatistic } from './statistic-name.ts'

type Config = Partial<MetricAlarmInput>
const BAND_OPERATORS: ReadonlySet<string> = new Set([
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
])
const PLAIN_OPERATORS: ReadonlySet<string> = new Set([
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
])
const TREATMENTS: ReadonlySet<string> = new Set(['missing', 'ignore', 'breaching', 'notBreaching'])
/** Everything that is wrong with a metric alarm, in the order in which its fields are documented. */
export function alarmFaults(config: Config): ServiceError[] {
  const misshapen = shapeFaults(config)
  if (misshapen.length > 0) return misshapen
  return [
    ...nameFaults('AlarmName', config.AlarmName),
    ...actionFaults(config),
    ...(config.Metrics ? mathFaults(config) : metricFaults(config)),
    ...windowFaults(config),
    ...thresholdFaults(config),
    ...choiceFaults(config),
  ]
}

function metricFaults(config: Config): ServiceError[] {
  const faults = identityFaults(config)
  if (config.Statistic !== undefined && config.ExtendedStatistic !== undefined) {
    faults.push(misfit('ExtendedStatistic', 'Give Statistic or ExtendedStatistic, not both.'))
  } else if (config.Statistic === undefined && config.ExtendedStatistic === undefined) {
    faults.push(absent('Statistic'))
  }
  if (config.Statistic !== undefined && !isSimpleStatistic(config.Statistic)) {
    faults.push(invalid('Statistic', `${config.Statistic} is not a statistic.`))
  }
  if (config.ExtendedStatistic !== undefined && !isExtendedStatistic(config.ExtendedStatistic)) {
    faults.push(invalid('ExtendedStatistic', `${config.ExtendedStatistic} is not an extended statistic.`))
  }
  if (config.Unit !== undefined && !UNITS.has(config.Unit)) {
    faults.push(invalid('Unit', `${config.Unit} is not a unit.`))
  }
  if (config.Period === undefined) faults.push(absent('Period'))
  return faults
}

function windowFaults(config: Config): ServiceError[] {
  const { EvaluationPeriods: n, DatapointsToAlarm: m } = config
  const faults: ServiceError[] = []
  if (n === undefined) return [absent('EvaluationPeriods')]
  if (!isCount(n)) faults.push(invalid('EvaluationPeriods', 'EvaluationPeriods must be a whole number of 1 or more.'))
  if (m !== undefined && !isCount(m)) {
    faults.push(invalid('DatapointsToAlarm', 'DatapointsToAlarm must be a whole number of 1 or more.'))
  }
  if (m !== undefined && m > n) {
    faults.push(invalid('DatapointsToAlarm', 'DatapointsToAlarm must be less than or equal to EvaluationPeriods.'))
  }
  const period = periodOf(config)
  if (period === undefined) return faults
  if (!isAlarmPeriod(period)) {
    return [...faults, invalid('Period', `Period ${period} is not 10, 20, 30 or a multiple of 60 seconds.`)]
  }
  const longest = period >= limits.LONG_PERIOD_SECONDS ? limits.LONG_EVALUATION_SECONDS : limits.EVALUATION_SECONDS
  if (n * period > longest) {
    faults.push(invalid('EvaluationPeriods', `EvaluationPeriods times Period must be at most ${longest} seconds.`))
  }
  return faults
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1

function thresholdFaults(config: Config): ServiceError[] {
  const { ComparisonOperator: operator, Threshold: threshold, ThresholdMetricId: bandId } = config
  if (operator === undefined) return [absent('ComparisonOperator')]
  if (BAND_OPERATORS.has(operator)) {
    if (threshold !== undefined) return [misfit('Threshold', `${operator} takes no Threshold.`)]
    if (bandId === undefined) return [absent('ThresholdMetricId')]
    return config.Metrics === undefined ? [absent('Metrics')] : []
  }
  if (!PLAIN_OPERATORS.has(operator)) return [invalid('ComparisonOperator', `${operator} is not an operator.`)]
  if (bandId !== undefined) return [misfit('ThresholdMetricId', `${operator} takes no ThresholdMetricId.`)]
  if (threshold === undefined) return [absent('Threshold')]
  return Number.isFinite(threshold) ? [] : [invalid('Threshold', 'Threshold must be a finite number.')]
}

function choiceFaults(config: Config): ServiceError[] {
  const { TreatMissingData: treatment, EvaluateLowSampleCountPercentile: low } = config
  const faults: ServiceError[] = []
  if (treatment !== undefined && !TREATMENTS.has(treatment)) {
    faults.push(invalid('TreatMissingData', `${treatment} is not a treatment of missing data.`))
  }
  if (low !== undefined && !['evaluate', 'ignore'].includes(low)) {
    faults.push(invalid('EvaluateLowSampleCountPercentile', `${low} is neither evaluate nor ignore.`))
  }
  return faults
}
