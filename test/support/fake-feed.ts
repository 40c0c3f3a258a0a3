import { openLaneHeadings, poseOnLane } from '../../shared/driving/lane-pose.ts'
import type { CityMap, Pose } from '../../shared/model/city-map.ts'
import { lightOf, phaseAt } from '../../shared/model/signals.ts'
import { VEHICLE_FLAG, type VehicleKind } from '../../shared/model/vehicle.ts'
import type { Reply } from '../../shared/protocol/messages.ts'
import type { Chain, SeatView } from '../../shared/protocol/view.ts'
import { kmh, metresPerSecond, playMs, serviceMs } from '../../shared/units.ts'
import type { CityFeed, DrawnCar, StreetSample } from '../../client/net/feed.ts'

const KINDS: readonly VehicleKind[] = [
  'sedan', 'taxi', 'van', 'sedan', 'bus', 'motorbike', 'police', 'sedan', 'inspector', 'sport', 'response', 'ambulance',
  'tow-truck', 'sedan', 'van', 'drone',
] // prettier-ignore
const COLOURS = [0xd8414b, 0x3f8fd2, 0xf4c24a, 0x5aa36a, 0xf3efe6, 0x8a5cf6, 0x3b4763, 0xef8a5a, 0x4fb6b0]

export interface FakeFeedOptions {
  readonly map: CityMap
  readonly cars?: number
  /** Whether one of the cars is the screen's own; a host or a projector has none. */
  readonly own?: boolean
  /** Service time at the first sample. */
  readonly startServiceMs?: number
  readonly view?: Partial<SeatView>
  /** `false` lets the cars stand where they are while both clocks run. */
  readonly moves?: boolean
}

export interface FakeFeed extends CityFeed {
  /** Replaces members of the view and tells the listeners. */
  show(part: Partial<SeatView>): void
  /** The cars, to be changed at will by a test or a demonstration. */
  readonly cars: FakeCar[]
}

/** A car that follows the lanes by itself. */
interface FakeCar extends DrawnCar {
  lane: number
  s: number
  cruise: number
}

const done = (): Promise<Reply> => Promise.resolve({ ok: true, value: null })

/**
 * A city without an engine, for screens: cars keep to their lanes, stop at red lights and queue. The same calls with the
 * same times give the same pictures.
 */
export function openFakeFeed(options: FakeFeedOptions): FakeFeed {
  const { map } = options
  const cars = placeCars(map, options.cars ?? 12)
  const viewers = new Set<(view: SeatView) => void>()
  let view: SeatView = { ...emptyView(options.own !== false), ...options.view }
  const first: { atMs: number | null } = { atMs: null }
  let lastMs = 0
  const street: Street = {
    map,
    headings: openLaneHeadings(map.lanes),
    pose: { x: 0, y: 0, heading: 0, speed: metresPerSecond(0) },
  }
  for (const car of cars) settle(street, car)

  return {
    map,
    cars,
    view: () => view,
    show(part) {
      view = { ...view, ...part }
      for (const listener of viewers) listener(view)
    },
    onView(listener) {
      viewers.add(listener)
      return () => viewers.delete(listener)
    },
    onLink: () => () => undefined,
    sample(nowMs): StreetSample {
      first.atMs ??= nowMs
      const play = nowMs - first.atMs
      for (let step = options.moves === false ? play : lastMs; step < play; step += 50)
        drive(street, cars, { at: step, seconds: Math.min(50, play - step) / 1000 })
      lastMs = play
      const own = options.own === false ? null : (cars[0] ?? null)
      return {
        own,
        cars: own ? cars.slice(1) : cars,
        tick: Math.floor(play / 50),
        playMs: play,
        serviceMs: (options.startServiceMs ?? 39_600_000) + play * 12,
        digest: cars.slice(own ? 1 : 0).map(({ id, kind, x, y }) => ({ kind, x, y, isSeat: id % 5 === 3 })),
      }
    },
    drive: () => undefined,
    unstick: done,
    horn: done,
    switchPart: done,
    assist: done,
    ready: done,
    accommodate: done,
    why: (): Promise<Reply<Chain>> => Promise.resolve({ ok: false, refusal: { code: 'unknown-id', field: 'id' } }),
    describe: () => Promise.resolve({ ok: false, refusal: { code: 'unknown-id', field: 'describe' } }),
    xray: () => Promise.resolve({ ok: false, refusal: { code: 'unknown-id', field: 'xray' } }),
    question: () => Promise.resolve({ ok: false, refusal: { code: 'unknown-id', field: 'goal' } }),
    study: done,
    operate: done,
    tryPattern: () => Promise.resolve({ ok: false, refusal: { code: 'unknown-id', field: 'tryPattern' } }),
    pause: done,
    end: done,
    close: () => viewers.clear(),
  }
}

interface Street {
  readonly map: CityMap
  readonly headings: ReturnType<typeof openLaneHeadings>
  readonly pose: Pose
}

function placeCars(map: CityMap, count: number): FakeCar[] {
  const roads = map.roads.flatMap((road) => [...road.forward, ...road.backward])
  return Array.from({ length: count }, (_, i): FakeCar => {
    const lane = roads[(i * 37 + 5) % roads.length] ?? 0
    const length = map.lanes.length[lane] ?? 0
    return {
      id: i,
      kind: KINDS[i % KINDS.length] ?? 'sedan',
      colour: COLOURS[(i * 7) % COLOURS.length] ?? 0xffffff,
      x: 0,
      y: 0,
      heading: 0,
      speed: 8,
      flags: 0,
      alpha: 1,
      lane,
      s: length * (0.2 + ((i * 13) % 10) / 16),
      cruise: 0.8 + ((i * 5) % 7) / 25,
    }
  })
}

function drive(
  street: Street,
  cars: readonly FakeCar[],
  time: { readonly at: number; readonly seconds: number },
): void {
  for (const car of cars) {
    const wanted = Math.min(
      (street.map.lanes.limit[car.lane] ?? 13) * car.cruise,
      roomAhead(street.map, cars, car, time.at),
    )
    const change = Math.max(-7 * time.seconds, Math.min(3 * time.seconds, wanted - car.speed))
    car.speed = Math.max(0, car.speed + change)
    car.s += car.speed * time.seconds
    car.flags = flagsOf(street.map, car, change < -0.01 || car.speed < 0.3)
    settle(street, car)
  }
}

/** The speed at which a car may go on: slower towards a red light, a car in front, a tight bend. */
function roomAhead(map: CityMap, cars: readonly FakeCar[], car: FakeCar, atMs: number): number {
  const rest = (map.lanes.length[car.lane] ?? 0) - car.s
  const leader = cars.filter((other) => other !== car && other.lane === car.lane && other.s > car.s)
  const gap = Math.min(...leader.map((other) => other.s - car.s - 9), isRed(map, car, atMs) ? rest - 2.5 : Infinity)
  return gap === Infinity ? 60 : Math.max(0, Math.sqrt(Math.max(0, gap) * 2 * 3.5))
}

function isRed(map: CityMap, car: FakeCar, atMs: number): boolean {
  const next = nextLane(map, car)
  const group = map.lanes.signalGroup[next] ?? -1
  const program = map.junctions[map.lanes.junction[next] ?? -1]?.program
  if (!program || group < 0 || (map.lanes.road[car.lane] ?? -1) < 0) return false
  return lightOf(program, phaseAt(program, atMs / 1000), group) !== 'green'
}

function nextLane({ lanes }: CityMap, { lane, id }: FakeCar): number {
  const from = lanes.successorStart[lane] ?? 0
  const count = (lanes.successorStart[lane + 1] ?? from) - from
  return count > 0 ? (lanes.successor[from + ((id * 3 + lane) % count)] ?? lane) : lane
}

function settle({ map, headings, pose }: Street, car: FakeCar): void {
  while (car.s > (map.lanes.length[car.lane] ?? 0)) {
    car.s -= map.lanes.length[car.lane] ?? 0
    car.lane = nextLane(map, car)
  }
  poseOnLane(headings, car.lane, { s: car.s, lat: 0 }, pose)
  car.x = pose.x
  car.y = pose.y
  car.heading = pose.heading
}

function flagsOf(map: CityMap, car: FakeCar, braking: boolean): number {
  const turn = map.lanes.flags[nextLane(map, car)] ?? 0
  const near = (map.lanes.length[car.lane] ?? 0) - car.s < 40
  return (
    (braking ? VEHICLE_FLAG.braking : 0) |
    (near && turn & 32 ? VEHICLE_FLAG.indicatorLeft : 0) |
    (near && turn & 64 ? VEHICLE_FLAG.indicatorRight : 0) |
    VEHICLE_FLAG.headlights |
    (car.speed > (map.lanes.limit[car.lane] ?? 99) * 1.05 ? VEHICLE_FLAG.speeding : 0) |
    (car.kind === 'police' || car.kind === 'response' || car.kind === 'ambulance' ? VEHICLE_FLAG.siren : 0)
  )
}

function emptyView(own: boolean): SeatView {
  return {
    role: own ? 'driver' : 'projector',
    seatId: own ? 'seat-1' : null,
    room: { code: 'NUAGE7', scenarioId: 'discovery', scale: 12, paused: false, ended: false, seats: [] },
    weather: 'clear',
    signals: [],
    car: own ? ownCar() : null,
    study: null,
    duty: null,
    feed: [],
    inbox: [],
    logbook: [],
    alarms: [],
    fleet: [],
    units: [],
    rules: [],
  }
}

function ownCar() {
  return {
    plate: 'FR-000',
    kind: 'sedan' as const,
    colour: COLOURS[0] ?? 0,
    condition: { brakeWear: 0.1, tyreTreadMm: 7, headlightsWorking: true, seatBeltFastened: true, fuel: 0.8 },
    assists: { steering: false, braking: false, speedCap: 1, autopilot: false },
    limitKmh: kmh(50),
    street: '',
    districtId: '',
    objective: null,
  }
}

/** Both clocks at one moment, for entries of a fake view. */
export const momentAt = (play: number) => ({ playMs: playMs(play), serviceMs: serviceMs(39_600_000 + play * 12) })
