import type { CauseId } from '../../../shared/ids.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Draft } from './state.ts'

type MetricName =
  | 'Invocations'
  | 'Errors'
  | 'Throttles'
  | 'Duration'
  | 'ConcurrentExecutions'
  | 'ProvisionedConcurrencyInvocations'
  | 'ProvisionedConcurrencySpilloverInvocations'
  | 'AsyncEventsReceived'
  | 'AsyncEventAge'
  | 'AsyncEventsDropped'
  | 'RecursiveInvocationsDropped'
  | 'DeadLetterErrors'
  | 'DestinationDeliveryFailures'

/** One datum of a function, with the moment it belongs to and what it measures. */
export interface Measured {
  readonly functionName: string
  readonly cause: CauseId
  readonly at: ServiceMs
  readonly value: number
}

/** Adds a datapoint in `AWS/Lambda` by `FunctionName` (Lambda, "Types of metrics for Lambda functions"). */
export function measure(draft: Draft, metricName: MetricName, measured: Measured): void {
  draft.out.datapoints.push({
    cause: measured.cause,
    namespace: 'AWS/Lambda',
    metricName,
    dimensions: { FunctionName: measured.functionName },
    timestamp: measured.at,
    value: measured.value,
    unit: metricName === 'Duration' || metricName === 'AsyncEventAge' ? 'Milliseconds' : 'Count',
    storageResolution: 60,
  })
}
