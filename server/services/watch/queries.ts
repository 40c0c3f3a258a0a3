import type { Dimension, MetricDataQuery } from '../../../shared/aws/metric.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Bucket } from './buckets.ts'
import { collect, startOf } from './buckets.ts'
import { identityFaults, invalid, misfit } from './faults.ts'
import { limits } from './limits.ts'
import { computeQuery } from './math.ts'
import { queryFaults } from './math-faults.ts'
import type { MathValue, Series } from './math-series.ts'
import { toMathSource } from './math-source.ts'
import { metricKey, settle, toDimensions } from './metrics.ts'
import { own } from './own.ts'
import { pageOf } from './page.ts'
import type { Metric, WatchState } from './state.ts'
import { isExtendedStatistic, isSimpleStatistic, parseStatistic } from './statistic-name.ts'
import { statisticOf } from './statistics.ts'

/** What GetMetricStatistics is asked; `Period` in seconds. */
export interface StatisticsRequest {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions?: readonly Dimension[]
  readonly StartTime: ServiceMs
  readonly EndTime: ServiceMs
  readonly Period: number
  readonly Statistics?: readonly string[]
  readonly ExtendedStatistics?: readonly string[]
  readonly Unit?: string
}

/** One period of the answer, stamped with its beginning; `values` by the name of the statistic. */
export interface StatisticsPoint {
  readonly Timestamp: ServiceMs
  readonly Unit: string
  readonly values: Readonly<Record<string, number>>
}

/** Reads one metric's statistics (CloudWatch API Reference, "GetMetricStatistics"); every unit is a series of its own. */
export function getMetricStatistics(
  state: WatchState,
  request: StatisticsRequest,
): Result<{ readonly Label: string; readonly Datapoints: readonly StatisticsPoint[] }, ServiceError> {
  const [fault] = statisticsFaults(request)
  if (fault) return fail(fault)
  const { Namespace, MetricName, Dimensions, Unit } = request
  const metric = own(settle(state).metrics, metricKey(Namespace, MetricName, toDimensions(Dimensions)))
  const series = Object.entries(metric?.series ?? {}).filter(([unit]) => Unit === undefined || unit === Unit)
  return ok({ Label: MetricName, Datapoints: series.flatMap(([unit, buckets]) => pointsOf(buckets, unit, request)) })
}

/** Periods that may be asked for: 1, 5, 10, 20, 30 s or whole minutes. */
const isPeriod = (seconds: number): boolean =>
  [1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0)

function statisticsFaults(request: StatisticsRequest): ServiceError[] {
  const { StartTime, EndTime, Period, Statistics = [], ExtendedStatistics = [] } = request
  const faults = [...identityFaults(request)]
  if (StartTime >= EndTime) faults.push({ code: 'InvalidParameterValue', message: NO_RANGE, field: 'StartTime' })
  if (!isPeriod(Period)) faults.push(invalid('Period', 'Period is 1, 5, 10, 20, 30 or a multiple of 60 seconds.'))
  if ((Statistics.length === 0) === (ExtendedStatistics.length === 0)) {
    faults.push(misfit('Statistics', 'Give Statistics or ExtendedStatistics.'))
  }
  if (!Statistics.every(isSimpleStatistic)) faults.push(invalid('Statistics', 'That is no statistic.'))
  if (!ExtendedStatistics.every(isExtendedStatistic))
    faults.push(invalid('ExtendedStatistics', 'That is no statistic.'))
  if ((EndTime - StartTime) / (Period * 1000) > limits.POINTS_PER_ANSWER) {
    faults.push(misfit('Period', `The answer would have more than ${limits.POINTS_PER_ANSWER} datapoints.`))
  }
  return faults
}

/** GetMetricStatistics and GetMetricData refuse it under different names. */
const NO_RANGE = 'StartTime must be before EndTime.'

function pointsOf(series: readonly Bucket[], unit: string, request: StatisticsRequest): StatisticsPoint[] {
  const { Period, Statistics = [], ExtendedStatistics = [] } = request
  const names = [...Statistics, ...ExtendedStatistics]
  return gridOf(request, Period).flatMap((at) => {
    const bucket = collect(series, at, at + Period * 1000)
    return bucket ? [{ Timestamp: serviceMs(at), Unit: unit, values: valuesOf(bucket, names) }] : []
  })
}

function valuesOf(bucket: Bucket, names: readonly string[]): Record<string, number> {
  const values = names.flatMap((name) => {
    const statistic = parseStatistic(name)
    const value = statistic && statisticOf(bucket, statistic)
    return value === null ? [] : [[name, value] as const]
  })
  return Object.fromEntries(values)
}

interface Span {
  readonly StartTime: ServiceMs
  readonly EndTime: ServiceMs
}

/** Beginnings of the periods from the one in which the span starts to its end. */
function gridOf({ StartTime, EndTime }: Span, periodSeconds: number): number[] {
  const first = startOf(StartTime, periodSeconds * 1000)
  const count = Math.max(0, Math.ceil((EndTime - first) / (periodSeconds * 1000)))
  return Array.from({ length: count }, (_, index) => first + index * periodSeconds * 1000)
}

