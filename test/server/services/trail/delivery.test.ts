import { describe, expect, it } from 'vitest'
import { startLogging, stopLogging } from '../../../../server/services/trail/logging.ts'
import { updateTrail } from '../../../../server/services/trail/manage.ts'
import type { TrailRun } from '../../../support/trail-run.ts'
import {
  apiCall,
  at,
  cityTrail,
  HOME,
  HOUR,
  MINUTE,
  NORTH,
  OPENING,
  openTrailRun,
  SECOND,
} from '../../../support/trail-run.ts'

interface Content {
  readonly Records: readonly { readonly eventID: string; readonly eventTime: string; readonly eventName: string }[]
}

const contentOf = ({ text }: { readonly text: string }) => (JSON.parse(text) as Content).Records
const namesOf = (run: TrailRun, region: string) =>
  run.files
    .filter((file) => file.region === region)
    .flatMap((file) => contentOf(file).map(({ eventName }) => eventName))
const call = (eventName: string, ms: number, awsRegion = HOME) => apiCall({ eventName, eventTime: at(ms), awsRegion })
const minutesOf = (times: readonly number[]) => times.map((time) => (time - OPENING) / MINUTE)

describe('districts', () => {
  it('[TRAIL-39] a trail of one Region misses the others', () => {
    const run = openTrailRun({ regions: [HOME, NORTH], trails: [cityTrail()] })
    run.step(0, [call('South', 0), call('North', 0, NORTH)])
    run.wait(2 * HOUR)
    expect([namesOf(run, HOME), namesOf(run, NORTH)]).toEqual([['South'], []])
    expect(run.digests.map(({ region }) => region)).toEqual([HOME, HOME])
  })

  it('[TRAIL-39] a trail of all Regions keeps files and digests for each', () => {
    const run = openTrailRun({ regions: [HOME, NORTH], trails: [cityTrail({ IsMultiRegionTrail: true })] })
    run.step(0, [call('South', 0), call('North', 0, NORTH)])
    run.wait(HOUR)
    expect([namesOf(run, HOME), namesOf(run, NORTH)]).toEqual([['South'], ['North']])
    expect(run.files.every(({ key, region }) => key.includes(`/CloudTrail/${region}/`))).toBe(true)
    expect(run.digests.map(({ key }) => key.includes(`_city_${HOME}_`))).toEqual([true, true])
    expect(run.digests.map(({ region }) => region)).toEqual([HOME, NORTH])
  })

  it('[TRAIL-39] takes in a district that joins later', () => {
    const run = openTrailRun({ trails: [cityTrail({ IsMultiRegionTrail: true })] })
    run.wait(10 * MINUTE)
    run.step(11 * MINUTE, [call('First', 11 * MINUTE, NORTH)])
    run.wait(2 * HOUR)
    expect(namesOf(run, NORTH)).toEqual(['First'])
    expect(run.digests.filter(({ region }) => region === NORTH)).toMatchObject([
      { startTime: at(11 * MINUTE), endTime: at(71 * MINUTE), previous: null },
    ])
  })

  it('[TRAIL-39] grows to all Regions and shrinks to one while it logs', () => {
    const run = openTrailRun({ regions: [HOME, NORTH], trails: [cityTrail()] })
    const everywhere = (n: number) => [call(`South${n}`, n * MINUTE), call(`North${n}`, n * MINUTE, NORTH)]
    run.step(MINUTE, everywhere(1))
    run.ask(updateTrail, { Name: 'city', IsMultiRegionTrail: true })
    run.step(10 * MINUTE, everywhere(10))
    run.ask(updateTrail, { Name: 'city', IsMultiRegionTrail: false })
    run.step(20 * MINUTE, everywhere(20))
    run.wait(HOUR)
    expect(namesOf(run, NORTH)).toEqual(['North10'])
    expect(namesOf(run, HOME).toSorted()).toEqual(['South1', 'South10', 'South20'])
    expect(run.digests.filter(({ region }) => region === NORTH).map(({ endTime }) => endTime)).toEqual([
      at(11 * MINUTE),
    ])
  })

  it.each([
    [{}, HOME],
    [{ IncludeGlobalServiceEvents: false }, null],
    [{ IsMultiRegionTrail: true }, 'us-east-1'],
  ])('[TRAIL-40] a call to a global service goes with %o to %s', (changes, region) => {
    const run = openTrailRun({ trails: [cityTrail(changes)] })
    const events = ['sts.amazonaws.com', 'ec2.amazonaws.com'].map((eventSource) =>
      apiCall({ eventSource, eventName: eventSource, awsRegion: 'us-east-1' }),
    )
    run.step(0, events)
    run.wait(HOUR)
    const found = run.files.filter(({ text }) => text.includes('sts.amazonaws.com')).map((file) => file.region)
    expect(found).toEqual(region === null ? [] : [region])
    expect(run.files.some(({ text }) => text.includes('ec2.amazonaws.com'))).toBe(region === 'us-east-1')
  })
})

