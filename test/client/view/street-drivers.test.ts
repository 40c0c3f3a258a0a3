import { describe, expect, it } from 'vitest'

import { openDriverWatch } from '../../../client/view/street-drivers.ts'

const sedan = (id: number, x: number, y = 0) => ({ id, kind: 'sedan', x, y }) as const
const seat = (x: number, y = 0) => ({ kind: 'sedan', isSeat: true, x, y }) as const

describe('the drivers of the class', () => {
  it('are the cars nearest to where the small map has them, of the same kind', () => {
    const van = { id: 3, kind: 'van', x: 100, y: 0 } as const
    expect([...openDriverWatch().step([sedan(1, 20), sedan(2, 110), van], [seat(100)])]).toEqual([2])
  })

  it('are no agents, and nobody who is far from every told place', () => {
    const agent = { ...seat(0), isSeat: false }
    expect(openDriverWatch().step([sedan(1, 0)], [agent]).size).toBe(0)
    expect(openDriverWatch().step([sedan(1, 90)], [seat(0)]).size).toBe(0)
  })

  it('are as many as are told where they stand close together', () => {
    expect(openDriverWatch().step([sedan(1, 0), sedan(2, 3), sedan(3, 20)], [seat(1), seat(2)]).size).toBe(2)
  })

  it('are not taken for one another’s by who is told first', () => {
    const cars = [sedan(1, 12), sedan(2, -12)]
    expect(openDriverWatch().step(cars, [seat(1), seat(12)])).toEqual(new Set([1, 2]))
  })

  it('stay the same between two tellings, and where traffic comes as near', () => {
    const watch = openDriverWatch()
    const told = [seat(0)]
    const first = watch.step([sedan(1, 2), sedan(2, 20)], told)
    expect(watch.step([sedan(1, 60), sedan(2, 0)], told)).toBe(first)
    expect([...watch.step([sedan(1, 110), sedan(2, 104)], [seat(100)])]).toEqual([1])
  })
})
