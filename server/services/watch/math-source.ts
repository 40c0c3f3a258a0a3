import type { MetricDataQuery, MetricStat } from '../../../shared/aws/metric.ts'
import { anomalyBand } from './anomaly.ts'
import type { Bucket } from './buckets.ts'
import { collect } from './buckets.ts'
import { detectorKey } from './detectors.ts'
import type { MathSource } from './math.ts'
import type { Series } from './math-series.ts'
import { metricKey, seriesOf, toDimensions } from './metrics.ts'
import { own } from './own.ts'
import type { WatchState } from './state.ts'
import type { Statistic } from './statistic-name.ts'
import { parseStatistic } from './statistic-name.ts'
import { statisticOf } from './statistics.ts'

/** What a `MetricStat` names, found: its series and its statistic. */
export interface Sight {
  readonly series: readonly Bucket[]
  readonly statistic: Statistic | null
  readonly periodMs: number
}

/** Looks up what a `MetricStat` names; a metric that does not exist is an empty series. */
export function sightOf(state: WatchState, { Metric, Stat, Period, Unit }: MetricStat): Sight {
  const key = metricKey(Metric.Namespace, Metric.MetricName, toDimensions(Metric.Dimensions))
  return { series: seriesOf(own(state.metrics, key), Unit), statistic: parseStatistic(Stat), periodMs: Period * 1000 }
}

/** Lets expressions over `queries` read the state, at the periods that begin at the times of `gridOf` a query. */
export function toMathSource(
  state: WatchState,
  queries: readonly MetricDataQuery[],
  grid: readonly number[],
  gridOf: (query: MetricDataQuery) => readonly number[],
): MathSource {
  return {
    queries,
    grid,
    read: (query) => (query.MetricStat ? readSeries(sightOf(state, query.MetricStat), gridOf(query)) : new Map()),
    band: (query, width) => {
      if (!query.MetricStat) return { lower: new Map(), upper: new Map() }
      const sight = sightOf(state, query.MetricStat)
      if (!sight.statistic) return { lower: new Map(), upper: new Map() }
      const excluded = own(state.detectors, detectorKey(query.MetricStat))?.excluded ?? []
      return anomalyBand({ ...sight, statistic: sight.statistic, excluded }, gridOf(query), width)
    },
  }
}

/** The points of a series in the periods that begin at the times of the grid; a period without data has none. */
function readSeries({ series, statistic, periodMs }: Sight, grid: readonly number[]): Series {
  const points = new Map<number, number>()
  for (const at of grid) {
    const bucket = collect(series, at, at + periodMs)
    const value = bucket && statistic ? statisticOf(bucket, statistic) : null
    if (value !== null) points.set(at, value)
  }
  return points
}
