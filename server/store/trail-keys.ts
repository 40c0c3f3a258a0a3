import { createHash, generateKeyPairSync } from 'node:crypto'
import type { PublicKey } from '../../shared/aws/log-file.ts'
import type { ServiceMs } from '../../shared/units.ts'

/** The key pair with which one Region signs its digests: plain data, so that it can be kept over a restart. */
export interface RegionKey {
  /** PKCS #8 in PEM. It never leaves the server. */
  readonly privateKey: string
  readonly publicKey: PublicKey
}

/** Makes a Region's key pair (RSA, 2048 bits): slow enough, about 0.1 s, to be done before a city runs. */
export function createRegionKey(validFrom: ServiceMs, validTo: ServiceMs): RegionKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'der' },
  })
  return { privateKey, publicKey: toPublicKey(publicKey, validFrom, validTo) }
}

function toPublicKey(der: Uint8Array, validFrom: ServiceMs, validTo: ServiceMs): PublicKey {
  return {
    Value: Buffer.from(der).toString('base64'),
    ValidityStartTime: validFrom,
    ValidityEndTime: validTo,
    Fingerprint: createHash('md5').update(der).digest('hex'),
  }
}
