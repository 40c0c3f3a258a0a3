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
