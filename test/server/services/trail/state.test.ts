import { describe, expect, it } from 'vitest'
import { stepTrail } from '../../../../server/services/trail/trail.ts'
import { openIds } from '../../../../shared/ids.ts'
import {
  apiCall,
  at,
  cityTrail,
  HOME,
  HOUR,
  manoeuvre,
  MINUTE,
  NORTH,
  openTrailRun,
  SECOND,
} from '../../../support/trail-run.ts'

const EVERYTHING = { EventSelectors: [{ DataResources: [{ Type: 'City::Fleet::Vehicle', Values: ['arn:aws:city'] }] }] }
const openCity = () =>
  openTrailRun({ regions: [HOME, NORTH], trails: [cityTrail({ ...EVERYTHING, IsMultiRegionTrail: true })] })

describe('the state', () => {
  it('[TRAIL-64] is the same object when there is nothing to do', () => {
    const run = openCity()
    run.step(SECOND, [apiCall({ eventTime: at(SECOND) }), manoeuvre('FR-042', { eventTime: at(SECOND) })])
    run.step(5 * SECOND)
    const { state } = run
    const unselected = manoeuvre('FR-042', { eventTime: at(MINUTE), resources: [] })
    for (const ms of [6 * SECOND, 30 * SECOND, 59 * SECOND]) {
      const step = stepTrail(state, [], { now: at(ms), ids: openIds(9), seed: 7 })
      expect(step).toEqual({ state, records: [], events: [], files: [], digests: [], insights: [] })
      expect(step.state).toBe(state)
    }
    expect(stepTrail(state, [unselected], { now: at(59 * SECOND), ids: openIds(9), seed: 7 }).state).toBe(state)
  })

  it('[TRAIL-65] is JSON, whatever it holds', () => {
    const run = openCity()
    for (let minute = 1; minute <= 130; minute += 1) {
      const eventTime = at(minute * MINUTE)
      run.step(minute * MINUTE, [apiCall({ eventTime }), apiCall({ eventTime, awsRegion: NORTH })])
      expect(JSON.parse(JSON.stringify(run.state))).toEqual(run.state)
    }
  })

  it('[TRAIL-66] does not grow over an hour of the city', () => {
    const run = openTrailRun({ historyCap: 100, trails: [cityTrail(EVERYTHING)] })
    const sizes: number[] = []
    for (let second = 10; second <= 12 * 3600; second += 10) {
      const eventTime = at(second * SECOND)
      run.step(second * SECOND, [apiCall({ eventTime }), manoeuvre('FR-042', { eventTime })])
      if (second % HOUR_SECONDS === 0) sizes.push(JSON.stringify(run.state).length)
    }
    const [first = 0, ...later] = sizes
    expect(Math.max(...later)).toBeLessThan(first * 1.1)
  })

  it('[TRAIL-67] does not depend on how long ticks are', () => {
    const deliveries = (tickMs: number) => {
      const run = openCity()
      for (let minute = 10; minute <= 180; minute += 10) {
        run.wait(minute * MINUTE, tickMs)
        run.step(minute * MINUTE, [apiCall({ eventTime: at(minute * MINUTE), requestParameters: { minute } })])
      }
      run.wait(4 * HOUR, tickMs)
      const files = run.files.map(({ deliveredAt, text }) => [deliveredAt, /"minute":\d+/.exec(text)?.[0]])
      return {
        files,
        digests: run.digests.map(({ region, startTime, endTime, logFiles }) => [
          region,
          startTime,
          endTime,
          logFiles.length,
        ]),
      }
    }
    expect(deliveries(600)).toEqual(deliveries(10 * MINUTE))
  })

  it('[TRAIL-68] chains record, event, file and digest by their causes', () => {
    const run = openCity()
    run.step(MINUTE, [apiCall({ eventTime: at(MINUTE), cause: '0/4' })])
    run.wait(HOUR)
    const [record, event, file, digest] = [run.records[0], run.events[0], run.files[0], run.digests[0]]
    expect([record?.cause, event?.cause, file?.cause, digest?.cause]).toEqual(['0/4', record?.id, record?.id, file?.id])
    expect(run.digests.find(({ region }) => region === NORTH)?.cause).toBeNull()
  })
})

const HOUR_SECONDS = 3600
