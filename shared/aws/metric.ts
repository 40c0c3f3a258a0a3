import type { CauseId } from '../ids.ts'
import type { ServiceMs } from '../units.ts'

/** Name → value. A metric is its namespace, its name and the exact set of these. */
export type Dimensions = Readonly<Record<string, string>>

/** One datum of PutMetricData, with the thing on the street that it measures. */
export interface Datapoint {
  /** The fact that was measured: what an alarm names as its cause. */
  readonly cause: CauseId
  readonly namespace: string
  readonly metricName: string
  readonly dimensions: Dimensions
  readonly timestamp: ServiceMs
  readonly value: number
  readonly unit?: string
  /** 1 = high resolution; 60 = standard. */
  readonly storageResolution: 1 | 60
}

/** A dimension as the API writes it; inside events the same thing is an object, name → value. */
export interface Dimension {
  readonly Name: string
  readonly Value: string
}

/** One entry of PutMetricData: exactly one of `Value`, `Values` (with or without `Counts`) and `StatisticValues`. */
export interface MetricDatum {
  readonly MetricName: string
  readonly Dimensions?: readonly Dimension[]
  /** Left out: the time of the call. */
  readonly Timestamp?: ServiceMs
  readonly Value?: number
  readonly Values?: readonly number[]
  readonly Counts?: readonly number[]
  readonly StatisticValues?: {
    readonly SampleCount: number
    readonly Sum: number
    readonly Minimum: number
    readonly Maximum: number
  }
  readonly Unit?: string
  readonly StorageResolution?: number
}

/** One metric, one statistic, one period (in seconds). */
export interface MetricStat {
  readonly Metric: {
    readonly Namespace: string
    readonly MetricName: string
    readonly Dimensions?: readonly Dimension[]
  }
  readonly Period: number
  readonly Stat: string
  readonly Unit?: string
}

/** A query of GetMetricData, or a line of a metric math alarm: exactly one of `MetricStat` and `Expression`. */
export interface MetricDataQuery {
  readonly Id: string
  readonly MetricStat?: MetricStat
  readonly Expression?: string
  readonly Label?: string
  readonly Period?: number
  /** Left out: true. */
  readonly ReturnData?: boolean
}