describe('log files', () => {
  it('[TRAIL-41] go out every five minutes, and only with records', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(2 * MINUTE, [call('A', 2 * MINUTE)])
    run.wait(12 * MINUTE)
    run.step(13 * MINUTE, [call('B', 13 * MINUTE)])
    run.step(14 * MINUTE, [call('C', 14 * MINUTE)])
    run.wait(30 * MINUTE)
    expect(minutesOf(run.files.map(({ deliveredAt }) => deliveredAt))).toEqual([5, 15])
    expect(run.files.map((file) => contentOf(file).length)).toEqual([1, 2])
  })

  it('[TRAIL-42] have the form that AWS gives them', () => {
    const run = openTrailRun({ trails: [cityTrail({ S3KeyPrefix: 'police' })] })
    run.step(0, [call('A', 0)])
    run.wait(5 * MINUTE)
    const [file] = run.files
    expect(file?.bucket).toBe('city-logs')
    expect(file?.key).toMatch(
      /^police\/AWSLogs\/111122223333\/CloudTrail\/eu-west-3\/2026\/03\/14\/111122223333_CloudTrail_eu-west-3_20260314T0805Z_[A-Za-z0-9]{16}\.json\.gz$/,
    )
    expect(JSON.parse(file?.text ?? '')).toEqual({ Records: [run.records[0]?.record] })
  })

  it('[TRAIL-43] hold every record once, in no order of time', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    for (let second = 1; second <= 1200; second += 1) run.step(second * SECOND, [call(`E${second}`, second * SECOND)])
    run.wait(30 * MINUTE)
    const names = run.files.map((file) => contentOf(file).map(({ eventName }) => eventName))
    const inTime = (a: string, b: string) => Number(a.slice(1)) - Number(b.slice(1))
    expect(names.flat().toSorted(inTime)).toEqual(Array.from({ length: 1200 }, (_, n) => `E${n + 1}`))
    expect(names.every((file) => JSON.stringify(file) !== JSON.stringify(file.toSorted(inTime)))).toBe(true)
  })

  it('[TRAIL-43] leave to the next what is still on its way, for 15 s at most', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(
      5 * MINUTE - SECOND,
      Array.from({ length: 200 }, () => call('Late', 5 * MINUTE - SECOND)),
    )
    run.step(
      5 * MINUTE - 15 * SECOND,
      Array.from({ length: 200 }, () => call('Early', 5 * MINUTE - 15 * SECOND)),
    )
    run.wait(10 * MINUTE)
    const [first = [], second = []] = run.files.map((file) => contentOf(file).map(({ eventName }) => eventName))
    expect(first.filter((name) => name === 'Early')).toHaveLength(200)
    expect(second.length).toBeGreaterThan(100)
    expect(first.length + second.length).toBe(400)
  })

  it('[TRAIL-44] hold 5000 records at most and do not wait when there are more', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(
      MINUTE,
      Array.from({ length: 12_000 }, () => call('Storm', MINUTE)),
    )
    run.step(MINUTE + 16 * SECOND)
    run.wait(10 * MINUTE)
    const sizes = run.files.map((file) => contentOf(file).length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5000)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(12_000)
    expect(new Set(run.files.map(({ key }) => key)).size).toBe(sizes.length)
    const steady = openTrailRun({ trails: [cityTrail()] })
    for (let second = 1; second <= 60; second += 1) {
      steady.step(
        second * SECOND,
        Array.from({ length: 200 }, () => call('Busy', second * SECOND)),
      )
    }
    expect(steady.files.length).toBeGreaterThan(0)
    expect(steady.state.chains[0]?.pending.length).toBeLessThan(5000 + 15 * 200)
  })
})

