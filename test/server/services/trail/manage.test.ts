import { describe, expect, it } from 'vitest'
import { describeTrails } from '../../../../server/services/trail/describe.ts'
import { lookupEvents } from '../../../../server/services/trail/lookup.ts'
import { getTrailStatus, startLogging, stopLogging } from '../../../../server/services/trail/logging.ts'
import type { CreateTrailInput } from '../../../../server/services/trail/manage.ts'
import { createTrail, deleteTrail, updateTrail } from '../../../../server/services/trail/manage.ts'
import { callTrail } from '../../../../server/services/trail/operations.ts'
import {
  getEventSelectors,
  putEventSelectors,
  putInsightSelectors,
} from '../../../../server/services/trail/put-selectors.ts'
import { trailArn } from '../../../../shared/aws/account.ts'
import { apiCall, at, cityTrail, HOME, HOUR, MINUTE, NORTH, openTrailRun, SECOND } from '../../../support/trail-run.ts'

const input = (changes: Partial<CreateTrailInput> = {}): CreateTrailInput => ({
  Name: 'city',
  S3BucketName: 'city-logs',
  ...changes,
})

describe('creating a trail', () => {
  it('[TRAIL-23] answers what was made, selects management events and does not log', () => {
    const run = openTrailRun()
    expect(run.ask(createTrail, input({ S3KeyPrefix: 'police' }))).toEqual({
      Name: 'city',
      S3BucketName: 'city-logs',
      S3KeyPrefix: 'police',
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: false,
      HomeRegion: HOME,
      TrailARN: trailArn('city'),
      LogFileValidationEnabled: false,
      HasCustomEventSelectors: false,
      HasInsightSelectors: false,
      IsOrganizationTrail: false,
    })
    expect(run.ask(getTrailStatus, { Name: 'city' })).toEqual({ IsLogging: false })
    expect(run.ask(getEventSelectors, { TrailName: 'city' }).EventSelectors).toEqual([
      { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
    ])
    run.step(0, [apiCall()])
    run.wait(HOUR)
    expect([run.events, run.files, run.digests]).toEqual([[], [], []])
  })

  it.each(['abc', 'a.b-c_d9', 'A'.repeat(128), '9-9', '1.2.3'])('[TRAIL-24] accepts the name %s', (Name) => {
    expect(openTrailRun().ask(createTrail, input({ Name })).Name).toBe(Name)
  })

  it.each(['', 'ab', 'A'.repeat(129), '-abc', 'abc.', 'a--b', 'a._b', 'a b', 'été', '192.168.5.4'])(
    '[TRAIL-24] refuses the name "%s"',
    (Name) => {
      expect(openTrailRun().refusal(createTrail, input({ Name }))).toBe('InvalidTrailNameException')
    },
  )

  it('[TRAIL-25] refuses a second trail of one name, also beside a shadow', () => {
    const run = openTrailRun({ regions: [HOME, NORTH] })
    run.ask(createTrail, input({ IsMultiRegionTrail: true }))
    expect(run.refusal(createTrail, input())).toBe('TrailAlreadyExistsException')
    expect(run.refusal(createTrail, input(), NORTH)).toBe('TrailAlreadyExistsException')
    run.ask(createTrail, input({ Name: 'other' }))
    expect(run.ask(createTrail, input({ Name: 'other' }), NORTH).TrailARN).toBe(trailArn('other', NORTH))
  })

  it('[TRAIL-25] refuses a sixth trail in a Region, shadows counted', () => {
    const run = openTrailRun({ regions: [HOME, NORTH] })
    run.ask(createTrail, input({ Name: 'shadow', IsMultiRegionTrail: true }), NORTH)
    for (const n of [1, 2, 3, 4]) run.ask(createTrail, input({ Name: `trail-${n}` }))
    expect(run.refusal(createTrail, input())).toBe('MaximumNumberOfTrailsExceededException')
    run.ask(deleteTrail, { Name: 'trail-1' })
    expect(run.ask(createTrail, input()).Name).toBe('city')
  })

  it.each<[string, Partial<CreateTrailInput>]>([
    ['InvalidS3BucketNameException', { S3BucketName: 'Logs' }],
    ['InvalidS3BucketNameException', { S3BucketName: 'a..b' }],
    ['InvalidS3BucketNameException', { S3BucketName: 'ab' }],
    ['InvalidS3PrefixException', { S3KeyPrefix: 'x'.repeat(201) }],
    ['InvalidS3PrefixException', { S3KeyPrefix: 'police/' }],
    ['InvalidParameterCombinationException', { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }],
    ['InvalidCloudWatchLogsLogGroupArnException', { CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/r' }],
    ['InvalidCloudWatchLogsRoleArnException', { CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-3:1:log-group:g' }],
  ])('[TRAIL-26] refuses with %s what is made or changed to %o', (code, changes) => {
    const run = openTrailRun()
    expect(run.refusal(createTrail, input(changes))).toBe(code)
    expect(run.state.trails).toEqual([])
    run.ask(createTrail, input())
    const before = run.state
    expect(run.refusal(updateTrail, { ...changes, Name: 'city' })).toBe(code)
    expect(run.state).toBe(before)
  })
})

describe('finding a trail', () => {
  const trails = [cityTrail({ IsMultiRegionTrail: true }), cityTrail({ Name: 'local' })]
  const settings = { regions: [HOME, NORTH], trails }
  const changes = {
    StartLogging: [startLogging, {}],
    StopLogging: [stopLogging, {}],
    DeleteTrail: [deleteTrail, {}],
    UpdateTrail: [updateTrail, { S3BucketName: 'else' }],
  } as const

  it.each(Object.keys(changes) as (keyof typeof changes)[])('[TRAIL-27] %s works at home only', (name) => {
    const [operation, more] = changes[name]
    const from = (Name: string, region: string) =>
      openTrailRun(settings).refusal(operation as typeof updateTrail, { Name, ...more }, region)
    expect(from('city', NORTH)).toBe('InvalidHomeRegionException')
    expect(from(trailArn('city'), NORTH)).toBe('InvalidHomeRegionException')
    expect(from('local', NORTH)).toBe('TrailNotFoundException')
    expect(from('nobody', HOME)).toBe('TrailNotFoundException')
    expect(from('a--b', HOME)).toBe('InvalidTrailNameException')
    expect(from('arn:aws:s3:::city', HOME)).toBe('CloudTrailARNInvalidException')
    const run = openTrailRun(settings)
    run.ask(operation as typeof updateTrail, { Name: trailArn('city'), ...more })
  })

  it('[TRAIL-27] selectors are put at home only', () => {
    const run = openTrailRun(settings)
    const EventSelectors = [{}]
    const refused = run.refusal(putEventSelectors, { TrailName: 'city', EventSelectors }, NORTH)
    const insights = run.refusal(putInsightSelectors, { TrailName: 'city', InsightSelectors: [] }, NORTH)
    expect([refused, insights]).toEqual(['InvalidHomeRegionException', 'InvalidHomeRegionException'])
  })

  it('[TRAIL-28] describes own trails and shadows', () => {
    const run = openTrailRun(settings)
    const names = (region: string, more = {}) =>
      run.ask(describeTrails, more, region).trailList.map(({ Name, HomeRegion }) => `${Name} ${HomeRegion}`)
    expect(names(HOME)).toEqual([`city ${HOME}`, `local ${HOME}`])
    expect(names(NORTH)).toEqual([`city ${HOME}`])
    expect(names(NORTH, { includeShadowTrails: false })).toEqual([])
    expect(names(NORTH, { trailNameList: [trailArn('city'), 'nobody'] })).toEqual([`city ${HOME}`])
    expect(names(HOME, { trailNameList: ['local'] })).toEqual([`local ${HOME}`])
    expect(run.refusal(describeTrails, { trailNameList: ['a--b'] })).toBe('InvalidTrailNameException')
    expect(run.refusal(describeTrails, { trailNameList: ['arn:x'] })).toBe('CloudTrailARNInvalidException')
  })

  it('[TRAIL-28] tells of selectors and log groups that were set', () => {
    const group = 'arn:aws:logs:eu-west-3:111122223333:log-group:police:*'
    const role = 'arn:aws:iam::111122223333:role/trail'
    const run = openTrailRun()
    run.ask(createTrail, input({ CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: role }))
    run.ask(putEventSelectors, { TrailName: 'city', EventSelectors: [{ ReadWriteType: 'WriteOnly' }] })
    run.ask(putInsightSelectors, { TrailName: 'city', InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }] })
    expect(run.ask(describeTrails, {}).trailList[0]).toMatchObject({
      CloudWatchLogsLogGroupArn: group,
      CloudWatchLogsRoleArn: role,
      HasCustomEventSelectors: true,
      HasInsightSelectors: true,
    })
  })

  it('[TRAIL-29] tells when it started, stopped and delivered', () => {
    const run = openTrailRun(settings)
    run.step(SECOND, [apiCall()])
    run.wait(HOUR)
    run.ask(stopLogging, { Name: 'city' })
    run.wait(2 * HOUR)
    expect(run.ask(getTrailStatus, { Name: 'city' })).toEqual({
      IsLogging: false,
      LatestDeliveryTime: at(5 * MINUTE),
      LatestDigestDeliveryTime: at(HOUR + MINUTE),
      StartLoggingTime: at(0),
      StopLoggingTime: at(HOUR),
    })
    run.ask(startLogging, { Name: 'city' })
    expect(run.ask(getTrailStatus, { Name: trailArn('city') }, NORTH)).toMatchObject({
      IsLogging: true,
      StartLoggingTime: at(2 * HOUR),
    })
    expect(run.refusal(getTrailStatus, { Name: 'city' }, NORTH)).toBe('TrailNotFoundException')
  })
})

describe('changing a trail', () => {
  const textOf = (run: ReturnType<typeof openTrailRun>) => run.files.map(({ text }) => text).join('')
  const call = (eventName: string, ms: number) => apiCall({ eventName, eventTime: at(ms) })

  it('[TRAIL-30] new selectors hold from then on', () => {
    const run = openTrailRun({ trails: [cityTrail({ EventSelectors: [{ ReadWriteType: 'ReadOnly' }] })] })
    run.step(SECOND, [call('Before', SECOND)])
    run.ask(putEventSelectors, { TrailName: 'city', EventSelectors: [{ ReadWriteType: 'WriteOnly' }] })
    run.step(MINUTE, [call('After', MINUTE)])
    run.wait(HOUR)
    expect(run.events.map(({ detail }) => detail['eventName'])).toEqual(['After'])
    expect(textOf(run)).not.toContain('Before')
  })

  it('[TRAIL-30] a new bucket and prefix hold from the next delivery on', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(SECOND, [call('Before', SECOND)])
    run.wait(10 * MINUTE)
    run.ask(updateTrail, { Name: 'city', S3BucketName: 'archive', S3KeyPrefix: 'police' })
    run.step(11 * MINUTE, [call('After', 11 * MINUTE)])
    run.wait(HOUR)
    expect(run.files.map(({ bucket, key }) => [bucket, key.startsWith('police/AWSLogs/')])).toEqual([
      ['city-logs', false],
      ['archive', true],
    ])
    expect(run.digests).toMatchObject([
      { bucket: 'archive', logFiles: [{ bucket: 'city-logs' }, { bucket: 'archive' }] },
    ])
  })

  it('[TRAIL-31] a stop is recorded, on the bus and in the last file, and stops one trail only', () => {
    const run = openTrailRun({ trails: [cityTrail(), cityTrail({ Name: 'second' })] })
    run.step(MINUTE)
    run.ask(stopLogging, { Name: 'city' })
    run.step(MINUTE, [call('StopLogging', MINUTE)])
    run.step(MINUTE + SECOND, [call('Secret', MINUTE + SECOND)])
    run.wait(HOUR)
    const textsOf = (name: string) =>
      run.files.filter(({ trailArn: arn }) => arn === trailArn(name)).map(({ text }) => text)
    expect(run.events.map(({ detail }) => detail['eventName'])).toEqual(['StopLogging', 'Secret'])
    expect(textsOf('city').join('')).toContain('StopLogging')
    expect(textsOf('city').join('')).not.toContain('Secret')
    expect(textsOf('second').join('')).toContain('Secret')
    expect(run.ask(lookupEvents, {}).Events.map(({ EventName }) => EventName)).toEqual(['Secret', 'StopLogging'])
  })

  it('[TRAIL-31] starting or stopping again changes nothing', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    const logging = run.state
    run.ask(startLogging, { Name: 'city' })
    expect(run.state).toBe(logging)
    run.ask(stopLogging, { Name: 'city' })
    const stopped = run.state
    run.ask(stopLogging, { Name: 'city' })
    expect(run.state).toBe(stopped)
  })

  it('[TRAIL-32] a deleted trail delivers what it has, a last digest, and is gone', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(SECOND, [call('Before', SECOND)])
    run.ask(deleteTrail, { Name: 'city' })
    run.step(SECOND, [call('DeleteTrail', SECOND)])
    run.wait(2 * HOUR)
    expect(textOf(run)).toContain('DeleteTrail')
    expect(run.digests.map(({ endTime }) => endTime)).toEqual([at(SECOND + MINUTE)])
    expect(run.ask(describeTrails, {}).trailList).toEqual([])
    expect(run.state.chains).toEqual([])
  })
})

