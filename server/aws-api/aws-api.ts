import { randomUUID } from 'node:crypto'
import type { Request, Response, Router } from 'express'
import express from 'express'
import type { AwsCity, FindCity } from './city-port.ts'
import { answerCloudTrail } from './cloudtrail.ts'
import { readCredential } from './credential.ts'
import type { S3Answer } from './s3.ts'
import { answerBucket, answerObject } from './s3.ts'
import { answerSts } from './sts.ts'

const MAX_BODY = '64kb'

/**
 * Routes that answer AWS's own clients about a city, read-only: enough for `aws cloudtrail validate-logs` and
 * `lookup-events`. Mount it at the root of a listener of its own, on the loopback address: bucket names are paths.
 */
export function openAwsApi(findCity: FindCity): Router {
  const router = express.Router()
  router.use(express.text({ type: () => true, limit: MAX_BODY }))
  router.post('/', (request, response) => {
    const asked = whoAsks(request, response, findCity)
    if (asked !== null) answerPost(asked.city, asked.region, request, response)
  })
  router.get('/:bucket', (request, response) => {
    const asked = whoAsks(request, response, findCity)
    if (asked !== null) send(response, answerBucket(asked.city, request.params.bucket, textsOf(request)))
  })
  router.get('/:bucket/*key', (request, response) => {
    const asked = whoAsks(request, response, findCity)
    const { bucket, key } = request.params
    if (asked !== null) send(response, answerObject(asked.city, bucket, key.join('/')))
  })
  return router
}

function whoAsks(request: Request, response: Response, findCity: FindCity) {
  const credential = readCredential(request.get('authorization'))
  const city = credential === null ? undefined : findCity(credential.accessKeyId)
  if (credential !== null && city !== undefined) return { city, region: credential.region }
  const __type = credential === null ? 'MissingAuthenticationTokenException' : 'UnrecognizedClientException'
  sendJson(response, 403, { __type, message: 'The access key names no city.' })
  return null
}

function answerPost(city: AwsCity, region: string, request: Request, response: Response): void {
  const body: unknown = request.body
  const text = typeof body === 'string' ? body : ''
  const target = request.get('x-amz-target')
  if (target !== undefined) {
    const answered = answerCloudTrail(city, region, target, text)
    sendJson(response, answered.status, answered.body)
    return
  }
  const answered = answerSts(city.userName, new URLSearchParams(text))
  response.status(answered.status).type('text/xml').send(answered.body)
}

function sendJson(response: Response, status: number, body: object): void {
  response.status(status).set('x-amzn-RequestId', randomUUID()).type('application/x-amz-json-1.1')
  response.send(JSON.stringify(body))
}

function send(response: Response, { status, headers, body }: S3Answer): void {
  response.status(status).set(headers).set('x-amz-request-id', randomUUID())
  response.send(typeof body === 'string' ? body : Buffer.from(body))
}

/** The query's members that are given once; `?location` alone is an empty text. */
function textsOf(request: Request): Record<string, string | undefined> {
  const texts = Object.entries(request.query).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(texts) as Record<string, string>
}
