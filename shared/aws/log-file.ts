import type { Caused } from '../ids.ts'
import type { ServiceMs } from '../units.ts'

/** Where an object lies: the same key in another bucket is another place. */
export interface ObjectPlace {
  readonly bucket: string
  readonly key: string
}

/** An object of a bucket. `metadata` holds the `x-amz-meta-…` headers, without that prefix, in lower case. */
export interface StoredObject extends ObjectPlace {
  readonly bytes: Uint8Array
  readonly metadata: Readonly<Record<string, string>>
}

/** Where log files and digests lie, and where an intruder may change them. */
export interface ObjectStore {
  get(place: ObjectPlace): StoredObject | undefined
  put(object: StoredObject): void
  delete(place: ObjectPlace): void
  /** @returns the keys of a bucket in byte order, as S3 lists them */
  keys(bucket: string): readonly string[]
}

/**
 * A log file as the trail decides it: what stands in it, where it goes and when. It is delivered gzipped.
 * `cause` is the oldest record in it.
 */
export interface LogFileDraft extends Caused, ObjectPlace {
  readonly trailArn: string
  readonly region: string
  /** The JSON text before compression; its SHA-256 stands in the digest. */
  readonly text: string
  readonly deliveredAt: ServiceMs
  /** The next digest of the chain will list it: its hash must be kept until then. */
  readonly isDigested: boolean
}

/** One line of a digest. */
export interface DigestedFile extends ObjectPlace {
  readonly oldestEventTime: ServiceMs
  readonly newestEventTime: ServiceMs
}

/**
 * A digest as the trail decides it; hashes, fingerprint and signature are added where the keys are.
 * `cause` is the last file it lists, `null` for an hour without one.
 */
export interface DigestDraft extends Caused, ObjectPlace {
  readonly trailArn: string
  /** The Region whose files it lists and whose key signs it. */
  readonly region: string
  readonly startTime: ServiceMs
  readonly endTime: ServiceMs
  /** The digest before it in the chain; `null` for the first after a start of logging or validation. */
  readonly previous: ObjectPlace | null
  readonly logFiles: readonly DigestedFile[]
}

/** A public key as ListPublicKeys answers it. */
export interface PublicKey {
  /** Base64 of the DER of a PKCS #1 RSAPublicKey. */
  readonly Value: string
  readonly ValidityStartTime: ServiceMs
  readonly ValidityEndTime: ServiceMs
  /** Hexadecimal MD5 of that DER. */
  readonly Fingerprint: string
}
