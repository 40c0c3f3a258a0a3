import type { ObjectPlace, ObjectStore, PublicKey } from '../../../shared/aws/log-file.ts'
import type { Result } from '../../../shared/result.ts'
import { fail } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { DigestVerdict, TrailCrypto, ValidDigest } from './digest-content.ts'
import { checkDigest } from './digest-content.ts'
import type { FileSearch } from './digest-keys.ts'
import { keyTime, listDigestKeys } from './digest-keys.ts'

export interface DigestFinding extends ObjectPlace {
  readonly verdict: DigestVerdict
}

/** No log file was delivered in between: logging or validation was off. */
export interface DeliveryGap {
  readonly from: ServiceMs
  readonly to: ServiceMs
}

/** What the walk met, newest first. */
export interface DigestWalk {
  readonly digests: readonly DigestFinding[]
  readonly valid: readonly ValidDigest[]
  readonly gaps: readonly DeliveryGap[]
}

/** A place in the walk: the digest to look at, and the keys of the list that are older than those looked at. */
interface Position {
  readonly place: ObjectPlace
  readonly older: readonly string[]
}

/**
 * Goes from the newest digest of the time asked back to the first that begins before it. A valid digest names the next;
 * after any other, and after the first of a chain, the next older key of the list is taken.
 */
export function walkDigests(
  store: Pick<ObjectStore, 'get' | 'keys'>,
  search: FileSearch,
  publicKeys: readonly PublicKey[],
  crypto: TrailCrypto,
): DigestWalk {
  const digests: DigestFinding[] = []
  const valid: ValidDigest[] = []
  const gaps: DeliveryGap[] = []
  let position = nextOlder(search.bucket, listDigestKeys(store, search), null)
  let lastStart = position === null ? search.from : keyTime(position.place.key)
  while (position !== null && search.from <= lastStart) {
    const { place, older }: Position = position
    const checked = look(place)
    digests.push({ ...place, verdict: checked.ok ? 'valid' : checked.error })
    position = nextOlder(place.bucket, older, place.key)
    if (!checked.ok) continue
    lastStart = checked.value.startTime
    valid.push(checked.value)
    const { previous } = checked.value
    // A digest that names one not older than itself would lead round in a circle.
    if (previous !== null && keyTime(previous.key) < keyTime(place.key))
      position = { place: previous, older: olderIn(previous.bucket, place.bucket, older) }
    else if (previous === null && position !== null) gaps.push({ from: keyTime(position.place.key), to: lastStart })
  }
  return { digests, valid, gaps }

  function look(place: ObjectPlace): Result<ValidDigest, DigestVerdict> {
    const object = store.get(place)
    return object === undefined ? fail('not found') : checkDigest(object, publicKeys, crypto)
  }

  /** A trail that changed its bucket goes on in the list of the other one. */
  function olderIn(bucket: string, before: string, older: readonly string[]): readonly string[] {
    return bucket === before ? older : listDigestKeys(store, { ...search, bucket })
  }
}

/** The newest key of the list that is older than `than`; keys of the same time or newer are done with. */
function nextOlder(bucket: string, keys: readonly string[], than: string | null): Position | null {
  const index = keys.findLastIndex((key) => than === null || keyTime(key) < keyTime(than))
  const key = keys[index]
  return key === undefined ? null : { place: { bucket, key }, older: keys.slice(0, index) }
}
