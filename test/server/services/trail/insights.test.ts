import { describe, expect, it } from 'vitest'
import { lookupEvents } from '../../../../server/services/trail/lookup.ts'
import { stopLogging } from '../../../../server/services/trail/logging.ts'
import type { InitialTrail } from '../../../../server/services/trail/initial-trail.ts'
import type { ApiCall } from '../../../../shared/aws/record.ts'
import type { TrailRun } from '../../../support/trail-run.ts'
import {
  apiCall,
  at,
  cityTrail,
  DAY,
  HOUR,
  manoeuvre,
  MINUTE,
  NORTH,
  openTrailRun,
} from '../../../support/trail-run.ts'

const RATE = { InsightSelectors: [{ InsightType: 'ApiCallRateInsight' as const }] }
const ERRORS = { InsightSelectors: [{ InsightType: 'ApiErrorRateInsight' as const }] }

const openCity = (trail: Partial<InitialTrail> = RATE, quietDays = 2) =>
  openTrailRun({ countedSince: at(-quietDays * DAY), trails: [cityTrail(trail)] })

/** Makes `counts[n]` calls in minute n, beginning with minute `from`, and closes the last of them. */
function call(run: TrailRun, from: number, counts: readonly number[], changes: Partial<ApiCall> = {}): void {
  counts.forEach((count, n) => {
    const ms = (from + n) * MINUTE + 1000
    run.step(
      ms,
      Array.from({ length: count }, () => apiCall({ eventTime: at(ms), ...changes })),
    )
  })
  run.step((from + counts.length) * MINUTE)
}

interface Details {
  readonly state: string
  readonly insightContext: {
    readonly attributions: readonly {
      readonly insight: readonly { readonly value: string; readonly average: number }[]
    }[]
  }
}

const detailsOf = (run: TrailRun) => run.insights.map(({ record }) => record['insightDetails'] as unknown as Details)
const statesOf = (run: TrailRun) => detailsOf(run).map(({ state }) => state)

describe('when an insight starts', () => {
  it.each([
    [[5, 5], ['Start']],
    [[4, 4, 4], []],
    [[5, 4, 5, 4], []],
    [[5], []],
    [[9, 0, 9, 9], ['Start']],
  ])('[TRAIL-51] %j calls a minute after two quiet days: %j', (counts, states) => {
    const run = openCity()
    call(run, 0, counts)
    expect(statesOf(run)).toEqual(states)
  })

  it.each([
    [0.9, []],
    [1, ['Start']],
    [30, ['Start']],
  ])('[TRAIL-51] after %d days of counting: %j', (days, states) => {
    const run = openCity(RATE, days)
    call(run, 1, [50, 50])
    expect(statesOf(run)).toEqual(states)
  })

  it('[TRAIL-51] knows what is usual, and how much it spreads', () => {
    const busy = openCity(RATE, 0)
    for (let minute = 0; minute < 1500; minute += 1) {
      call(busy, minute, [minute % 2 === 0 ? 10 : 20])
    }
    // 15 calls a minute, σ = 5: unusual above 35.
    call(busy, 1500, [35, 35, 35])
    expect(statesOf(busy)).toEqual([])
    call(busy, 1503, [37, 37])
    expect(statesOf(busy)).toEqual(['Start'])
  })

  it('[TRAIL-51] forgets what is older than a week', () => {
    const run = openCity(RATE, 0)
    call(run, 0, [600, 600, 600])
    const later = 8 * 24 * 60
    call(run, later, [5, 5])
    expect(statesOf(run)).toEqual(['Start'])
  })
})

describe('what it tells', () => {
  it('[TRAIL-52] ends with the fifth minute in a row that is not unusual', () => {
    const run = openCity()
    call(run, 0, [8, 8, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0])
    expect(statesOf(run)).toEqual(['Start', 'End'])
    expect(run.insights.map(({ at: time }) => time)).toEqual([at(2 * MINUTE), at(12 * MINUTE)])
  })

  it('[TRAIL-52] writes both events in the form of the reference, sharing an id', () => {
    const run = openCity()
    call(run, 0, [10, 20, 30, 0, 0, 0, 0, 0])
    const [start, end] = run.insights.map(({ record }) => record)
    expect(start).toMatchObject({
      eventVersion: '1.08',
      eventTime: '2026-03-14T08:02:00Z',
      awsRegion: 'eu-west-3',
      eventType: 'AwsCloudTrailInsight',
      recipientAccountId: '111122223333',
      eventCategory: 'Insight',
      insightDetails: {
        state: 'Start',
        eventSource: 'hall.city',
        eventName: 'SetSpeedLimit',
        insightType: 'ApiCallRateInsight',
        insightContext: {
          statistics: {
            baseline: { average: 0 },
            insight: { average: 15 },
            insightDuration: 2,
            baselineDuration: 2880,
          },
          attributions: [
            { attribute: 'userIdentityArn', insight: [{ value: 'arn:aws:iam::111122223333:user/lea', average: 15 }] },
            { attribute: 'userAgent', insight: [{ value: 'city-console/1.0', average: 15 }] },
            { attribute: 'errorCode', insight: [{ value: 'null', average: 15 }] },
          ],
        },
      },
    })
    expect(end).toMatchObject({
      insightDetails: {
        state: 'End',
        insightContext: { statistics: { insight: { average: 20 }, insightDuration: 3 } },
      },
    })
    expect(end?.['sharedEventID']).toBe(start?.['sharedEventID'])
    expect(end?.['eventID']).not.toBe(start?.['eventID'])
  })

  it('[TRAIL-52] names the five busiest callers, the busiest first', () => {
    const run = openCity()
    for (const [n, minute] of [0, 1].entries()) {
      const ms = minute * MINUTE + n
      const calls = [1, 2, 3, 4, 5, 6].flatMap((times) =>
        Array.from({ length: times }, () =>
          apiCall({ eventTime: at(ms), principal: { type: 'IAMUser', userName: `user-${times}` } }),
        ),
      )
      run.step(ms, calls)
    }
    run.step(2 * MINUTE)
    const [attributed = []] = detailsOf(run).map(({ insightContext: { attributions } }) => attributions)
    expect(attributed[0]?.insight.map(({ value, average }) => [value.split('/')[1], average])).toEqual([
      ['user-6', 6],
      ['user-5', 5],
      ['user-4', 4],
      ['user-3', 3],
      ['user-2', 2],
    ])
  })
})

