import { constants, crc32, inflateRawSync } from 'node:zlib'

/** What could be unpacked, and whether the packed text was all there. */
interface Unpacked {
  readonly bytes: Uint8Array
  readonly isComplete: boolean
}

const MAGIC = [0x1f, 0x8b, 0x08]
const FIXED_HEADER = 10
const FLAGS = { headerHash: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 }

/**
 * Unpacks the first member of a gzip, as AWS's command line does: what stands behind it is not looked at, and content
 * that was cut short gives what is there. Node's `gunzipSync` refuses the first and reads on over the second.
 *
 * @returns `null` for what is no gzip or is damaged inside (RFC 1952)
 */
export function gunzipFirst(bytes: Uint8Array): Unpacked | null {
  if (MAGIC.some((byte, index) => index < bytes.length && bytes[index] !== byte)) return null
  if (((bytes[3] ?? 0) & FLAGS.reserved) !== 0) return null
  const start = headerLength(bytes)
  if (start > bytes.length) return { bytes: new Uint8Array(), isComplete: false }
  const inflated = inflate(bytes.subarray(start))
  return inflated && checkTrailer(inflated.bytes, bytes.subarray(start + inflated.consumed))
}

/** The header's length; more than there is when it was cut short. */
function headerLength(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0
  let length = FIXED_HEADER
  if ((flags & FLAGS.extra) !== 0) length += 2 + (bytes[length] ?? 0) + 256 * (bytes[length + 1] ?? 0)
  for (const flag of [FLAGS.name, FLAGS.comment]) {
    if ((flags & flag) !== 0) length = afterZero(bytes, length)
  }
  return (flags & FLAGS.headerHash) === 0 ? length : length + 2
}

function afterZero(bytes: Uint8Array, from: number): number {
  const zero = bytes.indexOf(0, from)
  return zero === -1 ? bytes.length + 1 : zero + 1
}

function inflate(packed: Uint8Array): { readonly bytes: Uint8Array; readonly consumed: number } | null {
  try {
    // With `info`, Node answers the engine too, which its types do not say.
    const answered: unknown = inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, info: true })
    const { buffer, engine } = answered as { buffer: Uint8Array; engine: { bytesWritten: number } }
    return { bytes: buffer, consumed: engine.bytesWritten }
  } catch {
    // Damage is an answer here, not a fault.
    return null
  }
}

/** Behind the text stand its CRC and its length, four bytes each: as much as is there has to be right. */
function checkTrailer(bytes: Uint8Array, trailer: Uint8Array): Unpacked | null {
  const read = (at: number) => Buffer.from(trailer.subarray(at, at + 4)).readUInt32LE()
  if (trailer.length >= 4 && read(0) !== crc32(bytes)) return null
  if (trailer.length >= 8 && read(4) !== bytes.length % 2 ** 32) return null
  return { bytes, isComplete: trailer.length >= 8 }
}
