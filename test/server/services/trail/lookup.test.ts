import { describe, expect, it } from 'vitest'
import { lookupEvents } from '../../../../server/services/trail/lookup.ts'
import type { LookupEventsInput } from '../../../../server/services/trail/lookup-input.ts'
import { stopLogging } from '../../../../server/services/trail/logging.ts'
import type { ApiCall } from '../../../../shared/aws/record.ts'
import { serviceMs } from '../../../../shared/units.ts'
import type { TrailRun } from '../../../support/trail-run.ts'
import {
  apiCall,
  at,
  cityTrail,
  DAY,
  HOME,
  HOUR,
  manoeuvre,
  MINUTE,
  NORTH,
  openTrailRun,
  SECOND,
} from '../../../support/trail-run.ts'

const namesOf = (run: TrailRun, input: LookupEventsInput = {}, region = HOME) =>
  run.ask(lookupEvents, input, region).Events.map(({ EventName }) => EventName)

const named = (eventName: string, ms: number, changes: Partial<ApiCall> = {}) =>
  apiCall({ eventName, eventTime: at(ms), ...changes })

/** A city in which `count` calls were made, one a second, E0 first; everything is visible. */
function cityWith(count: number): TrailRun {
  const run = openTrailRun()
  for (let n = 0; n < count; n += 1) run.step(n * SECOND, [named(`E${n}`, n * SECOND)])
  run.step(count * SECOND + 2 * MINUTE)
  return run
}

describe('when and what', () => {
  it.each([
    [58_999, 0],
    [60_000, 1],
  ])('[TRAIL-11] after %d ms a question finds %d records', (ms, count) => {
    const run = openTrailRun()
    run.step(0, [apiCall()])
    run.step(ms)
    expect(namesOf(run)).toHaveLength(count)
  })

  it('[TRAIL-12] holds management events of the Region that is asked', () => {
    const run = openTrailRun({
      trails: [
        cityTrail({
          EventSelectors: [{ DataResources: [{ Type: 'City::Fleet::Vehicle', Values: ['arn:aws:city'] }] }],
        }),
      ],
    })
    run.step(0, [named('Home', 0), named('North', 0, { awsRegion: NORTH }), manoeuvre('FR-042')])
    run.step(2 * MINUTE)
    expect(namesOf(run)).toEqual(['Home'])
    expect(namesOf(run, {}, NORTH)).toEqual(['North'])
    expect(namesOf(run, {}, 'eu-south-1')).toEqual([])
  })

  it('[TRAIL-12] goes on while the trail is stopped', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.ask(stopLogging, { Name: 'city' })
    run.step(HOUR, [named('DisableAlarmActions', HOUR)])
    run.step(HOUR + 2 * MINUTE)
    expect(namesOf(run)).toEqual(['DisableAlarmActions'])
  })

  it('[TRAIL-12] goes back 90 days', () => {
    const run = openTrailRun()
    run.step(0, [named('Old', 0)])
    run.step(DAY, [named('New', DAY)])
    run.step(90 * DAY)
    expect(namesOf(run)).toEqual(['New', 'Old'])
    run.step(90 * DAY + 1)
    expect(namesOf(run)).toEqual(['New'])
    run.step(92 * DAY, [named('Newest', 92 * DAY)])
    expect(run.state.history[HOME]).toHaveLength(1)
  })

  it('[TRAIL-13] keeps as many records of each Region as it is told', () => {
    const run = openTrailRun({ historyCap: 3 })
    for (let n = 0; n < 5; n += 1) {
      run.step(n * SECOND, [named(`E${n}`, n * SECOND), named(`N${n}`, n * SECOND, { awsRegion: NORTH })])
    }
    run.step(5 * MINUTE)
    expect(namesOf(run)).toEqual(['E4', 'E3', 'E2'])
    expect(namesOf(run, {}, NORTH)).toEqual(['N4', 'N3', 'N2'])
  })

  it('[TRAIL-13] keeps 10 000 when it is told nothing', () => {
    const run = openTrailRun()
    run.step(
      0,
      Array.from({ length: 10_050 }, () => apiCall()),
    )
    expect(run.state.history[HOME]).toHaveLength(10_000)
  })
})

