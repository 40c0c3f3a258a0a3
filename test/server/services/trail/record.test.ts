import { describe, expect, it } from 'vitest'
import type { ApiCall, Principal } from '../../../../shared/aws/record.ts'
import type { JsonObject } from '../../../../shared/json.ts'
import { apiCall, at, cityTrail, HOUR, manoeuvre, MINUTE, openTrailRun, SECOND } from '../../../support/trail-run.ts'
import { putEventSelectors } from '../../../../server/services/trail/put-selectors.ts'
import { utf8Length } from '../../../../shared/utf8.ts'

/** The record of one call, in a city without trails. */
function recordOf(changes: Partial<ApiCall> = {}): JsonObject {
  const run = openTrailRun()
  run.step(0, [apiCall(changes)])
  const [written] = run.records
  if (written === undefined) throw new Error('nothing written')
  return written.record
}

const identityOf = (principal: Principal) => recordOf({ principal })['userIdentity']
const VEHICLES = { Type: 'City::Fleet::Vehicle', Values: ['arn:aws:city'] }

describe('what is recorded', () => {
  it('[TRAIL-1] writes every management call without any trail, failed ones too', () => {
    const run = openTrailRun()
    const refused = { errorCode: 'AccessDenied', errorMessage: 'not allowed' }
    run.step(0, [apiCall(), apiCall({ readOnly: true }), apiCall(refused), apiCall({ awsRegion: 'eu-north-1' })])
    expect(run.records.map(({ call }) => call.errorCode)).toEqual([undefined, undefined, 'AccessDenied', undefined])
  })

  it('[TRAIL-2] writes data calls only where a trail that logs asks for them', () => {
    const selectors = { EventSelectors: [{ DataResources: [VEHICLES] }] }
    const trails = [
      { trails: [] },
      { trails: [cityTrail()] },
      { trails: [cityTrail({ ...selectors, IsLogging: false })] },
      { trails: [cityTrail(selectors)] },
    ]
    const counts = trails.map((settings) => {
      const run = openTrailRun(settings)
      run.step(0, [manoeuvre('FR-042')])
      return run.records.length
    })
    expect(counts).toEqual([0, 0, 0, 1])
  })

  it('[TRAIL-2] does not find the manoeuvres from before the selectors', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(0, [manoeuvre('FR-042')])
    run.ask(putEventSelectors, { TrailName: 'city', EventSelectors: [{ DataResources: [VEHICLES] }] })
    run.step(SECOND, [manoeuvre('FR-043', { eventTime: at(SECOND) })])
    run.wait(HOUR)
    expect(run.records.map(({ call }) => call.requestParameters)).toEqual([{ plate: 'FR-043' }])
    expect(run.files.some(({ text }) => text.includes('FR-042'))).toBe(false)
  })
})

