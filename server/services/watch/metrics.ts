import type { Datapoint, Dimension, Dimensions } from '../../../shared/aws/metric.ts'
import type { Bucket } from './buckets.ts'
import { addBuckets, firstAtOrAfter, rollUp, startOf, toBucket } from './buckets.ts'
import { limits } from './limits.ts'
import { own } from './own.ts'
import type { FreshDatum, Metric, WatchState } from './state.ts'

/** Data without a unit have this one, and are a series of their own. */
export const NO_UNIT = 'None'

const HOUR = 3_600_000
const MINUTE = 60_000

/** The identity of a metric: its namespace, its name and the exact set of dimensions, in any order. */
export function metricKey(namespace: string, metricName: string, dimensions: Dimensions): string {
  const pairs = Object.keys(dimensions)
    .toSorted()
    .map((name) => [name, dimensions[name]])
  return JSON.stringify([namespace, metricName, pairs])
}

/** The API's list of pairs as an object. */
export const toDimensions = (list: readonly Dimension[] = []): Dimensions =>
  Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]))

/** What a measurement adds to its series: standard resolution keeps whole minutes, high resolution whole seconds. */
export function toFreshDatum(datapoint: Datapoint): FreshDatum {
  const { namespace, metricName, dimensions, timestamp, value, cause } = datapoint
  const at = startOf(timestamp, datapoint.storageResolution * 1000)
  return { namespace, metricName, dimensions, unit: datapoint.unit ?? NO_UNIT, bucket: toBucket(at, value, cause) }
}

/** Moves what is fresh into its series. Called before anybody reads them. */
export function settle(state: WatchState): WatchState {
  if (state.fresh.length === 0) return state
  const metrics = { ...state.metrics }
  for (const [key, data] of groupByMetric(state.fresh)) {
    const [first] = data
    if (first) metrics[key] = withData(own(metrics, key) ?? { ...first, series: {} }, data)
  }
  return { ...state, metrics, fresh: [] }
}

/**
 * Rolls up what is old and drops what is too old, as AWS does after 3 hours, 15, 63 and 455 days; a metric without data
 * is gone. Each step waits for `neededMs`: how far back alarms look.
 */
export function forget(state: WatchState, now: number, neededMs: number): WatchState {
  const { retention } = state.settings
  const before = (age: number) => now - Math.max(age, neededMs)
  const age = (series: readonly Bucket[]): readonly Bucket[] => {
    const kept = series.slice(firstAtOrAfter(series, before(retention.hour)))
    const fine = kept.length === series.length ? series : kept
    const hours = rollUp(fine, HOUR, before(retention.fiveMinutes))
    const minutes = rollUp(hours, 5 * MINUTE, before(retention.minute))
    return rollUp(minutes, MINUTE, before(retention.subMinute))
  }
  const aged = Object.entries(state.metrics).map(([key, metric]) => [key, ageMetric(metric, age)] as const)
  if (aged.every(([key, metric]) => metric === state.metrics[key])) return state
  return { ...state, metrics: Object.fromEntries(aged.filter(([, metric]) => Object.keys(metric.series).length > 0)) }
}

/** The series that a reader without a unit gets is the one that was there first. */
export function seriesOf(metric: Metric | undefined, unit: string | undefined): readonly Bucket[] {
  if (!metric) return []
  const key = unit ?? Object.keys(metric.series)[0]
  return key === undefined ? [] : (own(metric.series, key) ?? [])
}

/** How far back alarms with `slots` periods look. */
export const evaluationRangeMs = (evaluationPeriods: number, periodSeconds: number): number =>
  (evaluationPeriods + limits.EXTRA_PERIODS) * periodSeconds * 1000

function groupByMetric(fresh: readonly FreshDatum[]): Map<string, FreshDatum[]> {
  const groups = new Map<string, FreshDatum[]>()
  for (const datum of fresh) {
    const key = metricKey(datum.namespace, datum.metricName, datum.dimensions)
    const group = groups.get(key)
    if (group) group.push(datum)
    else groups.set(key, [datum])
  }
  return groups
}

function withData(metric: Metric, data: readonly FreshDatum[]): Metric {
  const { namespace, metricName, dimensions } = metric
  const series = { ...metric.series }
  for (const unit of new Set(data.map((datum) => datum.unit))) {
    const buckets = data.filter((datum) => datum.unit === unit).map((datum) => datum.bucket)
    series[unit] = addBuckets(own(series, unit) ?? [], buckets)
  }
  return { namespace, metricName, dimensions, series }
}

function ageMetric(metric: Metric, age: (series: readonly Bucket[]) => readonly Bucket[]): Metric {
  const aged = Object.entries(metric.series).map(([unit, series]) => [unit, age(series)] as const)
  if (aged.every(([unit, series]) => series === metric.series[unit] && series.length > 0)) return metric
  return { ...metric, series: Object.fromEntries(aged.filter(([, series]) => series.length > 0)) }
}
