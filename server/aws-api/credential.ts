/** Who asks, and at which endpoint, as the signature's scope says (Signature Version 4). */
export interface Credential {
  readonly accessKeyId: string
  readonly region: string
}

const SCOPE = /^AWS4-HMAC-SHA256 Credential=([A-Za-z0-9]+)\/\d{8}\/([a-z0-9-]+)\/[a-z0-9-]+\/aws4_request[, ]/

/**
 * Reads the scope of an `Authorization` header. The signature is not checked: the routes only look, and the key names
 * nothing but a city.
 */
export function readCredential(authorization: string | undefined): Credential | null {
  const [, accessKeyId, region] = SCOPE.exec(authorization ?? '') ?? []
  return accessKeyId === undefined || region === undefined ? null : { accessKeyId, region }
}