describe('pages', () => {
  it('[TRAIL-14] shows the newest first, whatever came when', () => {
    const run = openTrailRun()
    run.step(10 * SECOND, [
      named('Late', 3 * SECOND),
      named('First', SECOND),
      named('Last', 9 * SECOND),
      named('Tie', 9 * SECOND),
    ])
    run.step(5 * MINUTE)
    expect(namesOf(run)).toEqual(['Tie', 'Last', 'Late', 'First'])
  })

  it('[TRAIL-14] shows 50 a page when nothing else is asked', () => {
    const run = cityWith(70)
    const first = run.ask(lookupEvents, {})
    const second = run.ask(lookupEvents, { NextToken: first.NextToken ?? '' })
    expect([first.Events.length, second.Events.length]).toEqual([50, 20])
    expect(second).not.toHaveProperty('NextToken')
  })

  it.each([1, 2, 3, 7, 12])('[TRAIL-14] shows everything once, %d a page', (MaxResults) => {
    const run = cityWith(12)
    const seen: string[] = []
    let token: string | undefined
    do {
      const page = run.ask(lookupEvents, { MaxResults, ...(token === undefined ? {} : { NextToken: token }) })
      seen.push(...page.Events.map(({ EventName }) => EventName))
      token = page.NextToken
      run.step((seen.length + 10) * MINUTE)
    } while (token !== undefined)
    expect(seen).toEqual(Array.from({ length: 12 }, (_, n) => `E${11 - n}`))
  })

  it('[TRAIL-14] goes on where the page ended when newer events have come', () => {
    const run = cityWith(4)
    const { NextToken = '' } = run.ask(lookupEvents, { MaxResults: 2 })
    run.step(10 * MINUTE, [named('Newer', 10 * MINUTE)])
    run.step(12 * MINUTE)
    expect(namesOf(run, { NextToken })).toEqual(['E1', 'E0'])
  })

  it('[TRAIL-14] refuses a token for another question, Region or hand', () => {
    const run = cityWith(4)
    const question = { LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'lea' }], MaxResults: 2 }
    const { NextToken = '' } = run.ask(lookupEvents, question)
    const others: [LookupEventsInput, string][] = [
      [{ NextToken }, HOME],
      [{ ...question, NextToken, StartTime: at(0) }, HOME],
      [{ ...question, NextToken, EventCategory: 'insight' }, HOME],
      [{ ...question, NextToken }, NORTH],
      [{ ...question, NextToken: NextToken.replace(/^1/, '2') }, HOME],
      [{ ...question, NextToken: 'made-up' }, HOME],
    ]
    const codes = others.map(([input, region]) => run.refusal(lookupEvents, input, region))
    expect(codes).toEqual(others.map(() => 'InvalidNextTokenException'))
    expect(namesOf(run, { ...question, NextToken })).toEqual(['E1', 'E0'])
  })
})

