import { describe, expect, it } from 'vitest'
import { startLogging, stopLogging } from '../../../../server/services/trail/logging.ts'
import type { ApiCall } from '../../../../shared/aws/record.ts'
import {
  apiCall,
  at,
  cityTrail,
  HOUR,
  manoeuvre,
  MINUTE,
  NORTH,
  openTrailRun,
  SECOND,
} from '../../../support/trail-run.ts'

const VEHICLES = { Type: 'City::Fleet::Vehicle', Values: ['arn:aws:city'] }

/** The event of one call, in a city whose trail selects everything. */
function eventOf(changes: Partial<ApiCall> = {}) {
  const run = openTrailRun({ trails: [cityTrail({ EventSelectors: [{ DataResources: [VEHICLES] }] })] })
  run.step(0, [apiCall(changes)])
  run.step(2 * SECOND)
  return run.events[0]
}

describe('when an event reaches the bus', () => {
  it('[TRAIL-20] comes two seconds after the call, half a second sooner at most, and once', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(
      0,
      Array.from({ length: 40 }, () => apiCall()),
    )
    run.step(1500)
    expect(run.events).toEqual([])
    run.step(2000)
    expect(run.events).toHaveLength(40)
    run.wait(HOUR)
    expect(run.events).toHaveLength(40)
  })

  it('[TRAIL-20] needs a trail that is logging, in the Region, and that selects the call', () => {
    const settings = [
      { trails: [] },
      { trails: [cityTrail({ IsLogging: false })] },
      { trails: [cityTrail({ HomeRegion: NORTH })] },
      { trails: [cityTrail({ EventSelectors: [{ ReadWriteType: 'ReadOnly' as const }] })] },
      { trails: [cityTrail()] },
      { trails: [cityTrail(), cityTrail({ Name: 'second' })] },
    ]
    const counts = settings.map((one) => {
      const run = openTrailRun(one)
      run.step(0, [apiCall()])
      run.step(5 * SECOND)
      return run.events.length
    })
    expect(counts).toEqual([0, 0, 0, 0, 1, 1])
  })

  it('[TRAIL-20] stops with the trail and comes back with it', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.ask(stopLogging, { Name: 'city' })
    run.step(MINUTE, [apiCall({ eventTime: at(MINUTE) })])
    run.step(2 * MINUTE)
    expect(run.events).toEqual([])
    run.ask(startLogging, { Name: 'city' })
    run.step(3 * MINUTE, [apiCall({ eventTime: at(3 * MINUTE) })])
    run.step(4 * MINUTE)
    expect(run.events).toHaveLength(1)
  })

  it('[TRAIL-20] brings data events too where they are selected', () => {
    const run = openTrailRun({ trails: [cityTrail({ EventSelectors: [{ DataResources: [VEHICLES] }] })] })
    run.step(0, [manoeuvre('FR-042')])
    run.step(2 * SECOND)
    expect(run.events).toMatchObject([{ source: 'city.vehicle', detail: { eventName: 'TurnLeft' } }])
  })
})

describe('what it says', () => {
  it.each([
    ['lambda.amazonaws.com', 'aws.lambda'],
    ['cloudtrail.amazonaws.com', 'aws.cloudtrail'],
    ['monitoring.amazonaws.com', 'aws.monitoring'],
    ['vehicle.city', 'city.vehicle'],
    ['hall.city', 'city.hall'],
    ['vehicle.city.amazonaws.com', 'city.vehicle'],
  ])('[TRAIL-21] a call to %s comes from %s', (eventSource, source) => {
    expect(eventOf({ eventSource })?.source).toBe(source)
  })

  it('[TRAIL-21] carries the record, its cause and time, and no resources', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(0, [apiCall({ resources: [{ ARN: 'arn:aws:city:::road/quai', type: 'City::Road::Sign' }] })])
    run.step(2 * SECOND)
    expect(run.events).toEqual([
      {
        cause: run.records[0]?.id,
        source: 'city.hall',
        detailType: 'AWS API Call via CloudTrail',
        detail: run.records[0]?.record,
        resources: [],
        time: at(0),
        region: 'eu-west-3',
        readOnlyManagement: false,
      },
    ])
  })

  it('[TRAIL-21] has a detail type of its own for sign-ins', () => {
    expect(eventOf({ eventSource: 'signin.amazonaws.com' })).toMatchObject({
      source: 'aws.signin',
      detailType: 'AWS Console Sign In via CloudTrail',
    })
  })

  it.each([
    ['Management', true, true],
    ['Management', false, false],
    ['Data', true, false],
  ] as const)('[TRAIL-22] marks a %s call, read-only %s: %s', (category, readOnly, readOnlyManagement) => {
    const resources = [{ ARN: 'arn:aws:city:::vehicle/FR-042', type: 'City::Fleet::Vehicle' }]
    expect(eventOf({ category, readOnly, resources })).toMatchObject({ readOnlyManagement })
  })

  it('[TRAIL-22] hands on how many turns led to the call', () => {
    expect(eventOf({ hops: 3 })).toMatchObject({ hops: 3 })
    expect(eventOf()).not.toHaveProperty('hops')
  })
})
