import { createHash, createPublicKey, verify } from 'node:crypto'
import type { TrailCrypto } from '../services/trail/digest-content.ts'
import { gunzipFirst } from './trail-gunzip.ts'

/** The validator's port, with Node's own libraries. */
export const nodeTrailCrypto: TrailCrypto = {
  sha256Hex: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  gunzip: gunzipFirst,
  verify(publicKey, text, signature) {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'pkcs1' })
    return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'hex'))
  },
}