describe('for whom', () => {
  it('[TRAIL-53] reaches the bus, a file, a digest, and LookupEvents of its category', () => {
    const run = openCity()
    call(run, 0, [8, 8])
    run.wait(HOUR)
    const [insight] = run.insights
    expect(run.events.filter(({ detailType }) => detailType === 'AWS Insight via CloudTrail')).toEqual([
      {
        cause: insight?.id,
        source: 'aws.cloudtrail',
        detailType: 'AWS Insight via CloudTrail',
        detail: insight?.record,
        resources: [],
        time: at(2 * MINUTE),
        region: 'eu-west-3',
      },
      expect.objectContaining({ source: 'aws.cloudtrail' }),
    ])
    const files = run.files.filter(({ key }) => key.includes('/CloudTrail-Insight/eu-west-3/2026/03/14/'))
    expect(files.map(({ text }) => (JSON.parse(text) as { Records: unknown[] }).Records.length)).toEqual([1, 1])
    expect(run.digests[0]?.logFiles.map(({ key }) => key)).toContain(files[0]?.key)
    const looked = run.ask(lookupEvents, { EventCategory: 'insight', MaxResults: 1 })
    expect(looked.Events).toMatchObject([{ EventName: 'SetSpeedLimit', EventSource: 'hall.city' }])
    const attribute = { AttributeKey: 'EventName', AttributeValue: 'SetSpeedLimit' }
    expect(run.ask(lookupEvents, { EventCategory: 'insight', LookupAttributes: [attribute] }).Events).toHaveLength(2)
  })

  it.each<[string, Partial<InitialTrail>]>([
    ['does not ask', {}],
    ['asks for another kind', ERRORS],
    ['is elsewhere', { ...RATE, HomeRegion: NORTH }],
    ['does not log', { ...RATE, IsLogging: false }],
  ])('[TRAIL-53] does not exist for a trail that %s', (_, trail) => {
    const run = openCity(trail)
    call(run, 0, [50, 50, 50, 0, 0, 0, 0, 0])
    expect(run.insights).toEqual([])
    expect(run.ask(lookupEvents, { EventCategory: 'insight' }).Events).toEqual([])
  })

  it('[TRAIL-53] ends with the trail', () => {
    const run = openCity()
    call(run, 0, [50, 50])
    run.ask(stopLogging, { Name: 'city' })
    call(run, 2, [0, 0, 0, 0, 0, 0])
    expect(statesOf(run)).toEqual(['Start'])
  })

  it.each<[string, Partial<InitialTrail>, Partial<ApiCall>, number]>([
    ['writes', RATE, {}, 1],
    ['reads', RATE, { readOnly: true }, 0],
    ['failed writes', ERRORS, { errorCode: 'AccessDenied' }, 1],
    ['failed reads', ERRORS, { errorCode: 'AccessDenied', readOnly: true }, 1],
    ['writes that went well, as errors', ERRORS, {}, 0],
  ])('[TRAIL-54] counts %s', (_, trail, changes, count) => {
    const run = openCity(trail)
    call(run, 0, [10, 10], changes)
    expect(run.insights).toHaveLength(count)
  })

  it('[TRAIL-54] counts no data events, and each operation and Region apart', () => {
    const vehicles = [{ DataResources: [{ Type: 'City::Fleet::Vehicle', Values: ['arn:aws:city'] }] }]
    const run = openCity({ ...RATE, EventSelectors: vehicles })
    for (const minute of [0, 1]) {
      const eventTime = at(minute * MINUTE)
      const mixed = ['A', 'B', 'C'].flatMap((eventName) => [
        ...Array.from({ length: 3 }, () => apiCall({ eventName, eventTime })),
        ...Array.from({ length: 3 }, () => apiCall({ eventName, eventTime, awsRegion: NORTH })),
        ...Array.from({ length: 9 }, () => manoeuvre('FR-042', { eventTime })),
      ])
      run.step(minute * MINUTE, mixed)
    }
    run.step(3 * MINUTE)
    expect(run.insights).toEqual([])
  })
})
