import type { ServiceMs } from '../../../shared/units.ts'

/** A log group of CloudWatch Logs. Its streams' events stand together, oldest first. */
export interface LogGroup {
  readonly name: string
  readonly createdAt: ServiceMs
  /** `null`: events never expire. */
  readonly retentionInDays: number | null
  readonly streams: Readonly<Record<string, LogStream>>
  readonly events: readonly LogEvent[]
  /** By filter name. */
  readonly filters: Readonly<Record<string, MetricFilter>>
  /** How many events ever came in: what event ids are counted with. */
  readonly received: number
}

interface LogStream {
  readonly name: string
  readonly createdAt: ServiceMs
  readonly lastEventAt: ServiceMs | null
}

/** One line of a log: when it happened, and when it came in. */
export interface LogEvent {
  readonly id: string
  readonly stream: string
  readonly timestamp: ServiceMs
  readonly ingestedAt: ServiceMs
  readonly message: string
}

/** Turns log events that match a pattern into data of a metric. */
export interface MetricFilter {
  readonly filterName: string
  readonly filterPattern: string
  readonly metricTransformations: readonly MetricTransformation[]
  readonly createdAt: ServiceMs
}

/** `metricValue` is a number, or a part of the event: `$.speed` of JSON, `$bytes` of a space-delimited line. */
export interface MetricTransformation {
  readonly metricName: string
  readonly metricNamespace: string
  readonly metricValue: string
  /** What an event that does not match counts as; not together with dimensions. */
  readonly defaultValue?: number
  /** Name → part of the event; three at most. */
  readonly dimensions?: Readonly<Record<string, string>>
  readonly unit?: string
}
