import { describe, expect, it } from 'vitest'

import en from '../../../assets/locales/en.json' with { type: 'json' }
import { captionOf, openCaptions, type CaptionKey } from '../../../client/view/street-captions.ts'
import { openHornWatch } from '../../../client/view/street-horns.ts'
import { engineHertz, hear, sourceAt, type Hearing } from '../../../client/view/street-sound.ts'
import { VEHICLE_FLAG } from '../../../shared/model/vehicle.ts'

/** Drives east. */
const own = { kind: 'sedan', x: 0, y: 0, heading: 0, speed: 15, flags: 0 } as const
const siren = (x: number, y: number) => ({ kind: 'police', x, y, speed: 20, flags: VEHICLE_FLAG.siren }) as const

describe('what the driver hears', () => {
  it('is an engine that rises within a gear and falls at each change', () => {
    const pitches = Array.from({ length: 30 }, (_, speed) => engineHertz(speed))
    expect(engineHertz(6)).toBeGreaterThan(engineHertz(1))
    expect(engineHertz(7)).toBeLessThan(engineHertz(6.9))
    expect(Math.max(...pitches)).toBeLessThan(160)
    expect(Math.min(...pitches)).toBeGreaterThan(30)
  })

  it('is tyres that slip and brakes at speed, silent else', () => {
    expect(hear(own, [])).toMatchObject({ tyres: 0, brakes: 0, siren: null })
    const loud = hear({ ...own, flags: VEHICLE_FLAG.slipping | VEHICLE_FLAG.braking }, [])
    expect(loud.tyres).toBe(1)
    expect(loud.brakes).toBe(0.5)
    expect(hear({ ...own, speed: 2, flags: VEHICLE_FLAG.braking }, []).brakes).toBe(0)
  })

  it('is the nearest siren, louder the nearer, with its side', () => {
    const heard = hear(own, [siren(0, 60), siren(0, -20)]).siren
    expect(heard).toMatchObject({ direction: 'left', pan: -1 })
    expect(heard?.gain).toBeGreaterThan(sourceAt(own, { x: 0, y: 60 }, 140).gain)
    expect(hear(own, [siren(500, 0)]).siren).toBeNull()
    expect(hear(own, [{ ...siren(10, 0), flags: 0 }]).siren).toBeNull()
  })

  it.each([
    [30, 0, 'ahead'],
    [-30, 0, 'behind'],
    [5, 30, 'right'],
    [5, -30, 'left'],
  ] as const)('at %d, %d of a car that drives east is %s', (x, y, direction) => {
    expect(sourceAt(own, { x, y }, 100).direction).toBe(direction)
  })

  it('turns with the car', () => {
    expect(sourceAt({ ...own, heading: Math.PI / 2 }, { x: 0, y: 30 }, 100).direction).toBe('ahead')
  })
})

describe('horns', () => {
  const honk = (id: number, x: number, y: number) => ({ id, x, y, flags: VEHICLE_FLAG.horn })
  const me = { ...own, id: -1 }

  it('are heard once each, when they begin, from their side', () => {
    const watch = openHornWatch()
    expect(watch.step(me, [honk(4, 0, 30)])).toMatchObject({ isOwn: false, other: { direction: 'right', pan: 1 } })
    expect(watch.step(me, [honk(4, 0, 30)]).other).toBeNull()
    expect(watch.step(me, [{ ...honk(4, 0, 30), flags: 0 }]).other).toBeNull()
    expect(watch.step(me, [honk(4, 0, 30)]).other).not.toBeNull()
  })

  it('are louder the nearer, and silent from afar', () => {
    const { other } = openHornWatch().step(me, [honk(1, 80, 0), honk(2, -20, 0)])
    expect(other).toMatchObject({ direction: 'behind' })
    expect(openHornWatch().step(me, [honk(1, 200, 0)]).other).toBeNull()
  })

  it('are told apart from the own', () => {
    expect(openHornWatch().step({ ...me, flags: VEHICLE_FLAG.horn }, [])).toEqual({ isOwn: true, other: null })
  })
})

describe('captions', () => {
  const quiet: Hearing = { engineHertz: 60, tyres: 0, brakes: 0, siren: null }
  const wail: Hearing = { ...quiet, siren: { gain: 0.4, pan: -1, direction: 'left' } }

  it('name the sound and its side, and do not repeat themselves at once', () => {
    const first = captionOf(openCaptions(), wail, 0)
    expect(first.key).toBe('caption.siren.left')
    expect(captionOf(first.track, wail, 3000).key).toBeNull()
    expect(captionOf(first.track, wail, 6000).key).toBe('caption.siren.left')
  })

  it('say nothing when there is nothing to say', () => expect(captionOf(openCaptions(), quiet, 0).key).toBeNull())

  it('put a siren before tyres, and tyres next', () => {
    const both = { ...wail, tyres: 1 }
    const first = captionOf(openCaptions(), both, 0)
    expect(captionOf(first.track, both, 100).key).toBe('caption.tyres')
  })

  it('have words in the locales, all of them', () => {
    const sides = ['left', 'right', 'ahead', 'behind'] as const
    const keys: CaptionKey[] = [
      ...sides.flatMap((side) => [`caption.siren.${side}`, `caption.shutter.${side}`, `caption.horn.${side}`] as const),
      'caption.horn.own', 'caption.tyres', 'caption.brakes', 'caption.mail',
    ] // prettier-ignore
    for (const key of keys) expect(en[key]).toMatch(/\w/)
  })
})
