import type { ServiceMs } from '../../../shared/units.ts'
import type { TrailSelectors } from './selectors.ts'

/** How a trail is set up: what DescribeTrails shows, under the city's names. */
export interface TrailSettings {
  readonly name: string
  readonly arn: string
  /** The Region in which it was made: only from there can it be changed, started and stopped. */
  readonly homeRegion: string
  readonly bucket: string
  /** Before `AWSLogs/` in every key; empty for none. */
  readonly prefix: string
  readonly isMultiRegion: boolean
  readonly includesGlobalEvents: boolean
  readonly validatesFiles: boolean
  readonly selectors: TrailSelectors
  readonly insightTypes: readonly InsightType[]
  readonly logGroupArn: string | null
  readonly logGroupRoleArn: string | null
}

export type InsightType = 'ApiCallRateInsight' | 'ApiErrorRateInsight'

/** A trail and what GetTrailStatus tells about it. */
export interface Trail {
  readonly settings: TrailSettings
  readonly isLogging: boolean
  readonly startedAt: ServiceMs | null
  readonly stoppedAt: ServiceMs | null
  readonly latestDelivery: ServiceMs | null
  readonly latestDigestDelivery: ServiceMs | null
}