describe('an operation by name', () => {
  const ctx = { now: at(0), region: HOME }
  const { state } = openTrailRun({ trails: [cityTrail()] })

  it('[TRAIL-33] runs with the members it knows', () => {
    const answered = callTrail(state, 'StopLogging', { Name: 'city', Colour: 'red' }, ctx)
    expect(answered.ok && answered.value.state.trails[0]?.isLogging).toBe(false)
    const described = callTrail(state, 'DescribeTrails', { trailNameList: null }, ctx)
    expect(described.ok && described.value.output).toMatchObject({ trailList: [{ Name: 'city' }] })
  })

  it.each([
    ['CreateTrail', { Name: 'other', S3BucketName: 'logs' }],
    ['UpdateTrail', { Name: 'city', S3KeyPrefix: 'police' }],
    ['DeleteTrail', { Name: 'city' }],
    ['StartLogging', { Name: 'city' }],
    ['GetTrailStatus', { Name: 'city' }],
    ['PutEventSelectors', { TrailName: 'city', EventSelectors: [{ ReadWriteType: 'All' }] }],
    ['GetEventSelectors', { TrailName: 'city' }],
    ['PutInsightSelectors', { TrailName: 'city', InsightSelectors: [{ InsightType: 'ApiErrorRateInsight' }] }],
    ['LookupEvents', { MaxResults: 5, StartTime: 0, EndTime: 1 }],
  ])('[TRAIL-33] %s is offered', (operation, members) => {
    expect(callTrail(state, operation, members, ctx).ok).toBe(true)
  })

  it.each([
    ['ListTrails', {}, 'UnknownOperationException'],
    ['toString', {}, 'UnknownOperationException'],
    ['StopLogging', {}, 'ValidationException'],
    ['StopLogging', { Name: 7 }, 'ValidationException'],
    ['LookupEvents', { StartTime: 'yesterday' }, 'ValidationException'],
    ['LookupEvents', { LookupAttributes: [{ AttributeKey: 'Username' }] }, 'ValidationException'],
    [
      'PutEventSelectors',
      { TrailName: 'city', EventSelectors: [{ ReadWriteType: 'Some' }] },
      'InvalidEventSelectorsException',
    ],
    [
      'PutInsightSelectors',
      { TrailName: 'city', InsightSelectors: [{ InsightType: 'X' }] },
      'InvalidInsightSelectorsException',
    ],
  ])('[TRAIL-33] %s with %o is refused', (operation, members, code) => {
    expect(callTrail(state, operation, members, ctx)).toMatchObject({ ok: false, error: { code } })
  })
})