describe('digests', () => {
  const endsOf = (run: TrailRun) => minutesOf(run.digests.map(({ endTime }) => endTime))

  it('[TRAIL-45] close every hour, also one without records, and list what was delivered in it', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.step(MINUTE, [call('A', MINUTE)])
    run.wait(2.5 * HOUR)
    run.step(2.6 * HOUR, [call('B', 2.6 * HOUR)])
    run.wait(3 * HOUR)
    expect(endsOf(run)).toEqual([60, 120, 180])
    expect(run.digests.map(({ startTime }) => startTime)).toEqual([at(0), at(HOUR), at(2 * HOUR)])
    expect(run.digests.map(({ logFiles }) => logFiles.map(({ key }) => key))).toEqual([
      [run.files[0]?.key],
      [],
      [run.files[1]?.key],
    ])
    expect(run.digests[0]?.logFiles[0]).toMatchObject({ oldestEventTime: at(MINUTE), newestEventTime: at(MINUTE) })
    expect(run.digests[0]?.key).toBe(
      'AWSLogs/111122223333/CloudTrail-Digest/eu-west-3/2026/03/14/111122223333_CloudTrail-Digest_eu-west-3_city_eu-west-3_20260314T090000Z.json.gz',
    )
  })

  it('[TRAIL-45] count their hours from the start of logging', () => {
    const run = openTrailRun({ trails: [cityTrail({ IsLogging: false })] })
    run.wait(7 * MINUTE)
    run.ask(startLogging, { Name: 'city' })
    run.wait(3 * HOUR)
    expect(endsOf(run)).toEqual([67, 127])
  })

  it('[TRAIL-45] are not written without validation', () => {
    const run = openTrailRun({ trails: [cityTrail({ EnableLogFileValidation: false })] })
    run.step(0, [call('A', 0)])
    run.wait(3 * HOUR)
    expect(run.digests).toEqual([])
    expect(run.files).toMatchObject([{ isDigested: false }])
  })

  it('[TRAIL-46] name the one before, the first none', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.wait(3 * HOUR)
    const places = run.digests.map(({ bucket, key }) => ({ bucket, key }))
    expect(run.digests.map(({ previous }) => previous)).toEqual([null, places[0], places[1]])
  })

  it('[TRAIL-46] begin a new chain after a stop', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.wait(90 * MINUTE)
    run.ask(stopLogging, { Name: 'city' })
    run.wait(2 * HOUR)
    run.ask(startLogging, { Name: 'city' })
    run.wait(4 * HOUR)
    expect(endsOf(run)).toEqual([60, 91, 180, 240])
    expect(run.digests.map(({ previous }) => previous === null)).toEqual([true, false, true, false])
  })

  it('[TRAIL-46] begin a new chain when validation is switched on again', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.wait(90 * MINUTE)
    run.ask(updateTrail, { Name: 'city', EnableLogFileValidation: false })
    run.step(100 * MINUTE, [call('Unsealed', 100 * MINUTE)])
    run.wait(2 * HOUR)
    run.ask(updateTrail, { Name: 'city', EnableLogFileValidation: true })
    run.wait(4 * HOUR)
    expect(endsOf(run)).toEqual([60, 90, 180, 240])
    expect(run.digests.map(({ previous }) => previous === null)).toEqual([true, false, true, false])
    expect(namesOf(run, HOME)).toEqual(['Unsealed'])
    expect(run.digests.flatMap(({ logFiles }) => logFiles)).toEqual([])
  })

  it('[TRAIL-47] close a minute after a stop, with the last file', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.wait(62 * MINUTE)
    run.ask(stopLogging, { Name: 'city' })
    run.step(62 * MINUTE, [call('StopLogging', 62 * MINUTE)])
    run.wait(5 * HOUR)
    expect(endsOf(run)).toEqual([60, 63])
    expect(run.digests[1]?.logFiles.map(({ key }) => key)).toEqual([run.files.at(-1)?.key])
    expect(run.state.chains).toEqual([])
  })

  it('[TRAIL-47] close at once when logging starts again, and never two in one second', () => {
    const run = openTrailRun({ trails: [cityTrail()] })
    run.wait(10 * MINUTE)
    for (let n = 0; n < 4; n += 1) {
      run.ask(stopLogging, { Name: 'city' })
      run.ask(startLogging, { Name: 'city' })
    }
    run.step(10 * MINUTE + SECOND, [call('A', 10 * MINUTE + SECOND)])
    run.wait(3 * HOUR)
    const keys = run.digests.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(endsOf(run)[0]).toBe(10)
    expect(run.digests.filter(({ previous }) => previous === null)).toHaveLength(5)
    expect(namesOf(run, HOME)).toEqual(['A'])
  })
})