describe('questions', () => {
  const vehicle = { ARN: 'arn:aws:city:eu-west-3:111122223333:vehicle/FR-042', type: 'City::Fleet::Vehicle' }

  function mixedCity() {
    const run = openTrailRun()
    run.step(0, [
      named('Read', 0, { readOnly: true }),
      named('Fine', 0, {
        principal: { type: 'AssumedRole', roleName: 'issue-fine', sessionName: 'night' },
        eventSource: 'vehicle.city',
        resources: [vehicle],
      }),
      named('Root', 0, { principal: { type: 'Root' } }),
      named('Service', 0, { principal: { type: 'AWSService', invokedBy: 'config.amazonaws.com' } }),
    ])
    run.step(5 * MINUTE)
    return run
  }

  it.each([
    ['EventName', 'Fine', ['Fine']],
    ['EventName', 'fine', []],
    ['ReadOnly', 'true', ['Read']],
    ['ReadOnly', 'false', ['Service', 'Root', 'Fine']],
    ['Username', 'lea', ['Read']],
    ['Username', 'night', ['Fine']],
    ['Username', 'root', ['Root']],
    ['Username', 'config.amazonaws.com', ['Service']],
    ['ResourceType', 'City::Fleet::Vehicle', ['Fine']],
    ['ResourceName', 'FR-042', ['Fine']],
    ['ResourceName', vehicle.ARN, ['Fine']],
    ['EventSource', 'vehicle.city', ['Fine']],
    ['EventId', 'nobody', []],
  ])('[TRAIL-15] by %s = %s', (AttributeKey, AttributeValue, names) => {
    expect(namesOf(mixedCity(), { LookupAttributes: [{ AttributeKey, AttributeValue }] })).toEqual(names)
  })

  it('[TRAIL-15] by the id and by the access key of an event', () => {
    const run = mixedCity()
    const [event] = run.ask(lookupEvents, {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'Fine' }],
    }).Events
    run.step(6 * MINUTE)
    const byKey = { AttributeKey: 'AccessKeyId', AttributeValue: event?.AccessKeyId ?? '' }
    const byId = { AttributeKey: 'EventId', AttributeValue: event?.EventId ?? '' }
    expect(namesOf(run, { LookupAttributes: [byKey] })).toEqual(['Fine'])
    expect(namesOf(run, { LookupAttributes: [byId] })).toEqual(['Fine'])
  })

  it.each([
    [0, 3, ['E3', 'E2', 'E1', 'E0']],
    [1, 2, ['E2', 'E1']],
    [2, 2, ['E2']],
    [4, 9, []],
  ])('[TRAIL-16] from second %d to %d, both included', (from, to, names) => {
    expect(namesOf(cityWith(4), { StartTime: at(from * SECOND), EndTime: at(to * SECOND) })).toEqual(names)
  })

  it('[TRAIL-16] finds an event again by the whole second it shows', () => {
    const run = openTrailRun()
    run.step(1500, [named('Half', 1500)])
    run.step(5 * MINUTE)
    expect(run.ask(lookupEvents, {}).Events[0]?.EventTime).toBe(at(1000))
    expect(namesOf(run, { StartTime: at(1000), EndTime: at(1000) })).toEqual(['Half'])
  })

  const attribute = (AttributeKey: string, AttributeValue: string) => ({
    LookupAttributes: [{ AttributeKey, AttributeValue }],
  })
  it.each<[string, LookupEventsInput]>([
    [
      'InvalidLookupAttributesException',
      {
        LookupAttributes: [
          ...attribute('EventName', 'a').LookupAttributes,
          ...attribute('Username', 'b').LookupAttributes,
        ],
      },
    ],
    ['InvalidLookupAttributesException', attribute('eventName', 'a')],
    ['InvalidLookupAttributesException', attribute('toString', 'a')],
    ['InvalidLookupAttributesException', attribute('ReadOnly', 'True')],
    ['InvalidLookupAttributesException', attribute('EventName', '')],
    ['InvalidLookupAttributesException', attribute('EventName', 'x'.repeat(2001))],
    ['InvalidTimeRangeException', { StartTime: at(1), EndTime: at(0) }],
    ['InvalidMaxResultsException', { MaxResults: 0 }],
    ['InvalidMaxResultsException', { MaxResults: 51 }],
    ['InvalidMaxResultsException', { MaxResults: 1.5 }],
    ['InvalidEventCategoryException', { EventCategory: 'Insight' }],
    ['InvalidEventCategoryException', { EventCategory: 'management' }],
    ['InvalidNextTokenException', { NextToken: '' }],
  ])('[TRAIL-17] refuses with %s', (code, input) => {
    expect(cityWith(1).refusal(lookupEvents, input)).toBe(code)
  })

  it.each([1, 50])('[TRAIL-17] accepts %d events a page', (MaxResults) => {
    expect(namesOf(cityWith(1), { MaxResults, StartTime: at(0), EndTime: at(0) })).toEqual(['E0'])
  })

  it('[TRAIL-18] throttles the third question of a second, in that Region', () => {
    const run = cityWith(1)
    namesOf(run)
    namesOf(run)
    expect(run.refusal(lookupEvents, {})).toBe('ThrottlingException')
    expect(namesOf(run, {}, NORTH)).toEqual([])
    run.step(10 * MINUTE)
    expect(namesOf(run)).toEqual(['E0'])
  })

  it('[TRAIL-18] lets a question through once the second is over, not before', () => {
    const run = cityWith(1)
    const now = at(HOUR)
    const ask = (ms: number) => {
      const answered = lookupEvents(state, {}, { now: serviceMs(now + ms), region: HOME })
      if (answered.ok) state = answered.value.state
      return answered.ok
    }
    let { state } = run
    expect([0, 400, 999, 1000, 1300, 1400].map(ask)).toEqual([true, true, false, true, false, true])
  })

  it('[TRAIL-19] shows what the reference says, the record as a text', () => {
    const run = mixedCity()
    const [event] = run.ask(lookupEvents, attribute('EventName', 'Fine')).Events
    const record = run.records[1]?.record
    expect(event).toEqual({
      EventId: record?.['eventID'],
      EventName: 'Fine',
      ReadOnly: 'false',
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as string,
      EventTime: at(0),
      EventSource: 'vehicle.city',
      Username: 'night',
      Resources: [{ ResourceType: 'City::Fleet::Vehicle', ResourceName: 'FR-042' }],
      CloudTrailEvent: JSON.stringify(record),
    })
    run.step(6 * MINUTE)
    expect(run.ask(lookupEvents, attribute('EventName', 'Service')).Events[0]).not.toHaveProperty('AccessKeyId')
  })
})