describe('a record', () => {
  it('[TRAIL-3] has the fields of the reference, in its order and spelling', () => {
    const record = recordOf({
      eventTime: at(53_900),
      resources: [{ ARN: 'arn:aws:city:eu-west-3:111122223333:road/quai', type: 'City::Road::Sign' }],
      responseElements: { limitKmh: 50 },
    })
    expect(Object.keys(record)).toEqual([
      'eventVersion',
      'userIdentity',
      'eventTime',
      'eventSource',
      'eventName',
      'awsRegion',
      'sourceIPAddress',
      'userAgent',
      'requestParameters',
      'responseElements',
      'requestID',
      'eventID',
      'readOnly',
      'resources',
      'eventType',
      'managementEvent',
      'recipientAccountId',
      'eventCategory',
    ])
    expect(record).toMatchObject({
      eventVersion: '1.08',
      eventTime: '2026-03-14T08:00:53Z',
      eventSource: 'hall.city',
      eventName: 'SetSpeedLimit',
      awsRegion: 'eu-west-3',
      sourceIPAddress: '10.20.30.7',
      userAgent: 'city-console/1.0',
      requestParameters: { roadId: 'quai', limitKmh: 50 },
      responseElements: { limitKmh: 50 },
      readOnly: false,
      resources: [
        {
          ARN: 'arn:aws:city:eu-west-3:111122223333:road/quai',
          accountId: '111122223333',
          type: 'City::Road::Sign',
        },
      ],
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
    })
  })

  it('[TRAIL-3] calls a data event a data event', () => {
    const run = openTrailRun({ trails: [cityTrail({ EventSelectors: [{ DataResources: [VEHICLES] }] })] })
    run.step(0, [manoeuvre('FR-042')])
    expect(run.records[0]?.record).toMatchObject({ managementEvent: false, eventCategory: 'Data' })
  })

  it('[TRAIL-7] keeps the response of a write that went well only', () => {
    const responseElements = { limitKmh: 50 }
    const failed = recordOf({ responseElements, errorCode: 'AccessDenied', errorMessage: 'not you' })
    expect(recordOf({ responseElements })).toMatchObject({ responseElements })
    expect(recordOf({ responseElements })).not.toHaveProperty('errorCode')
    expect(recordOf({ responseElements, readOnly: true })).toMatchObject({ readOnly: true, responseElements: null })
    expect(failed).toMatchObject({ errorCode: 'AccessDenied', errorMessage: 'not you', responseElements: null })
  })

  it('[TRAIL-8] has an id of its own, names its cause, and is the same on the same seed', () => {
    const write = (seed: number) => {
      const run = openTrailRun({}, seed)
      run.step(0, [apiCall(), apiCall({ cause: null })])
      run.step(SECOND, [apiCall()])
      return run.records
    }
    const records = write(7)
    const eventIds = records.map(({ eventID }) => eventID)
    const requestIds = records.map(({ record }) => record['requestID'])
    expect(records.map(({ id, cause }) => [id, cause])).toEqual([
      ['1/1', '0/9'],
      ['1/2', null],
      ['2/1', '0/9'],
    ])
    expect(new Set([...eventIds, ...requestIds]).size).toBe(6)
    expect(records.map(({ record }) => record['eventID'])).toEqual(eventIds)
    expect(write(7)).toEqual(records)
    expect(write(8)).not.toEqual(records)
  })

  it('[TRAIL-10] tells a sign-in from a call', () => {
    expect(recordOf()).toMatchObject({ eventType: 'AwsApiCall' })
    expect(recordOf({ eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' })).toMatchObject({
      eventType: 'AwsConsoleSignIn',
    })
  })
})

describe('who called', () => {
  it('[TRAIL-4] names a user, root, and a service', () => {
    expect(identityOf({ type: 'IAMUser', userName: 'lea' })).toEqual({
      type: 'IAMUser',
      principalId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) as string,
      arn: 'arn:aws:iam::111122223333:user/lea',
      accountId: '111122223333',
      accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/) as string,
      userName: 'lea',
    })
    expect(identityOf({ type: 'Root' })).toMatchObject({
      type: 'Root',
      principalId: '111122223333',
      arn: 'arn:aws:iam::111122223333:root',
      accountId: '111122223333',
    })
    expect(identityOf({ type: 'AWSService', invokedBy: 'config.amazonaws.com' })).toEqual({
      type: 'AWSService',
      invokedBy: 'config.amazonaws.com',
    })
  })

  it('[TRAIL-5] names role and session, with the role as issuer', () => {
    const identity = identityOf({ type: 'AssumedRole', roleName: 'MaintenanceCam', sessionName: 'poste-3' })
    expect(identity).toEqual({
      type: 'AssumedRole',
      principalId: expect.stringMatching(/^AROA[A-Z2-7]{17}:poste-3$/) as string,
      arn: 'arn:aws:sts::111122223333:assumed-role/MaintenanceCam/poste-3',
      accountId: '111122223333',
      accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as string,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) as string,
          arn: 'arn:aws:iam::111122223333:role/MaintenanceCam',
          accountId: '111122223333',
          userName: 'MaintenanceCam',
        },
        webIdFederationData: {},
        attributes: { creationDate: '2026-03-14T08:00:00Z', mfaAuthenticated: 'false' },
      },
    })
  })

  it('[TRAIL-5] gives a name the same ids whenever it appears, and another name others', () => {
    const role = (sessionName: string) => identityOf({ type: 'AssumedRole', roleName: 'MaintenanceCam', sessionName })
    expect(role('poste-3')).toEqual(role('poste-3'))
    expect((role('poste-3') as JsonObject)['accessKeyId']).not.toBe((role('poste-4') as JsonObject)['accessKeyId'])
  })

  it.each<Principal>([
    { type: 'AWSService', invokedBy: 'events.amazonaws.com' },
    { type: 'AssumedRole', roleName: 'issue-fine', sessionName: 's1', invokedBy: 'events.amazonaws.com' },
  ])('[TRAIL-6] shows the service behind $type as source and agent', (principal) => {
    const record = recordOf({ principal })
    expect(record).toMatchObject({
      userIdentity: { invokedBy: 'events.amazonaws.com' },
      sourceIPAddress: 'events.amazonaws.com',
      userAgent: 'events.amazonaws.com',
    })
  })
})

describe('the size of a record', () => {
  const KIB = 1024

  it('[TRAIL-9] replaces structures over 100 KB by a note of their size', () => {
    const requestParameters = { text: 'é'.repeat(60 * KIB) }
    const record = recordOf({ requestParameters, responseElements: { ok: true } })
    const originalSize = utf8Length(JSON.stringify(requestParameters))
    expect(record).toMatchObject({ requestParameters: { omitted: true, originalSize }, responseElements: { ok: true } })
    expect(originalSize).toBe(Buffer.byteLength(JSON.stringify(requestParameters)))
  })

  it.each([
    [0, false],
    [1, true],
  ])('[TRAIL-9] keeps 100 KB whole; %d byte more is cut: %s', (extra, isCut) => {
    const requestParameters = { text: 'x'.repeat(100 * KIB - '{"text":""}'.length + extra) }
    const cut = { omitted: true, originalSize: 100 * KIB + extra }
    expect(recordOf({ requestParameters })['requestParameters']).toEqual(isCut ? cut : requestParameters)
  })

  it('[TRAIL-9] keeps the beginning of a long text, and no half letter', () => {
    const record = recordOf({ errorCode: 'Failed', errorMessage: '€'.repeat(400), userAgent: 'a'.repeat(2000) })
    expect(record['errorMessage']).toBe('€'.repeat(341))
    expect(record['userAgent']).toBe('a'.repeat(1024))
  })

  it('[TRAIL-9] stays within 256 KB whatever the call holds', () => {
    const much = { text: 'x'.repeat(400 * KIB) }
    const nearly = { text: 'x'.repeat(99 * KIB) }
    const resources = Array.from({ length: 3000 }, (_, n) => ({ ARN: `arn:aws:city:::vehicle/${n}`, type: 'City::X' }))
    for (const parameters of [much, nearly]) {
      const record = recordOf({
        requestParameters: parameters,
        responseElements: parameters,
        resources,
        userAgent: much.text,
        errorMessage: much.text,
      })
      expect(utf8Length(JSON.stringify(record))).toBeLessThanOrEqual(256 * KIB)
    }
  })

  it('[TRAIL-9] leaves an ordinary record as it is', () => {
    const run = openTrailRun()
    run.step(MINUTE, [apiCall()])
    expect(run.records[0]?.record).toMatchObject({ requestParameters: { roadId: 'quai', limitKmh: 50 } })
  })
})
