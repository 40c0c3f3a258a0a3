import { surfaceFor } from '../../shared/driving/surface.ts'
import type { Pose } from '../../shared/model/city-map.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import type { FrameCar, OwnState, StreetFrame } from '../../shared/protocol/frame.ts'
import { metresPerSecond } from '../../shared/units.ts'
import { poseOf } from '../sim/pose.ts'
import { conditionOf } from '../sim/slots.ts'
import { MODE } from '../sim/vehicle-table.ts'
import type { City } from './city.ts'
import { seatOf, weatherOf } from './street-view.ts'
import type { Viewer } from './views.ts'

/** Metres around the own car within which others are shown. */
const VIEW = 280
const MOST_CARS = 60
/** A screen without a car of its own sees the whole city. */
const MOST_OVERVIEW = 250

/** The street as one viewer may see it at this tick. */
export function frameFor(city: City, viewer: Viewer): StreetFrame {
  const { world } = city
  const seat = viewer.seatId === null ? null : seatOf(world, viewer.seatId)
  const own = seat === null ? null : ownState(city, seat.slot)
  return {
    tick: city.tick,
    paused: false,
    ackSeq: seat?.seq ?? 0,
    own,
    cars: carsAround(city, own, seat?.slot ?? -1),
  }
}

function ownState({ world }: City, slot: number): OwnState {
  const { vehicles } = world
  const at = (column: Float64Array) => column[slot] ?? 0
  const surface = surfaceFor(weatherOf(world), conditionOf(world, slot), { grip: 1, braking: 1, power: 1 })
  return {
    kind: VEHICLE_KINDS[vehicles.kind[slot] ?? 0] ?? 'sedan',
    x: at(vehicles.x),
    y: at(vehicles.y),
    heading: at(vehicles.heading),
    vx: at(vehicles.vx),
    vy: at(vehicles.vy),
    yawRate: at(vehicles.yawRate),
    flags: vehicles.flags[slot] ?? 0,
    ...surface,
  }
}

/** The nearest vehicles, nearest first; everything when there is no own car. */
function carsAround({ world }: City, own: OwnState | null, ownSlot: number): FrameCar[] {
  const { vehicles } = world
  const pose: Pose = { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) }
  const found: { readonly distance: number; readonly car: FrameCar }[] = []
  for (let slot = 0; slot < (world.clock.highWater[0] ?? 0); slot += 1) {
    const mode = vehicles.mode[slot]
    if (mode === MODE.none || mode === MODE.stationed || slot === ownSlot) continue
    poseOf(world, slot, pose)
    const dx = own === null ? 0 : pose.x - own.x
    const dy = own === null ? 0 : pose.y - own.y
    const distance = dx * dx + dy * dy
    if (distance > VIEW * VIEW) continue
    found.push({ distance, car: toCar(world, slot, pose) })
  }
  if (own !== null) found.sort((a, b) => a.distance - b.distance || a.car.id - b.car.id)
  return found.slice(0, own === null ? MOST_OVERVIEW : MOST_CARS).map(({ car }) => car)
}

const toCar = ({ vehicles }: City['world'], slot: number, pose: Pose): FrameCar => ({
  id: slot + ((vehicles.generation[slot] ?? 0) & 0xffff) * 65_536,
  kind: VEHICLE_KINDS[vehicles.kind[slot] ?? 0] ?? 'sedan',
  colour: vehicles.colour[slot] ?? 0,
  x: pose.x,
  y: pose.y,
  heading: pose.heading,
  speed: pose.speed,
  flags: vehicles.flags[slot] ?? 0,
})
