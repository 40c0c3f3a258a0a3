import type { PublicKey } from '../../../shared/aws/log-file.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { refuse } from './answer.ts'

/** Left out: from the beginning, to the end of time. */
export interface ListPublicKeysInput {
  readonly StartTime?: ServiceMs
  readonly EndTime?: ServiceMs
}

/**
 * ListPublicKeys: the keys that were valid at some time between the two, both included. (CloudTrail API Reference)
 *
 * @param keys of the Region that is asked: they lie at the edge, where digests are signed
 */
export function listPublicKeys(
  keys: readonly PublicKey[],
  { StartTime, EndTime }: ListPublicKeysInput,
): Result<{ readonly PublicKeyList: readonly PublicKey[] }, ServiceError> {
  const from = StartTime ?? -Infinity
  const to = EndTime ?? Infinity
  if (from > to) return refuse('InvalidTimeRangeException', 'StartTime is after EndTime.', 'StartTime')
  const PublicKeyList = keys.filter((key) => key.ValidityStartTime <= to && key.ValidityEndTime >= from)
  return ok({ PublicKeyList })
}
