import { openIds } from '../../shared/ids.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { Fact, FactKind, FactOf } from '../../shared/model/fact.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import { generateTown, type TownSize } from '../../shared/content/map/town.ts'
import { poseOnLane } from '../../shared/driving/lane-pose.ts'
import { metresPerSecond } from '../../shared/units.ts'
import type { AgentSettings, World, WorldSettings } from '../../server/sim/state.ts'
import { openStreets, type Streets } from '../../server/sim/streets.ts'
import { openWorld, stepWorld, vehicleSlotOf } from '../../server/sim/world.ts'
import { compiled, readMapJson, smallTown } from './maps.ts'

const kept = new Map<string, Streets>()

/** What is worked out from a map, once per test file. */
export function streetsOf(name: 'nuageville' | 'circuit-ecole' | 'small'): Streets {
  const known = kept.get(name)
  if (known) return known
  const streets = openStreets(name === 'small' ? smallMap() : compiled(readMapJson(name)))
  kept.set(name, streets)
  return streets
}

/** 3 × 3 junctions with signals in the middle, a camera, and a station of each kind that a test needs. */
function smallMap(): CityMap {
  const station = (id: string, kind: string, road: string) => ({
    id,
    kind,
    road,
    at: 0.5,
    side: 'right',
    width: 12,
    depth: 10,
  })
  return compiled(
    smallTown({
      node: { b2: { control: 'signals' } },
      cameras: [{ id: 'CAM', road: 'a1-b1', at: 0.5 }],
      stations: [
        station('s-police', 'police', 'a2-b2'),
        station('s-response', 'response', 'b1-c1'),
        station('s-garage', 'garage', 'a3-b3'),
        station('s-inspection', 'inspection', 'b3-c3'),
      ],
    }),
  )
}

export const NO_AGENTS: AgentSettings = { patrols: 0, inspectors: 0, responseCars: 0, drones: 0, towTrucks: 0 }
export const SOME_AGENTS: AgentSettings = { patrols: 2, inspectors: 1, responseCars: 2, drones: 1, towTrucks: 1 }

/** A street under test: its world, and every fact so far. */
export interface Street {
  readonly world: World
  readonly facts: Fact[]
  /** Runs ticks; the commands take effect in the first of them. @returns the facts of these ticks */
  run(ticks: number, ...commands: readonly WorldCommand[]): readonly Fact[]
  /** The facts of one kind so far. */
  told<K extends FactKind>(kind: K): readonly FactOf<K>[]
}

type Setting = Partial<WorldSettings> & { readonly on?: 'nuageville' | 'circuit-ecole' | 'small' }

export function openStreet({ on = 'small', ...settings }: Setting = {}): Street {
  const streets = streetsOf(on)
  const world = openWorld(streets.map, settingsWith(settings), streets)
  return streetOf(world)
}

/** A street of a generated town. */
export function openTown(size: TownSize, settings: Partial<WorldSettings> = {}): Street {
  const map = compiled(generateTown(size))
  return streetOf(openWorld(map, settingsWith(settings)))
}

export const settingsWith = (settings: Partial<WorldSettings>): WorldSettings => ({
  seed: 7,
  capacity: (settings.bots ?? 0) + 40,
  bots: 0,
  agents: NO_AGENTS,
  weather: 'clear',
  startHour: 9,
  clockScale: 12,
  startRoads: [],
  ...settings,
})

export function streetOf(world: World): Street {
  const facts: Fact[] = []
  return {
    world,
    facts,
    run(ticks, ...commands) {
      const from = facts.length
      for (let i = 0; i < ticks; i += 1) {
        const tick = (world.clock.tick[0] ?? 0) + 1
        facts.push(...stepWorld(world, i === 0 ? commands : [], openIds(tick)))
      }
      return facts.slice(from)
    },
    told: <K extends FactKind>(kind: K) => facts.filter((fact): fact is FactOf<K> => fact.kind === kind),
  }
}

export const joinAs = (seatId: string, vehicle: 'sedan' | 'sport' | 'taxi' | 'bus' = 'sedan') =>
  ({ kind: 'join', seatId, plate: `FR-${seatId}`, vehicle, colour: 1 }) as const

export const driveAs = (seatId: string, throttle: number, steering = 0, seq = 1): WorldCommand => ({
  kind: 'drive',
  seatId,
  seq,
  input: { throttle, steering, handbrake: false },
})

export const autopilot = (seatId: string): WorldCommand => ({
  kind: 'assist',
  seatId,
  assists: { steering: false, braking: false, speedCap: 1, autopilot: true },
})

/** Puts a seat's car on a lane, along it, at a speed: where a test wants it. */
export function putSeat({ world }: Street, seatId: string, place: { lane: number; s: number; speed?: number }): number {
  const slot = vehicleSlotOf(world, { seatId })
  const pose = { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) }
  poseOnLane(world.streets.finder.headings, place.lane, { s: place.s, lat: 0 }, pose)
  const speed = place.speed ?? 0
  const { vehicles } = world
  vehicles.x[slot] = pose.x
  vehicles.y[slot] = pose.y
  vehicles.heading[slot] = pose.heading
  vehicles.vx[slot] = speed * Math.cos(pose.heading)
  vehicles.vy[slot] = speed * Math.sin(pose.heading)
  vehicles.yawRate[slot] = 0
  vehicles.speed[slot] = speed
  vehicles.lane[slot] = -1
  return slot
}

/** The lane of a road by its id, rightmost first; `backward` for the other direction. */
export function laneOf({ world }: Street, roadId: string, side: 'forward' | 'backward' = 'forward', index = 0): number {
  const lane = world.streets.map.roads.find(({ id }) => id === roadId)?.[side][index]
  if (lane === undefined) throw new Error(`no lane ${index} ${side} on ${roadId}`)
  return lane
}
