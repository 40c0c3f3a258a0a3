import { beforeAll, describe, expect, it } from 'vitest'

import { alarmSignOf } from '../../../client/view/street-alarms.ts'
import { keepApart } from '../../../client/view/street-labels.ts'
import { namesOf } from '../../../client/view/street-names.ts'
import { openPulses, PULSE_MS, pulseShare, stepPulses } from '../../../client/view/street-pulses.ts'
import { stepTrails, type Trails } from '../../../client/view/street-trails.ts'
import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { CityMap } from '../../../shared/model/city-map.ts'
import type { FeedEntry, Speaker } from '../../../shared/protocol/view.ts'
import { momentAt, openFakeFeed } from '../../support/fake-feed.ts'
import { compiled, readMapJson } from '../../support/maps.ts'

let map: CityMap
beforeAll(() => void (map = compiled(readMapJson('nuageville'))))

const entry = (n: number, speaker: Speaker, params: FeedEntry['text']['params'] = {}): FeedEntry => ({
  id: `${n}/1`,
  speaker,
  text: { key: 'feed', params },
  at: momentAt(n),
  plate: null,
})
const lamp = (state: AlarmState, cameraId = 'A7-N') => ({ name: state, state, cameraId, plate: null, at: momentAt(0) })
const station = (kind: string) => map.stations.filter((one) => one.kind === kind)

describe('the sign beside a camera', () => {
  it('shows the gravest of its alarms: colour, shape and AWS’s word together', () => {
    const alarms = [lamp('OK'), lamp('ALARM'), lamp('INSUFFICIENT_DATA'), lamp('OK', 'A7-S')]
    expect(alarmSignOf(alarms, 'A7-N')).toEqual({ sprite: 'alarm-alarm', state: 'ALARM' })
    expect(alarmSignOf(alarms, 'A7-S')).toEqual({ sprite: 'alarm-ok', state: 'OK' })
    expect(alarmSignOf([lamp('INSUFFICIENT_DATA')], 'A7-N')?.sprite).toBe('alarm-unknown')
  })

  it('is missing where no alarm watches', () => expect(alarmSignOf([], 'A7-N')).toBeNull())
})

describe('pulses', () => {
  const own = { x: 500, y: 500 }
  const now = (nowMs: number) => ({ map, nowMs, own })

  it('start for news only, not for what was known when the X-ray was opened', () => {
    const feed = [entry(1, 'watch')]
    const track = stepPulses(openPulses(feed), feed, now(0))
    expect(track.pulses).toEqual([])
    expect(stepPulses(track, [...feed, entry(2, 'bridge')], now(10)).pulses.length).toBe(1)
  })

  it('run from the camera that is named to the command centre', () => {
    const camera = map.cameras.find(({ id }) => id === 'A7-S')
    const { pulses } = stepPulses(openPulses([]), [entry(1, 'watch', { camera: 'A7-S' })], now(0))
    expect(pulses[0]?.from).toMatchObject({ x: camera?.x, y: camera?.y })
    expect(station('command')).toContainEqual(pulses[0]?.to)
  })

  it('run from the command centre to a unit, and from the unit to the car', () => {
    const { pulses } = stepPulses(openPulses([]), [entry(1, 'bridge'), entry(2, 'lambda')], now(0))
    expect(station('response')).toContainEqual(pulses[0]?.to)
    expect(pulses[1]).toMatchObject({ to: own })
  })

  it('go on when the feed has dropped its oldest lines', () => {
    const track = stepPulses(openPulses([]), [entry(1, 'trail')], now(0))
    expect(stepPulses(track, [entry(7, 'trail'), entry(8, 'trail')], now(5)).pulses.length).toBe(3)
  })

  it('arrive and are gone', () => {
    const track = stepPulses(openPulses([]), [entry(1, 'trail')], now(0))
    const [pulse] = track.pulses
    if (!pulse) throw new Error('no pulse')
    expect([0, PULSE_MS / 2, PULSE_MS].map((ms) => pulseShare(pulse, ms))).toEqual([0, 0.5, 1])
    expect(stepPulses(track, [entry(1, 'trail')], now(PULSE_MS)).pulses).toEqual([])
  })

  it('are never more than two dozen', () => {
    const many = Array.from({ length: 60 }, (_, i) => entry(i + 1, 'trail'))
    expect(stepPulses(openPulses([]), many, now(0)).pulses.length).toBe(24)
  })
})

describe('the trail of a patrol car', () => {
  const police = (x: number, id = 1) => ({ id, kind: 'police' as const, x, y: 0 })

  it('grows every few metres, is bounded, and belongs to patrol cars only', () => {
    let trails: Trails = new Map()
    for (let x = 0; x < 400; x += 1) trails = stepTrails(trails, [police(x), { id: 2, kind: 'taxi', x, y: 0 }])
    expect([...trails.keys()]).toEqual([1])
    expect(trails.get(1)?.length).toBe(40)
    expect(trails.get(1)?.at(-1)?.x).toBeGreaterThan(395)
  })

  it('begins anew when the car is put elsewhere, and ends when it is out of sight', () => {
    const trails = stepTrails(stepTrails(new Map(), [police(0)]), [police(300)])
    expect(trails.get(1)).toEqual([{ x: 300, y: 0 }])
    expect(stepTrails(trails, []).size).toBe(0)
  })
})

describe('names of things', () => {
  const seatOf = () => openFakeFeed({ map, cars: 2 }).view()

  it('are AWS’s own, cameras with the word for their alarm', () => {
    const seat = { ...seatOf(), alarms: [lamp('ALARM')] }
    const texts = namesOf({ map, seat, own: null, cars: [{ kind: 'police', x: 0, y: 0 }], isFar: false }).map(
      ({ text }) => text,
    )
    expect(texts).toEqual(expect.arrayContaining(['Amazon EventBridge', 'AWS CloudTrail', 'AWS Config', 'AWS Lambda']))
    expect(texts).toContain('CloudWatch A7-N\nALARM')
    expect(texts).toContain('CloudTrail')
  })

  it('leave moving cars out from far above', () => {
    const wishes = namesOf({ map, seat: seatOf(), own: null, cars: [{ kind: 'police', x: 0, y: 0 }], isFar: true })
    expect(wishes.some(({ text }) => text === 'CloudTrail')).toBe(false)
  })

  it('write the own car’s verdicts under it, rule by rule', () => {
    const seat = { ...seatOf(), fleet: [{ plate: 'FR-000', verdicts: { 'tyres-ok': 'NON_COMPLIANT' as const } }] }
    const [first] = namesOf({ map, seat, own: { x: 1, y: 2 }, cars: [], isFar: false })
    expect(first?.text).toBe('FR-000\ntyres-ok  NON_COMPLIANT')
  })

  it('do not cover one another: the first wish stays', () => {
    const wish = (text: string, x: number) => ({ text, at: { x, y: 0 }, below: 10, colour: '#ffffff' })
    const kept = keepApart([wish('first', 0), wish('hidden', 20), wish('free', 200)], 1)
    expect(kept.map(({ text }) => text)).toEqual(['first', 'free'])
  })
})
