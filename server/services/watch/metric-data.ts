import type { MetricDatum } from '../../../shared/aws/metric.ts'
import type { ServiceError, StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { Bucket } from './buckets.ts'
import { mergeBuckets, startOf, toBucket } from './buckets.ts'
import { absent, identityFaults, invalid, misfit } from './faults.ts'
import { limits, UNITS } from './limits.ts'
import { NO_UNIT, toDimensions } from './metrics.ts'
import type { CallContext, FreshDatum, WatchState } from './state.ts'

/**
 * Takes data of a player's own (CloudWatch API Reference, "PutMetricData"). All of them or none.
 *
 * @returns `InvalidParameterValue` for a namespace of AWS, a value that is not finite or beyond ±2³⁶⁰, a time over two weeks
 *   back or two hours ahead; `InvalidParameterCombination` for more than one form of value; `ValidationError` for the rest
 */
export function putMetricData(
  state: WatchState,
  input: { readonly Namespace: string; readonly MetricData: readonly MetricDatum[] },
  ctx: CallContext,
): Result<{ readonly state: WatchState }, ServiceError> {
  const { Namespace, MetricData } = input
  if (Namespace.startsWith('AWS/')) return fail(wrong('Namespace', 'Namespaces that begin with AWS/ are reserved.'))
  if (MetricData.length > limits.DATA_PER_CALL) {
    return fail(invalid('MetricData', `At most ${limits.DATA_PER_CALL} metrics are accepted in a call.`))
  }
  for (const datum of MetricData) {
    const [fault] = datumFaults(Namespace, datum, ctx)
    if (fault) return fail(fault)
  }
  const fresh = MetricData.flatMap((datum) => toFresh(Namespace, datum, ctx))
  return ok({ state: { ...state, fresh: [...state.fresh, ...fresh] } })
}

const wrong = (field: string, message: string): ServiceError => ({ code: 'InvalidParameterValue', message, field })

function datumFaults(namespace: string, datum: MetricDatum, { now }: StepContext): ServiceError[] {
  const { MetricName, Dimensions, Timestamp = now, Unit, StorageResolution = 60 } = datum
  const faults = [...identityFaults({ Namespace: namespace, MetricName, Dimensions }), ...formFaults(datum)]
  if (Timestamp < now - limits.OLDEST_DATUM_MS || Timestamp > now + limits.NEWEST_DATUM_MS) {
    faults.push(wrong('Timestamp', 'Timestamp must be within the last two weeks or the next two hours.'))
  }
  if (Unit !== undefined && !UNITS.has(Unit)) faults.push(invalid('Unit', `${Unit} is not a unit.`))
  if (StorageResolution !== 1 && StorageResolution !== 60) {
    faults.push(wrong('StorageResolution', 'StorageResolution is 1 or 60.'))
  }
  return faults
}

/** Exactly one of `Value`, `Values` and `StatisticValues`, and sensible numbers in it. */
function formFaults(datum: MetricDatum): ServiceError[] {
  const { Value, Values, Counts, StatisticValues } = datum
  const forms = [Value, Values, StatisticValues].filter((form) => form !== undefined).length
  if (forms === 0) return [absent('Value')]
  if (forms > 1) return [misfit('Value', 'Value, Values and StatisticValues exclude one another.')]
  if (Counts && !Values) return [misfit('Counts', 'Counts go with Values.')]
  if (Values && (Values.length === 0 || Values.length > limits.VALUES_PER_DATUM)) {
    return [invalid('Values', `Values holds 1 to ${limits.VALUES_PER_DATUM} numbers.`)]
  }
  if (Values && Counts && Counts.length !== Values.length) return [wrong('Counts', 'Counts must be as long as Values.')]
  if (Counts?.some((count) => !Number.isFinite(count) || count < 0)) return [wrong('Counts', 'Counts are 0 or more.')]
  const set = StatisticValues
  const numbers = [Value ?? [], Values ?? [], set ? [set.Sum, set.Minimum, set.Maximum, set.SampleCount] : []].flat()
  if (numbers.some((value) => !(Math.abs(value) <= limits.GREATEST_VALUE))) {
    return [wrong('Value', 'A value must be a number from -2^360 to 2^360.')]
  }
  if (set && (set.SampleCount <= 0 || set.Minimum > set.Maximum)) {
    return [wrong('StatisticValues', 'A statistic set needs samples, and a minimum not above its maximum.')]
  }
  return []
}

function toFresh(namespace: string, datum: MetricDatum, { now, cause }: CallContext): FreshDatum[] {
  const { MetricName, Dimensions, Timestamp = now, Unit = NO_UNIT, StorageResolution = 60 } = datum
  const bucket = toBucketOf(datum, startOf(Timestamp, StorageResolution * 1000), cause)
  if (!bucket) return []
  return [{ namespace, metricName: MetricName, dimensions: toDimensions(Dimensions), unit: Unit, bucket }]
}

/** @returns `null` when all counts are 0 */
function toBucketOf(datum: MetricDatum, at: Bucket['at'], cause: CauseId): Bucket | null {
  const { Value = 0, Values, Counts, StatisticValues: set } = datum
  if (set) {
    const causes = { minCause: cause, maxCause: cause, lastCause: cause }
    const { SampleCount: count, Sum: sum, Minimum: min, Maximum: max } = set
    return { at, count, sum: sum + 0, min: min + 0, max: max + 0, values: null, counts: null, ...causes }
  }
  if (!Values) return toBucket(at, Value, cause)
  return Values.map((value, index) => toBucket(at, value, cause, Counts?.[index] ?? 1))
    .filter(({ count }) => count > 0)
    .reduce<Bucket | null>((merged, bucket) => (merged ? mergeBuckets(merged, bucket) : bucket), null)
}
