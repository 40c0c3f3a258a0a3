import type { MetricStat } from '../../../shared/aws/metric.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ExcludedRange } from './anomaly.ts'
import { identityFaults, invalid } from './faults.ts'
import { metricKey, toDimensions } from './metrics.ts'
import { own } from './own.ts'
import type { AnomalyDetector, WatchState } from './state.ts'
import { isStatistic } from './statistic-name.ts'

/** One metric and one statistic, as PutAnomalyDetector names them. */
export interface DetectorInput {
  readonly SingleMetricAnomalyDetector: MetricStat['Metric'] & { readonly Stat: string }
  readonly Configuration?: { readonly ExcludedTimeRanges?: readonly ExcludedRange[] }
}

/** A detector's identity: its metric and its statistic. */
export const detectorKey = ({ Metric, Stat }: Pick<MetricStat, 'Metric' | 'Stat'>): string =>
  `${metricKey(Metric.Namespace, Metric.MetricName, toDimensions(Metric.Dimensions))} ${Stat}`

/** Makes or replaces a model's settings (CloudWatch API Reference, "PutAnomalyDetector"). */
export function putAnomalyDetector(
  state: WatchState,
  { SingleMetricAnomalyDetector: metric, Configuration }: DetectorInput,
): Result<{ readonly state: WatchState }, ServiceError> {
  const excluded = Configuration?.ExcludedTimeRanges ?? []
  const faults = identityFaults(metric)
  if (!isStatistic(metric.Stat)) faults.push(invalid('Stat', `${metric.Stat} is not a statistic.`))
  if (excluded.some(({ StartTime, EndTime }) => StartTime >= EndTime)) {
    faults.push(invalid('ExcludedTimeRanges', 'A range must begin before it ends.'))
  }
  if (faults[0]) return fail(faults[0])
  const key = detectorKey({ Metric: metric, Stat: metric.Stat })
  const dimensions = toDimensions(metric.Dimensions)
  const { Namespace: namespace, MetricName: metricName, Stat: stat } = metric
  const detector: AnomalyDetector = {
    metricKey: metricKey(namespace, metricName, dimensions),
    namespace,
    metricName,
    dimensions,
    stat,
    excluded,
  }
  return ok({ state: { ...state, detectors: { ...state.detectors, [key]: detector } } })
}

/** Deletes a model's settings (CloudWatch API Reference, "DeleteAnomalyDetector"). */
export function deleteAnomalyDetector(
  state: WatchState,
  { SingleMetricAnomalyDetector: metric }: DetectorInput,
): Result<{ readonly state: WatchState }, ServiceError> {
  const key = detectorKey({ Metric: metric, Stat: metric.Stat })
  if (!own(state.detectors, key)) {
    return fail({ code: 'ResourceNotFound', message: 'There is no such anomaly detector.' })
  }
  const detectors = Object.fromEntries(Object.entries(state.detectors).filter(([other]) => other !== key))
  return ok({ state: { ...state, detectors } })
}

/** One detector as DescribeAnomalyDetectors lists it: trained once its metric has been seen for three days. */
export interface DetectorView extends AnomalyDetector {
  readonly StateValue: 'PENDING_TRAINING' | 'TRAINED_INSUFFICIENT_DATA' | 'TRAINED'
}

const LEAST_TRAINING_MS = 3 * 86_400_000

/** All detectors (CloudWatch API Reference, "DescribeAnomalyDetectors"). */
export const describeAnomalyDetectors = (state: WatchState): DetectorView[] =>
  Object.values(state.detectors).map((detector) => ({ ...detector, StateValue: training(state, detector) }))

function training(state: WatchState, detector: AnomalyDetector): DetectorView['StateValue'] {
  const series = Object.values(own(state.metrics, detector.metricKey)?.series ?? {}).flat()
  const [first] = series
  if (!first) return 'PENDING_TRAINING'
  return state.evaluatedAt - first.at >= LEAST_TRAINING_MS ? 'TRAINED' : 'TRAINED_INSUFFICIENT_DATA'
}
