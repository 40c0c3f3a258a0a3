import { describe, expect, it } from 'vitest'

import { toPartStates } from '../../../client/view/car-state.ts'
import type { VehicleCondition } from '../../../shared/model/vehicle.ts'

const condition = (part: Partial<VehicleCondition>): VehicleCondition => ({
  brakeWear: 0,
  tyreTreadMm: 8,
  headlightsWorking: true,
  seatBeltFastened: true,
  fuel: 1,
  ...part,
})

const levelsOf = (part: Partial<VehicleCondition>) =>
  Object.fromEntries(toPartStates(condition(part)).map((state) => [state.part, state.level]))

describe('toPartStates', () => {
  it('shows five parts of a new car as good, always in the same order', () => {
    const states = toPartStates(condition({}))
    expect(states.map(({ part }) => part)).toEqual(['brakes', 'tyres', 'headlights', 'seatBelt', 'fuel'])
    expect(states.every(({ level, share }) => level === 'good' && share === 1)).toBe(true)
  })

  it.each([
    [0.6, 'good'],
    [0.61, 'worn'],
    [0.8, 'worn'],
    [0.81, 'bad'],
  ])('calls brakes worn by %d %s', (brakeWear, level) => {
    expect(levelsOf({ brakeWear })).toMatchObject({ brakes: level })
  })

  it.each([
    [3, 'good'],
    [2.9, 'worn'],
    [1.6, 'worn'],
    [1.5, 'bad'],
  ])('calls a tread of %d mm %s, for 1.6 mm is the legal least', (tyreTreadMm, level) => {
    expect(levelsOf({ tyreTreadMm })).toMatchObject({ tyres: level })
  })

  it.each([
    [0.25, 'good'],
    [0.2, 'worn'],
    [0.09, 'bad'],
  ])('calls %d of a tank %s', (fuel, level) => {
    expect(levelsOf({ fuel })).toMatchObject({ fuel: level })
  })

  it('knows no half for lights and belt', () => {
    expect(levelsOf({ headlightsWorking: false, seatBeltFastened: false })).toMatchObject({ headlights: 'bad', seatBelt: 'bad' }) // prettier-ignore
  })

  it('keeps shares between 0 and 1, whatever the wear', () => {
    const shares = toPartStates(condition({ brakeWear: 1.2, tyreTreadMm: 0.5 })).map(({ share }) => share)
    expect(Math.min(...shares)).toBe(0)
  })
})