/** What GetMetricData is asked. */
export interface DataRequest extends Span {
  readonly MetricDataQueries: readonly MetricDataQuery[]
  /** Left out: newest first. */
  readonly ScanBy?: 'TimestampDescending' | 'TimestampAscending'
}

/** One series of the answer; values stand beside their times. */
export interface DataResult {
  readonly Id: string
  readonly Label: string
  readonly Timestamps: readonly ServiceMs[]
  readonly Values: readonly number[]
  readonly StatusCode: 'Complete'
}

/**
 * Reads metrics and computes expressions over them (CloudWatch API Reference, "GetMetricData"). A list gives one result
 * for each of its series, a band its lower and its upper edge.
 */
export function getMetricData(
  state: WatchState,
  request: DataRequest,
): Result<{ readonly MetricDataResults: readonly DataResult[] }, ServiceError> {
  const [fault] = dataFaults(request)
  if (fault) return fail(fault)
  const { MetricDataQueries: queries, ScanBy } = request
  const periods = queries.flatMap(({ MetricStat, Period }) => MetricStat?.Period ?? Period ?? [])
  const grid = gridOf(request, Math.max(...periods))
  const source = toMathSource(settle(state), queries, grid, ({ MetricStat }) =>
    gridOf(request, MetricStat?.Period ?? 60),
  )
  const results: DataResult[] = []
  for (const query of queries.filter(({ ReturnData }) => ReturnData !== false)) {
    const value = computeQuery(source, query.Id)
    const series = value.ok ? toSeriesList(value.value) : null
    if (!value.ok) return fail(invalid('Expression', value.error.message))
    if (!series)
      return fail(invalid('Expression', `The expression ${query.Id} must give a series, not a single value.`))
    results.push(...series.map((points) => toResult(query, points, ScanBy === 'TimestampAscending')))
  }
  return ok({ MetricDataResults: results })
}

function dataFaults({ MetricDataQueries: queries, StartTime, EndTime }: DataRequest): ServiceError[] {
  const faults = queries.flatMap(queryFaults)
  if (StartTime >= EndTime) faults.push(invalid('StartTime', NO_RANGE))
  if (queries.length === 0 || queries.length > limits.QUERIES_PER_CALL) {
    faults.push(invalid('MetricDataQueries', `1 to ${limits.QUERIES_PER_CALL} queries are expected.`))
  }
  const periods = queries.flatMap(({ MetricStat, Period }) => MetricStat?.Period ?? Period ?? [])
  if (periods.length === 0 || !periods.every(isPeriod)) {
    faults.push(invalid('Period', 'Period is 1, 5, 10, 20, 30 or a multiple of 60 seconds.'))
  } else if ((EndTime - StartTime) / (Math.min(...periods) * 1000) > limits.POINTS_PER_QUERY) {
    faults.push(misfit('Period', `The answer would have more than ${limits.POINTS_PER_QUERY} datapoints.`))
  }
  if (new Set(queries.map(({ Id }) => Id)).size < queries.length) {
    faults.push(invalid('Id', 'Two queries have the same id.'))
  }
  return faults
}

function toSeriesList(value: MathValue): readonly Series[] | null {
  if (value.kind === 'series') return [value.points]
  if (value.kind === 'list') return value.series
  return value.kind === 'band' ? [value.lower, value.upper] : null
}

function toResult(query: MetricDataQuery, points: Series, isAscending: boolean): DataResult {
  const rising = [...points]
  const ordered = isAscending ? rising : rising.toReversed()
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id,
    Timestamps: ordered.map(([at]) => serviceMs(at)),
    Values: ordered.map(([, value]) => value),
    StatusCode: 'Complete',
  }
}

/** Lists metrics that have data, 500 at a time (CloudWatch API Reference, "ListMetrics"). */
export function listMetrics(
  state: WatchState,
  request: {
    readonly Namespace?: string
    readonly MetricName?: string
    readonly Dimensions?: readonly { readonly Name: string; readonly Value?: string }[]
    readonly NextToken?: string
  } = {},
): Result<{ readonly Metrics: readonly Omit<Metric, 'series'>[]; readonly NextToken?: string }, ServiceError> {
  const { Namespace, MetricName, Dimensions = [], NextToken } = request
  const metrics = Object.values(settle(state).metrics).filter(
    (metric) =>
      (Namespace === undefined || metric.namespace === Namespace) &&
      (MetricName === undefined || metric.metricName === MetricName) &&
      Dimensions.every(({ Name, Value }) => {
        const value = own(metric.dimensions, Name)
        return value !== undefined && (Value === undefined || value === Value)
      }),
  )
  const page = pageOf(metrics, limits.METRICS_PER_PAGE, NextToken)
  if (!page.ok) return page
  const { items, ...rest } = page.value
  return ok({
    Metrics: items.map(({ namespace, metricName, dimensions }) => ({ namespace, metricName, dimensions })),
    ...rest,
  })
}
