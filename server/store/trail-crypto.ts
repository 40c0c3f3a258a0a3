import { createHash, createPublicKey, verify } from 'node:crypto'
import { constants, gunzipSync } from 'node:zlib'
import type { TrailCrypto } from '../services/trail/digest-content.ts'

/** The validator's port, with Node's own libraries. */
export const nodeTrailCrypto: TrailCrypto = {
  sha256Hex: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  gunzip(bytes) {
    const all = tryGunzip(bytes, constants.Z_FINISH)
    if (all !== null) return { bytes: all, isComplete: true }
    const part = tryGunzip(bytes, constants.Z_SYNC_FLUSH)
    return part === null ? null : { bytes: part, isComplete: false }
  },
  verify(publicKey, text, signature) {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'pkcs1' })
    return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'hex'))
  },
}

/** With `Z_SYNC_FLUSH`, content that was cut short gives what is there. */
function tryGunzip(bytes: Uint8Array, finishFlush: number): Uint8Array | null {
  try {
    return gunzipSync(bytes, { finishFlush })
  } catch {
    // Whoever asks decides what damage means.
    return null
  }
}
