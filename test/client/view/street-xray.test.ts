import { beforeAll, describe, expect, it } from 'vitest'

import { alarmSignOf } from '../../../client/view/street-alarms.ts'
import { keepApart } from '../../../client/view/street-labels.ts'
import { namesOf } from '../../../client/view/street-names.ts'
import { openPulses, PULSE_MS, pulseFade, pulseShare, stepPulses } from '../../../client/view/street-pulses.ts'
import { stepTrails, type Trails } from '../../../client/view/street-trails.ts'
import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { CityMap } from '../../../shared/model/city-map.ts'
import type { FeedEntry, Speaker, Text } from '../../../shared/protocol/view.ts'
import type { XrayNews } from '../../../shared/protocol/xray.ts'
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
  const now = (nowMs: number) => ({ map, nowMs, own, plate: 'FR-000' })

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

  it('run from the camera for which an alarm is named', () => {
    const camera = map.cameras.find(({ id }) => id === 'A7-E')
    const feed = [entry(1, 'watch', { alarm: 'speed-A7-E-NV-002', from: 'OK', to: 'ALARM' })]
    const { pulses } = stepPulses(openPulses([]), feed, now(0))
    expect(pulses[0]?.from).toMatchObject({ x: camera?.x, y: camera?.y })
  })

  it('run from the command centre to a unit, and from the unit to the car', () => {
    const { pulses } = stepPulses(openPulses([]), [entry(1, 'bridge'), entry(2, 'lambda')], now(0))
    expect(station('response')).toContainEqual(pulses[0]?.to)
    expect(pulses[1]).toMatchObject({ to: own })
  })

  it('do not run to one’s own car for what concerns another', () => {
    const others = { ...entry(1, 'lambda'), plate: 'FR-999' }
    expect(stepPulses(openPulses([]), [others], now(0)).pulses).toEqual([])
    const mine = { ...entry(1, 'lambda'), plate: 'FR-000' }
    expect(stepPulses(openPulses([]), [mine], now(0)).pulses).toMatchObject([{ to: own }])
  })

  it('carry the name of what travels, in AWS’s words', () => {
    const feed = [
      entry(1, 'watch', { alarm: 'speed-A7-N', to: 'ALARM', camera: 'A7-N' }),
      entry(2, 'bridge', { rule: 'fine-speeders' }),
      entry(3, 'trail', { eventName: 'SendFine', who: 'issue-fine-role' }),
      entry(4, 'bridge'),
    ]
    const { pulses } = stepPulses(openPulses([]), feed, now(0))
    expect(pulses.map(({ label }) => label)).toEqual(['ALARM', 'fine-speeders', 'SendFine', ''])
  })

  it('that keep still show whole at first and fade to nothing', () => {
    const [pulse] = stepPulses(openPulses([]), [entry(1, 'trail')], now(0)).pulses
    if (!pulse) throw new Error('no pulse')
    expect([0, PULSE_MS / 2, (PULSE_MS * 3) / 4, PULSE_MS].map((ms) => pulseFade(pulse, ms))).toEqual([1, 1, 0.5, 0])
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
  const say = ({ key, params }: Text) => [key, ...Object.values(params)].join(' ')
  const frame = { metricName: 'SpeedKmh', statistic: 'Maximum', periodSeconds: 10, periods: 60, from: momentAt(0) }
  const police = { id: 7, kind: 'police' as const, x: 0, y: 0 }
  const news: XrayNews = {
    frame,
    cameras: [
      { id: 'A7-N', state: 'ALARM', threshold: 110, points: [[59, 124.3]] },
      { id: 'A7-S', state: null, threshold: 110, points: [] },
    ],
    agents: [
      { kind: 'record', car: 7, eventName: 'RunRed', errorCode: null },
      { kind: 'verdict', car: 8, ruleName: 'brakes-in-order', plate: 'NV-001', verdict: 'NON_COMPLIANT' },
      { kind: 'run', car: 9, functionName: 'issue-fine', start: 'cold' },
    ],
    match: { ruleName: 'fine-speeders', matches: 3, at: momentAt(5) },
  }
  const street = (part: Partial<Parameters<typeof namesOf>[0]> = {}) => ({
    map, seat: seatOf(), own: null, cars: [], isFar: false, news: null, say, ...part,
  }) // prettier-ignore
  const textsOf = (part: Partial<Parameters<typeof namesOf>[0]>) => namesOf(street(part)).map(({ text }) => text)

  it('are AWS’s own, cameras with shape and word for their alarm', () => {
    const texts = textsOf({ seat: { ...seatOf(), alarms: [lamp('ALARM')] }, cars: [police] })
    expect(texts).toEqual(expect.arrayContaining(['Amazon EventBridge', 'AWS CloudTrail', 'AWS Config', 'AWS Lambda']))
    expect(texts).toContain('CloudWatch A7-N\n▲ ALARM')
    expect(texts).toContain('CloudTrail')
  })

  it('say what each agent carries, and what the command centre recognised last', () => {
    const cars = [
      police,
      { ...police, id: 8, kind: 'inspector' as const },
      { ...police, id: 9, kind: 'drone' as const },
    ]
    const texts = textsOf({ cars, news })
    expect(texts).toContain('CloudTrail\nxray.record RunRed ')
    expect(texts).toContain('Config\nxray.verdict brakes-in-order NON_COMPLIANT NV-001')
    expect(texts).toContain('Lambda\nxray.run.cold issue-fine')
    expect(texts).toContain('Amazon EventBridge\nxray.match fine-speeders 3')
  })

  it('say at the station how many of each unit run', () => {
    const units = [{ functionName: 'issue-fine', running: 1, warm: 2, queued: 0, reservedConcurrency: 4, throttles: 0 }]
    expect(textsOf({ seat: { ...seatOf(), units } })).toContain('AWS Lambda\nxray.unit issue-fine 1 2')
  })

  it('have the camera’s curve under them from near, and the state that was told last', () => {
    const near = namesOf(street({ news })).find(({ text }) => text.startsWith('CloudWatch A7-N'))
    expect(near).toMatchObject({ text: 'CloudWatch A7-N\n▲ ALARM', graph: { frame, camera: { threshold: 110 } } })
    const far = namesOf(street({ news, isFar: true })).find(({ text }) => text.startsWith('CloudWatch A7-N'))
    expect(far?.graph).toBeUndefined()
    expect(textsOf({ news })).toContain('CloudWatch A7-S')
  })

  it('leave moving cars out from far above', () => {
    expect(textsOf({ cars: [police], isFar: true })).not.toContain('CloudTrail')
  })

  it('write the own car’s verdicts under it, rule by rule', () => {
    const verdicts = { tyres: 'NON_COMPLIANT', lights: 'COMPLIANT', belt: 'COMPLIANT', fuel: 'NOT_APPLICABLE' } as const
    const seat = { ...seatOf(), fleet: [{ plate: 'FR-000', verdicts }] }
    expect(textsOf({ seat, own: { x: 1, y: 2 } })[0]).toBe('FR-000\n▲ tyres  NON_COMPLIANT\n✓ 2 × COMPLIANT')
  })

  it('do not cover one another: the first wish stays', () => {
    const wish = (text: string, x: number, y = 0) => ({ text, at: { x, y }, below: 10, colour: '#ffffff' })
    const kept = keepApart([wish('first', 0), wish('hidden', 20), wish('free', 200)], 1)
    expect(kept.map(({ text }) => text)).toEqual(['first', 'free'])
    const camera = news.cameras[0]
    if (!camera) throw new Error('no camera')
    const withCurve = { ...wish('curve', 0), graph: { frame, camera } }
    expect(keepApart([withCurve, wish('under it', 0, 60)], 1).map(({ text }) => text)).toEqual(['curve'])
    expect(keepApart([wish('no curve', 0), wish('under it', 0, 60)], 1)).toHaveLength(2)
  })
})
