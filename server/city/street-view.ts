import { at, whole } from '../../shared/driving/columns.ts'
import type { Weather } from '../../shared/model/command.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import type { SignalLight } from '../../shared/model/signals.ts'
import type { OwnCarView, SignalLine } from '../../shared/protocol/view.ts'
import { kmh } from '../../shared/units.ts'
import { conditionOf } from '../sim/slots.ts'
import type { Seat, World } from '../sim/state.ts'
import { calledLight, STAGE } from '../sim/preempt.ts'
import { LIGHT, WEATHERS } from '../sim/state.ts'

/** What the screens ask of the street. */

export const weatherOf = (world: World): Weather => WEATHERS[world.clock.weather[0] ?? 0] ?? 'clear'

const LIGHT_NAMES: Readonly<Record<number, SignalLight>> = { [LIGHT.go]: 'green', [LIGHT.amber]: 'amber' }

/** The signals that are out of their programmes, because a siren has called them. */
export function signalLines(world: World): readonly SignalLine[] {
  return world.streets.signals.flatMap(({ junctionId, program }, signal) => {
    if (world.signals.stage[signal] === STAGE.programme) return []
    const groups = 1 + Math.max(...program.heads.map(({ group }) => group))
    const lights = Array.from({ length: groups }, (_, group) => LIGHT_NAMES[calledLight(world, signal, group)] ?? 'red')
    return [{ junctionId, lights }]
  })
}

export const seatOf = (world: World, seatId: string): Seat | null =>
  world.seats.find((seat) => seat?.seatId === seatId) ?? null

const round = (value: number, steps: number) => Math.round(value * steps) / steps

/** What a driver's own car shows; rounded so that it changes only when a person could tell. */
export function ownCarView(world: World, seat: Seat): OwnCarView {
  const { slot } = seat
  const { vehicles, streets } = world
  const { map } = streets
  const lane = vehicles.lane[slot] ?? -1
  const road = lane < 0 ? undefined : map.roads[map.lanes.road[lane] ?? -1]
  const district = lane < 0 ? undefined : map.districts[map.lanes.district[lane] ?? -1]
  const condition = conditionOf(world, slot)
  const limit = lane < 0 ? 0 : (world.queues.limit[lane] ?? 0)
  return {
    plate: world.plates[slot] ?? '',
    kind: VEHICLE_KINDS[vehicles.kind[slot] ?? 0] ?? 'sedan',
    colour: vehicles.colour[slot] ?? 0,
    condition: {
      ...condition,
      brakeWear: round(condition.brakeWear, 100),
      tyreTreadMm: round(condition.tyreTreadMm, 10),
      fuel: round(condition.fuel, 50),
    },
    assists: seat.assists,
    limitKmh: kmh(Math.round(limit * 3.6)),
    street: road?.name ?? '',
    districtId: district?.id ?? '',
    objective:
      seat.errand === null
        ? null
        : {
            text: { key: `errand.${seat.errand.kind}`, params: { points: seat.errand.points } },
            x: Math.round(seat.errand.x),
            y: Math.round(seat.errand.y),
            points: seat.errand.points,
          },
  }
}

/** What the own car's view is made of: while all of it is as it was, so is the view, and need not be made to see that. */
export interface CarTrace {
  readonly numbers: Float64Array
  assists: Seat['assists'] | null
  errand: Seat['errand']
}

const seen = new Float64Array(8)

export const openCarTrace = (): CarTrace => ({
  numbers: new Float64Array(seen.length).fill(NaN),
  assists: null,
  errand: null,
})

/** @returns whether any of it has changed since the last call */
export function hasCarChanged(trace: CarTrace, { vehicles, queues }: World, seat: Seat): boolean {
  const { slot, assists, errand } = seat
  const lane = whole(vehicles.lane, slot)
  seen[0] = lane
  seen[1] = lane < 0 ? 0 : at(queues.limit, lane)
  seen[2] = at(vehicles.brakeWear, slot)
  seen[3] = at(vehicles.tread, slot)
  seen[4] = at(vehicles.fuel, slot)
  seen[5] = (vehicles.lampsWorking[slot] ?? 0) * 2 + (vehicles.beltFastened[slot] ?? 0)
  seen[6] = whole(vehicles.kind, slot)
  seen[7] = whole(vehicles.colour, slot)
  let isOther = assists !== trace.assists || errand !== trace.errand
  trace.assists = assists
  trace.errand = errand
  for (let i = 0; i < seen.length; i += 1) {
    if (trace.numbers[i] !== seen[i]) isOther = true
    trace.numbers[i] = at(seen, i)
  }
  return isOther
}
