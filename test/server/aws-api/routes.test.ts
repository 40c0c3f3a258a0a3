import { describe, expect, it } from 'vitest'
import { openMemoryObjects } from '../../../server/store/trail-objects.ts'
import type { ObjectStore } from '../../../shared/aws/log-file.ts'
import { ACCESS_KEY, toAwsCity, withEndpoint } from '../../support/aws-city.ts'
import { apiCall, at, cityTrail, HOUR, MINUTE, OPENING, openTrailRun } from '../../support/trail-run.ts'

const scope = (key = ACCESS_KEY, service = 'cloudtrail') =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260314/eu-west-3/${service}/aws4_request, SignedHeaders=host, Signature=00`

function openRun() {
  const run = openTrailRun({ trails: [cityTrail()] })
  run.step(0, [apiCall()])
  run.wait(HOUR)
  return run
}

/** Asks one city. @returns status, headers and text of the answer */
function ask(path: string, init: RequestInit = {}, objects: ObjectStore = openMemoryObjects()) {
  const city = toAwsCity(openRun().state, objects, at(HOUR))
  return withEndpoint(city, async (endpoint) => {
    const answer = await fetch(endpoint + path, { headers: { authorization: scope() }, ...init })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  })
}

const cloudTrail = async (operation: string, body: string, authorization = scope()) => {
  const target = `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.${operation}`
  const headers = { authorization, 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' }
  const { status, headers: sent, text } = await ask('/', { method: 'POST', headers, body })
  return {
    status,
    type: sent.get('content-type'),
    requestId: sent.get('x-amzn-requestid'),
    body: JSON.parse(text) as unknown,
  }
}

describe('CloudTrail over HTTP', () => {
  it('describes trails in awsJson', async () => {
    const answer = await cloudTrail('DescribeTrails', '{}')
    expect(answer).toMatchObject({
      status: 200,
      type: 'application/x-amz-json-1.1; charset=utf-8',
      body: { trailList: [{ Name: 'city', S3BucketName: 'city-logs', HomeRegion: 'eu-west-3' }] },
    })
    expect(answer.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('takes and gives times in seconds', async () => {
    const seconds = OPENING / 1000
    const status = await cloudTrail('GetTrailStatus', '{"Name":"city"}')
    expect(status.body).toMatchObject({ IsLogging: true, StartLoggingTime: seconds, LatestDeliveryTime: seconds + 300 })
    const found = await cloudTrail('LookupEvents', JSON.stringify({ StartTime: seconds, EndTime: seconds }))
    expect(found.body).toMatchObject({ Events: [{ EventName: 'SetSpeedLimit', EventTime: seconds }] })
    const missed = await cloudTrail('LookupEvents', JSON.stringify({ StartTime: seconds + 1 }))
    expect(missed.body).toMatchObject({ Events: [] })
    const keys = await cloudTrail('ListPublicKeys', JSON.stringify({ StartTime: seconds, EndTime: seconds + 1 }))
    expect(keys.body).toMatchObject({ PublicKeyList: [{ ValidityStartTime: seconds - 86_400 }] })
  })

  it('accepts an empty body', async () => {
    expect(await cloudTrail('DescribeTrails', '')).toMatchObject({ status: 200 })
  })

  it.each([
    ['StopLogging', '{"Name":"city"}', 'UnknownOperationException'],
    ['Nonsense', '{}', 'UnknownOperationException'],
    ['DescribeTrails', '{', 'SerializationException'],
    ['DescribeTrails', '[]', 'SerializationException'],
    ['GetTrailStatus', '{"Name":"nobody"}', 'TrailNotFoundException'],
    ['ListPublicKeys', '{"StartTime":2,"EndTime":1}', 'InvalidTimeRangeException'],
  ])('refuses %s %s with %s, and changes nothing', async (operation, body, type) => {
    expect(await cloudTrail(operation, body)).toMatchObject({ status: 400, body: { __type: type } })
  })

  it.each([
    ['', 'MissingAuthenticationTokenException'],
    ['Bearer x', 'MissingAuthenticationTokenException'],
    [scope('AKIANOBODY'), 'UnrecognizedClientException'],
  ])('does not know who says "%s"', async (authorization, type) => {
    expect(await cloudTrail('DescribeTrails', '{}', authorization)).toMatchObject({
      status: 403,
      body: { __type: type },
    })
  })
})

describe('STS over HTTP', () => {
  const post = (body: string) =>
    ask('/', { method: 'POST', body, headers: { authorization: scope(ACCESS_KEY, 'sts') } })

  it('tells who calls', async () => {
    const { status, text } = await post('Action=GetCallerIdentity&Version=2011-06-15')
    expect(status).toBe(200)
    expect(text).toContain('<Arn>arn:aws:iam::111122223333:user/lea</Arn>')
    expect(text).toContain('<Account>111122223333</Account>')
  })

  it('refuses anything else', async () => {
    expect(await post('Action=AssumeRole')).toMatchObject({
      status: 400,
      text: expect.stringContaining('InvalidAction') as string,
    })
  })
})

describe('S3 over HTTP', () => {
  const objects = openMemoryObjects(
    ['a/1', 'a/2 & <3>', 'b/1'].map((key) => ({
      bucket: 'city-logs',
      key,
      bytes: Buffer.from([0x1f, 0x8b, 0, 255]),
      metadata: { signature: 'ab', 'signature-algorithm': 'SHA256withRSA' },
    })),
  )
  const get = (path: string) => ask(path, {}, objects)
  const keysIn = (text: string) => [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => match[1])

  it('tells where a bucket is', async () => {
    const { status, text } = await get('/city-logs?location')
    expect(status).toBe(200)
    expect(text).toMatch(/<LocationConstraint xmlns="[^"]+">eu-west-3<\/LocationConstraint>/)
  })

  it('lists keys by prefix, marker and number, escaped', async () => {
    expect(keysIn((await get('/city-logs')).text)).toEqual(['a/1', 'a/2 &amp; &lt;3&gt;', 'b/1'])
    expect(keysIn((await get('/city-logs?prefix=a%2F&encoding-type=url')).text)).toEqual(['a/1', 'a/2%20%26%20%3C3%3E'])
    expect(keysIn((await get('/city-logs?marker=a%2F1')).text)).toEqual(['a/2 &amp; &lt;3&gt;', 'b/1'])
    const page = (await get('/city-logs?max-keys=2')).text
    expect(keysIn(page)).toHaveLength(2)
    expect(page).toContain('<IsTruncated>true</IsTruncated>')
    expect((await get('/city-logs?max-keys=3')).text).toContain('<IsTruncated>false</IsTruncated>')
  })

  it('gives objects as they are, with their metadata', async () => {
    const city = toAwsCity(openRun().state, objects, at(MINUTE))
    await withEndpoint(city, async (endpoint) => {
      const answer = await fetch(`${endpoint}/city-logs/a/2%20%26%20%3C3%3E`, { headers: { authorization: scope() } })
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from([0x1f, 0x8b, 0, 255]))
      expect(answer.headers.get('x-amz-meta-signature')).toBe('ab')
      expect(answer.headers.get('x-amz-meta-signature-algorithm')).toBe('SHA256withRSA')
      expect(answer.headers.get('content-encoding')).toBeNull()
    })
  })

  it.each([
    ['/city-logs/nothing', 'NoSuchKey'],
    ['/nowhere/a/1', 'NoSuchBucket'],
    ['/nowhere?location', 'NoSuchBucket'],
  ])('answers %s with %s', async (path, code) => {
    const { status, text } = await get(path)
    expect(status).toBe(404)
    expect(text).toContain(`<Error><Code>${code}</Code>`)
  })

  it('writes nothing', async () => {
    const answer = await ask('/city-logs/a/1', { method: 'PUT', body: 'x' }, objects)
    expect(answer.status).toBe(404)
    expect(objects.keys('city-logs')).toHaveLength(3)
  })
})
