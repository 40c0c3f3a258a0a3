import type { ObjectPlace, PublicKey, StoredObject } from '../../../shared/aws/log-file.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { fromIso } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'

/** What the validator needs done where the libraries are. */
export interface TrailCrypto {
  /** SHA-256 in lower-case hexadecimal. */
  sha256Hex(bytes: Uint8Array): string
  /** What can be unpacked, and whether that was all; `null` for what is no gzip or is damaged inside. */
  gunzip(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly isComplete: boolean } | null
  /** RSA PKCS #1 v1.5 over SHA-256. `publicKey` is the Value of a `PublicKey`, the signature hexadecimal. */
  verify(publicKey: string, text: string, signature: string): boolean
}

/** In the words of `aws cloudtrail validate-logs`. */
export type DigestVerdict =
  | 'valid'
  | 'not found'
  | 'invalid format'
  | 'signature verification failed'
  | 'has been moved from its original location'
  | 'public key not found'

/** A digest that was found valid, as far as the walk needs it. */
export interface ValidDigest {
  readonly startTime: ServiceMs
  readonly endTime: ServiceMs
  readonly previous: ObjectPlace | null
  readonly logFiles: readonly ListedFile[]
}

/** A log file as a digest lists it: where it lies and the SHA-256 of its text. */
export interface ListedFile extends ObjectPlace {
  readonly hashValue: string
}

type Fields = Readonly<Record<string, unknown>>

const REQUIRED = [
  'digestPublicKeyFingerprint',
  'digestS3Bucket',
  'digestS3Object',
  'previousDigestSignature',
  'digestEndTime',
  'digestStartTime',
]

/** Checks one digest where it was found, in the order of the command: the first fault is the verdict. */
export function checkDigest(
  object: StoredObject,
  publicKeys: readonly PublicKey[],
  crypto: TrailCrypto,
): Result<ValidDigest, DigestVerdict> {
  const unpacked = crypto.gunzip(object.bytes)
  const fields = unpacked?.isComplete === true ? parseFields(unpacked.bytes) : null
  if (unpacked === null || fields === null) return fail('invalid format')
  const { signature, 'signature-algorithm': algorithm } = object.metadata
  if (signature === undefined || algorithm === undefined) return fail('signature verification failed')
  if (REQUIRED.some((name) => !(name in fields))) return fail('invalid format')
  if (fields['digestS3Bucket'] !== object.bucket || fields['digestS3Object'] !== object.key) {
    return fail('has been moved from its original location')
  }
  const key = publicKeys.find(({ Fingerprint }) => Fingerprint === fields['digestPublicKeyFingerprint'])
  if (key === undefined) return fail('public key not found')
  const signed = toSignedText(fields, crypto.sha256Hex(unpacked.bytes))
  if (!crypto.verify(key.Value, signed, signature)) return fail('signature verification failed')
  return readDigest(fields)
}

/** What is signed: end, place, hash and the signature before, one a line; the first of a chain says `null`. */
const toSignedText = (fields: Fields, hash: string): string =>
  [
    textOf(fields, 'digestEndTime'),
    `${textOf(fields, 'digestS3Bucket')}/${textOf(fields, 'digestS3Object')}`,
    hash,
    textOf(fields, 'previousDigestSignature') ?? 'null',
  ].join('\n')

function readDigest(fields: Fields): Result<ValidDigest, DigestVerdict> {
  const startTime = fromIso(textOf(fields, 'digestStartTime') ?? '')
  const endTime = fromIso(textOf(fields, 'digestEndTime') ?? '')
  if (startTime === null || endTime === null) return fail('invalid format')
  const bucket = textOf(fields, 'previousDigestS3Bucket')
  const key = textOf(fields, 'previousDigestS3Object')
  const listed: readonly unknown[] = Array.isArray(fields['logFiles']) ? fields['logFiles'] : []
  return ok({
    startTime,
    endTime,
    previous: bucket === null || key === null ? null : { bucket, key },
    logFiles: listed.filter(isFields).map((file) => ({
      bucket: textOf(file, 's3Bucket') ?? '',
      key: textOf(file, 's3Object') ?? '',
      hashValue: textOf(file, 'hashValue') ?? '',
    })),
  })
}

function parseFields(bytes: Uint8Array): Fields | null {
  try {
    const value: unknown = JSON.parse(decodeUtf8(bytes))
    return isFields(value) ? value : null
  } catch {
    // An intruder may have left anything there: what is no JSON in UTF-8 is no digest.
    return null
  }
}

/** @throws URIError when the bytes are no UTF-8; the language itself has no other decoder */
const decodeUtf8 = (bytes: Uint8Array): string =>
  decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textOf(fields: Fields, name: string): string | null {
  const value = fields[name]
  return typeof value === 'string' ? value : null
}
