import { describe, expect, it } from 'vitest'
import { MODE } from '../../../server/sim/vehicle-table.ts'
import { CAR_LAWS } from '../../../shared/driving/car-laws.ts'
import { at, whole } from '../../../shared/driving/columns.ts'
import { VEHICLE_FLAG, VEHICLE_KINDS, type VehicleKind } from '../../../shared/model/vehicle.ts'
import { laneOf, NO_AGENTS, openStreet, type Street } from '../../support/street.ts'
import { placeBot } from '../../support/traffic.ts'

/** Bodies may be this much nearer than they are wide: corners are round. */
const ROUND = 0.31
/** Of a siren's ticks: a unit may begin, or change lanes at its lane's very end, where somebody stands. */
const SHARE_TOUCHED = 0.002
const kindOf = ({ world }: Street, slot: number): VehicleKind =>
  VEHICLE_KINDS[whole(world.vehicles.kind, slot)] ?? 'sedan'
const send = (street: Street, slot: number, errandId: string) =>
  ({ kind: 'send-unit', errandId, unit: 'response', plate: street.world.plates[slot] ?? '', cause: '1/1' }) as const

/** Metres of one body within the other, along the lane; 0 where they are apart, or beside each other with room. */
function depthOf(street: Street, one: number, other: number): number {
  const { vehicles } = street.world
  if (vehicles.lane[one] !== vehicles.lane[other]) return 0
  const widths = CAR_LAWS[kindOf(street, one)].width + CAR_LAWS[kindOf(street, other)].width
  if (Math.abs(at(vehicles.lat, one) - at(vehicles.lat, other)) >= widths / 2 - ROUND) return 0
  const apart = Math.abs(at(vehicles.s, one) - at(vehicles.s, other))
  return Math.max(0, at(vehicles.half, one) + at(vehicles.half, other) - apart)
}

/** A bot of a kind that stands in the middle of the lane and never draws aside. */
function placeStanding(street: Street, lane: number, s: number, kind: VehicleKind): number {
  const slot = placeBot(street, lane, s)
  street.world.vehicles.kind[slot] = VEHICLE_KINDS.indexOf(kind)
  street.world.vehicles.half[slot] = CAR_LAWS[kind].length / 2
  return slot
}

/** Keeps bots where they are, whatever they are asked. */
function hold({ world }: Street, slots: readonly number[]): void {
  for (const slot of slots) {
    world.vehicles.speed[slot] = 0
    world.vehicles.lat[slot] = 0
    world.vehicles.heldUntil[slot] = 0
  }
}

/** Puts units that are out, one behind the other, onto a lane. */
function putUnits({ world }: Street, lane: number, places: readonly number[]): number[] {
  const { vehicles } = world
  const out = world.units.filter(({ slot }) => vehicles.mode[slot] === MODE.duty).map(({ slot }) => slot)
  out.forEach((slot, i) => {
    vehicles.lane[slot] = lane
    vehicles.s[slot] = places[i] ?? 0
    vehicles.lat[slot] = 0
    vehicles.speed[slot] = 25
  })
  return out
}

const othersOnLanes = ({ world: { vehicles, clock } }: Street, slot: number): number[] =>
  Array.from({ length: whole(clock.highWater, 0) }, (_, other) => other).filter(
    (other) => other !== slot && (vehicles.mode[other] === MODE.lane || vehicles.mode[other] === MODE.duty),
  )

const onStreet = (responseCars: number) =>
  openStreet({ on: 'nuageville', agents: { ...NO_AGENTS, responseCars }, capacity: 60 })

describe('a unit with its lights on', () => {
  it.each(['sedan', 'taxi', 'van', 'bus', 'motorbike', 'tow-truck'] as const)(
    '[SIM-101] gets past a %s that does not draw aside, and touches nobody',
    (kind) => {
      const street = onStreet(1)
      const lane = laneOf(street, 'a7-north-west', 'forward', 0)
      const target = placeBot(street, lane, 600)
      const blockers = [140, 150, 260].map((s) => placeStanding(street, lane, s, kind))
      street.run(1, send(street, target, 'e1'))
      const [unit = -1] = putUnits(street, lane, [20])
      let deepest = 0
      for (let tick = 0; tick < 1200 && street.told('unit-arrived').length === 0; tick += 1) {
        hold(street, [...blockers, target])
        street.run(1)
        deepest = Math.max(deepest, ...blockers.map((slot) => depthOf(street, unit, slot)))
      }
      expect(street.told('unit-arrived')).toMatchObject([{ errandId: 'e1' }])
      expect(deepest).toBe(0)
    },
  )

  it('[SIM-101] keeps behind another unit on duty, however late it is', () => {
    const street = onStreet(2)
    const lane = laneOf(street, 'a7-north-west', 'forward', 0)
    const targets = [560, 900].map((s) => placeBot(street, lane, s))
    street.run(1, ...targets.map((slot, i) => send(street, slot, `e${i}`)))
    const [one = -1, other = -1] = putUnits(street, lane, [40, 20])
    street.world.vehicles.speed[one] = 8
    let deepest = 0
    for (let tick = 0; tick < 1200 && street.told('unit-arrived').length < 2; tick += 1) {
      hold(street, targets)
      street.run(1)
      deepest = Math.max(deepest, depthOf(street, one, other))
    }
    expect(
      street
        .told('unit-arrived')
        .map(({ errandId }) => errandId)
        .sort(),
    ).toEqual(['e0', 'e1'])
    expect(deepest).toBe(0)
  })

  it('[SIM-101] drives through few others in a city full of traffic and of errands', () => {
    const street = openStreet({
      on: 'nuageville',
      bots: 260,
      agents: { ...NO_AGENTS, inspectors: 2, responseCars: 4, towTrucks: 2 },
    })
    const { vehicles, units } = street.world
    let [looked, touched] = [0, 0]
    for (let tick = 0; tick < 4000; tick += 1) {
      const plate = `NV-${String(1 + ((tick * 7) % 250)).padStart(3, '0')}`
      const unit = (['response', 'tow-truck', 'inspector'] as const)[(tick / 50) % 3]
      street.run(1, ...(unit ? [{ kind: 'send-unit', errandId: `e${tick}`, unit, plate, cause: '1/1' } as const] : []))
      for (const { slot } of units) {
        if (vehicles.mode[slot] !== MODE.duty || !(whole(vehicles.flags, slot) & VEHICLE_FLAG.siren)) continue
        looked += 1
        touched += othersOnLanes(street, slot).filter((other) => depthOf(street, slot, other) > 0.5).length
      }
    }
    expect(looked).toBeGreaterThan(5000)
    expect(touched / looked).toBeLessThan(SHARE_TOUCHED)
  })
})
