import type { MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { MetricDataQuery, MetricStat } from '../../../shared/aws/metric.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import { absent, identityFaults, invalid, misfit } from './faults.ts'
import { limits, UNITS } from './limits.ts'
import { computeQuery, type MathSource } from './math.ts'
import { isStatistic } from './statistic-name.ts'

const SINGLE_METRIC_FIELDS = [
  'MetricName', 'Namespace', 'Dimensions', 'Statistic', 'ExtendedStatistic', 'Period', 'Unit',
] as const // prettier-ignore

const QUERY_ID = /^[a-z][A-Za-z0-9_]*$/

/** What is wrong with the `Metrics` of a metric alarm (CloudWatch API Reference, "PutMetricAlarm", `Metrics`). */
export function mathFaults(config: Partial<MetricAlarmInput>): ServiceError[] {
  const queries = config.Metrics ?? []
  const clash = SINGLE_METRIC_FIELDS.find((field) => config[field] !== undefined)
  return [
    ...(clash === undefined ? [] : [misfit(clash, `${clash} cannot be given together with Metrics.`)]),
    ...queries.flatMap(queryFaults),
    ...listFaults(queries),
    ...returnFaults(queries, config.ThresholdMetricId),
    ...expressionFaults(queries, config.ThresholdMetricId),
  ]
}

/** What is wrong with one query, of an alarm or of GetMetricData. */
export function queryFaults(query: MetricDataQuery): ServiceError[] {
  const faults: ServiceError[] = []
  if (!QUERY_ID.test(query.Id ?? '')) {
    faults.push(invalid('Metrics.Id', `The id ${query.Id} must start with a lower-case letter.`))
  }
  if ((query.MetricStat === undefined) === (query.Expression === undefined)) {
    faults.push(misfit('Metrics', `Query ${query.Id} needs either MetricStat or Expression.`))
  }
  return query.MetricStat === undefined ? faults : [...faults, ...statFaults(query.MetricStat)]
}

/** What comes out of the expressions is tried on series of a few points: what they are worth does not matter. */
function expressionFaults(queries: readonly MetricDataQuery[], bandId: string | undefined): ServiceError[] {
  const grid = Array.from({ length: 10 }, (_, minute) => minute * 60_000)
  const points = new Map(grid.map((at) => [at, 1]))
  const source: MathSource = { queries, grid, read: () => points, band: () => ({ lower: points, upper: points }) }
  return queries.flatMap(({ Id, Expression, ReturnData }) => {
    if (Expression === undefined) return []
    const value = computeQuery(source, Id)
    if (!value.ok) return [invalid('Metrics.Expression', value.error.message)]
    const isCompared = ReturnData !== false && Id !== bandId
    if (!isCompared || value.value.kind === 'series') return []
    return [invalid('Metrics.Expression', `The expression ${Id} must give one series.`)]
  })
}

function statFaults({ Metric, Stat, Period, Unit }: MetricStat): ServiceError[] {
  const faults = identityFaults(Metric)
  if (!isStatistic(Stat)) faults.push(invalid('MetricStat.Stat', `${Stat} is not a statistic.`))
  if (Period === undefined) faults.push(absent('MetricStat.Period'))
  if (Unit !== undefined && !UNITS.has(Unit)) faults.push(invalid('MetricStat.Unit', `${Unit} is not a unit.`))
  return faults
}

function listFaults(queries: readonly MetricDataQuery[]): ServiceError[] {
  const faults: ServiceError[] = []
  if (queries.length === 0 || queries.length > limits.METRIC_QUERIES_PER_ALARM) {
    faults.push(invalid('Metrics', `Metrics must hold 1 to ${limits.METRIC_QUERIES_PER_ALARM} queries.`))
  }
  if (new Set(queries.map(({ Id }) => Id)).size < queries.length) {
    faults.push(invalid('Metrics.Id', 'Two queries have the same id.'))
  }
  const periods = new Set(queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []))
  if (periods.size > 1) faults.push(invalid('Metrics', 'All metrics of an alarm must have the same period.'))
  if (periods.size === 0) faults.push(invalid('Metrics', 'At least one query must have a MetricStat.'))
  return faults
}

/** Besides the anomaly band that `ThresholdMetricId` names, exactly one query is returned: the one compared. */
function returnFaults(queries: readonly MetricDataQuery[], bandId: string | undefined): ServiceError[] {
  const compared = queries.filter(({ Id, ReturnData }) => ReturnData !== false && Id !== bandId)
  const faults: ServiceError[] = []
  if (compared.length !== 1) faults.push(invalid('Metrics.ReturnData', 'Exactly one query must return data.'))
  if (bandId === undefined) return faults
  const band = queries.find(({ Id }) => Id === bandId)
  if (band?.Expression?.trim().startsWith('ANOMALY_DETECTION_BAND(') !== true) {
    faults.push(invalid('ThresholdMetricId', `${bandId} names no ANOMALY_DETECTION_BAND expression.`))
  }
  return faults
}
