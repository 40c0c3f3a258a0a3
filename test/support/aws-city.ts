import { once } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import type { JsonObject } from '../../shared/json.ts'
import type { ObjectStore } from '../../shared/aws/log-file.ts'
import { openAwsApi } from '../../server/aws-api/aws-api.ts'
import type { AwsCity } from '../../server/aws-api/city-port.ts'
import { callTrail } from '../../server/services/trail/operations.ts'
import { listPublicKeys } from '../../server/services/trail/public-keys.ts'
import type { TrailState } from '../../server/services/trail/state.ts'
import { fail, ok } from '../../shared/result.ts'
import type { ServiceMs } from '../../shared/units.ts'
import { regionKey } from './trail-archive.ts'

/** The access key of the one user of the test's city. */
export const ACCESS_KEY = 'AKIACITYTEST'

/** A city as its routes see it, made of a logbook and of what it delivered. */
export const toAwsCity = (state: TrailState, objects: ObjectStore, now: ServiceMs): AwsCity => ({
  userName: 'lea',
  objects,
  bucketRegion: (bucket) => (objects.keys(bucket).length > 0 ? 'eu-west-3' : null),
  cloudTrail(operation, input, region) {
    if (operation === 'ListPublicKeys') {
      const listed = listPublicKeys([regionKey(region).publicKey], input)
      return listed.ok ? ok(toJson(listed.value)) : listed
    }
    const answered = callTrail(state, operation, input, { now, region })
    return answered.ok ? ok(toJson(answered.value.output)) : fail(answered.error)
  },
})

/** Serves a city on the loopback address while `visit` runs. @param visit is given the endpoint's URL */
export async function withEndpoint<T>(city: AwsCity, visit: (endpoint: string) => Promise<T>): Promise<T> {
  const app = express().use(openAwsApi((accessKeyId) => (accessKeyId === ACCESS_KEY ? city : undefined)))
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return await visit(`http://127.0.0.1:${address.port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const toJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject
