import { Encoder as SchemaEncoder, MapSchema, schema, StateView, t } from '@colyseus/schema'
import { Encoder as PlainEncoder, PacketType } from 'socket.io-parser'
import * as msgpack from 'socket.io-msgpack-parser'

import { openInterest, lookAround, type Interest } from '../../server/city/interest.ts'
import { StreetEncoder } from '../../server/city/street-encoder.ts'
import { openNews } from '../../server/city/street-news.ts'
import { openScan, scanStreet, type StreetScan } from '../../server/city/street-scan.ts'
import { openPose, poseOf } from '../../server/sim/pose.ts'
import type { World } from '../../server/sim/state.ts'
import { vehicleSlotOf } from '../../server/sim/world.ts'
import type { Play } from '../support/play.ts'

/** One way of telling every viewer what is near. */
export interface Encoding {
  readonly name: string
  /** Looks at the street and says who sees whom: the same for everybody, every fourth tick for each viewer, in turns. */
  look(tick: number): void
  /** Everything one tick sends, by viewer. */
  encode(tick: number): readonly (Uint8Array | number)[]
  /** Metres between where the newest instant shows a vehicle and where it is, by rounding alone; `null`: to be decoded. */
  readonly rounding: ((x: number) => number) | null
}

/** 16 bits for a place on a map of at most 4,096 m, 8 for heading and speed. */
const PLACE = 16
const TURN = 256 / (2 * Math.PI)
const SPEED = 4
/** Each viewer looks around this often, in ticks, as in ours. */
const LOOK_STRIDE = 4
const HANDS = { ackSeq: 0, lead: 1 }

export function openOurs({ world, viewers }: Play): Encoding {
  const news = openNews(world)
  const encoders = viewers.map((viewer) => new StreetEncoder(viewer, news))
  return {
    name: 'ours',
    rounding: null,
    look(tick) {
      for (const encoder of encoders) encoder.look(tick)
    },
    encode: (tick) => encoders.map((encoder) => encoder.encode(tick, HANDS)),
  }
}

/** Who is in view, by the same rules as ours, and the own car. */
class Watchers {
  readonly world: World
  readonly interests: readonly Interest[]
  readonly own: Int32Array
  readonly #scan: StreetScan
  #hasLooked = false

  constructor({ world, viewers }: Play) {
    this.world = world
    this.#scan = openScan(world)
    this.interests = viewers.map(() => openInterest(world.settings.capacity))
    this.own = Int32Array.from(viewers, ({ seatId }) => vehicleSlotOf(world, { seatId: seatId ?? '' }))
  }

  look(tick: number): void {
    scanStreet(this.#scan, tick)
    for (const [i, interest] of this.interests.entries()) {
      if (this.#hasLooked && i % LOOK_STRIDE !== tick % LOOK_STRIDE) continue
      const own = this.own[i] ?? 0
      const eye = { x: this.#scan.x[own] ?? 0, y: this.#scan.y[own] ?? 0, own, important: [], seesAll: false }
      lookAround(interest, this.#scan, eye)
    }
    this.#hasLooked = true
  }

  /** Slots that viewer `i` sees, the own first. */
  inView(i: number): number[] {
    const { vehicle, top } = this.interests[i] ?? openInterest(0)
    return [this.own[i] ?? 0, ...vehicle.subarray(0, top).filter((slot) => slot >= 0)]
  }
}

const pose = openPose()

function quantised(world: World, slot: number) {
  poseOf(world, slot, pose)
  return {
    x: Math.round(pose.x * PLACE),
    y: Math.round(pose.y * PLACE),
    heading: Math.round(pose.heading * TURN) & 0xff,
    speed: Math.min(255, Math.round(Math.abs(pose.speed) * SPEED)),
  }
}

const Car = schema({ x: t.uint16(), y: t.uint16(), heading: t.uint8(), speed: t.uint8() }, 'Car')
const Street = schema({ cars: t.map(Car).view() }, 'Street')

/** Colyseus's own encoder, a view a client. */
export function openColyseus(play: Play): Encoding {
  SchemaEncoder.BUFFER_SIZE = 1 << 20
  const watchers = new Watchers(play)
  const state = new Street()
  state.cars = new MapSchema()
  const cars = new Map<number, InstanceType<typeof Car>>()
  const encoder = new SchemaEncoder(state)
  const views = play.viewers.map(() => new StateView())
  const seen = play.viewers.map(() => new Set<number>())

  function carOf(slot: number): InstanceType<typeof Car> {
    const known = cars.get(slot)
    if (known !== undefined) return known
    const car = new Car()
    Object.assign(car, quantised(play.world, slot))
    state.cars.set(String(slot), car)
    cars.set(slot, car)
    return car
  }

  function show(i: number): void {
    const now = new Set(watchers.inView(i))
    const before = seen[i] ?? now
    for (const slot of before) if (!now.has(slot)) views[i]?.remove(carOf(slot))
    for (const slot of now) if (!before.has(slot)) views[i]?.add(carOf(slot))
    seen[i] = now
  }

  return {
    name: 'colyseus',
    rounding: (value) => Math.round(value * PLACE) / PLACE,
    look: (tick) => watchers.look(tick),
    encode() {
      for (const [slot, car] of cars) {
        const now = quantised(play.world, slot)
        if (car.x !== now.x) car.x = now.x
        if (car.y !== now.y) car.y = now.y
        if (car.heading !== now.heading) car.heading = now.heading
        if (car.speed !== now.speed) car.speed = now.speed
      }
      views.forEach((_, i) => show(i))
      const it = { offset: 0 }
      encoder.encode(it)
      const shared = it.offset
      const sent = views.map((view) => encoder.encodeView(view, shared, it).length)
      encoder.discardChanges()
      return sent
    },
  }
}

const round = (value: number, steps: number) => Math.round(value * steps) / steps

/** What a plain server emits: everybody in view, two decimals. */
function snapshot(world: World, slots: readonly number[], tick: number) {
  const cars = slots.map((slot) => {
    poseOf(world, slot, pose)
    return {
      id: slot,
      x: round(pose.x, 100),
      y: round(pose.y, 100),
      h: round(pose.heading, 100),
      v: round(pose.speed, 10),
    }
  })
  return { type: PacketType.EVENT, nsp: '/', data: ['state', { tick, cars }] }
}

function openEmitting(play: Play, name: string, encode: (packet: object) => number): Encoding {
  const watchers = new Watchers(play)
  return {
    name,
    rounding: (value) => round(value, 100),
    look: (tick) => watchers.look(tick),
    encode: (tick) => play.viewers.map((_, i) => encode(snapshot(play.world, watchers.inView(i), tick))),
  }
}

export function openJson(play: Play): Encoding {
  const encoder = new PlainEncoder()
  return openEmitting(play, 'socketio-json', (packet) =>
    // Engine.IO puts one more character in front.
    encoder.encode(packet as never).reduce((sum: number, part) => sum + 1 + Buffer.byteLength(part as string), 0),
  )
}

export function openMsgpack(play: Play): Encoding {
  const encoder = new msgpack.Encoder()
  const encodeAll = (packet: object) => encoder.encode(packet) as unknown as readonly Uint8Array[]
  return openEmitting(play, 'msgpack', (packet) => encodeAll(packet).reduce((sum, part) => sum + part.byteLength, 0))
}
