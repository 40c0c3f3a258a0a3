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
