import { VEHICLE_KINDS, type VehicleKind } from '../model/vehicle.ts'
import { fail, ok, type Result } from '../result.ts'

/** The own car as the server has it after the input `ackSeq`: what prediction starts from. */
export interface OwnState {
  readonly kind: VehicleKind
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly vx: number
  readonly vy: number
  readonly yawRate: number
  readonly flags: number
  /** The surface under its tyres: shares of a new car's on a dry road. */
  readonly grip: number
  readonly braking: number
  readonly power: number
}

/** Another vehicle: positions in metres, speed in m/s, heading in radians. */
export interface FrameCar {
  readonly id: number
  readonly kind: VehicleKind
  readonly colour: number
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly speed: number
  readonly flags: number
}

/** The street around one viewer at one tick. */
export interface StreetFrame {
  readonly tick: number
  readonly paused: boolean
  readonly ackSeq: number
  readonly own: OwnState | null
  readonly cars: readonly FrameCar[]
}

const HEADER = 11
const OWN = 39
const CAR = 17
const PAUSED = 1
const HAS_OWN = 2
const POSITION = 64
const HEADING = 65_536 / (2 * Math.PI)
export const MAX_FRAME_CARS = 255

/** Little endian. Positions to 1/64 m, headings to 1/65536 of a turn, speeds to half a metre per second; the own car in 32-bit floats. */
export function encodeFrame(frame: StreetFrame): Uint8Array<ArrayBuffer> {
  const cars = frame.cars.slice(0, MAX_FRAME_CARS)
  const view = new DataView(new ArrayBuffer(HEADER + (frame.own === null ? 0 : OWN) + cars.length * CAR))
  view.setUint8(0, 1)
  view.setUint8(1, (frame.paused ? PAUSED : 0) | (frame.own === null ? 0 : HAS_OWN))
  view.setUint32(2, frame.tick, true)
  view.setUint32(6, frame.ackSeq, true)
  view.setUint8(10, cars.length)
  let at = HEADER
  if (frame.own !== null) at = writeOwn(view, at, frame.own)
  for (const car of cars) at = writeCar(view, at, car)
  return new Uint8Array(view.buffer)
}

/** @returns the frame, or what is wrong with the bytes; never throws, never reads past their end */
export function decodeFrame(bytes: Uint8Array): Result<StreetFrame, string> {
  if (bytes.length < HEADER) return fail('shorter than a header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint8(0) !== 1) return fail('unknown type of frame')
  const flags = view.getUint8(1)
  const hasOwn = (flags & HAS_OWN) !== 0
  const count = view.getUint8(10)
  if (bytes.length !== HEADER + (hasOwn ? OWN : 0) + count * CAR) return fail('length does not fit its contents')
  const own = hasOwn ? readOwn(view, HEADER) : null
  const start = HEADER + (hasOwn ? OWN : 0)
  const cars = Array.from({ length: count }, (_, index) => readCar(view, start + index * CAR))
  return ok({
    tick: view.getUint32(2, true),
    paused: (flags & PAUSED) !== 0,
    ackSeq: view.getUint32(6, true),
    own,
    cars,
  })
}

function writeOwn(view: DataView, at: number, own: OwnState): number {
  view.setUint8(at, VEHICLE_KINDS.indexOf(own.kind))
  const floats = [own.x, own.y, own.heading, own.vx, own.vy, own.yawRate, own.grip, own.braking, own.power]
  for (const [index, value] of floats.entries()) view.setFloat32(at + 1 + index * 4, value, true)
  view.setUint16(at + 37, own.flags, true)
  return at + OWN
}

function readOwn(view: DataView, at: number): OwnState {
  const float = (index: number) => view.getFloat32(at + 1 + index * 4, true)
  return {
    kind: VEHICLE_KINDS[view.getUint8(at)] ?? 'sedan',
    x: float(0),
    y: float(1),
    heading: float(2),
    vx: float(3),
    vy: float(4),
    yawRate: float(5),
    grip: float(6),
    braking: float(7),
    power: float(8),
    flags: view.getUint16(at + 37, true),
  }
}

function writeCar(view: DataView, at: number, car: FrameCar): number {
  view.setUint32(at, car.id, true)
  view.setUint8(at + 4, VEHICLE_KINDS.indexOf(car.kind))
  view.setUint8(at + 5, car.colour)
  writePosition(view, at + 6, car)
  view.setUint16(at + 12, Math.round(car.heading * HEADING) & 0xffff, true)
  view.setInt8(at + 14, Math.max(-127, Math.min(127, Math.round(car.speed * 2))))
  view.setUint16(at + 15, car.flags, true)
  return at + CAR
}

/** Two times 24 bits: a map may be 262 km wide. */
function writePosition(view: DataView, at: number, { x, y }: { x: number; y: number }): void {
  for (const [index, value] of [x, y].entries()) {
    const fixed = Math.max(0, Math.min(0xffffff, Math.round(value * POSITION)))
    view.setUint16(at + index * 3, fixed & 0xffff, true)
    view.setUint8(at + index * 3 + 2, fixed >> 16)
  }
}

const readFixed = (view: DataView, at: number) => (view.getUint16(at, true) | (view.getUint8(at + 2) << 16)) / POSITION

const readCar = (view: DataView, at: number): FrameCar => ({
  id: view.getUint32(at, true),
  kind: VEHICLE_KINDS[view.getUint8(at + 4)] ?? 'sedan',
  colour: view.getUint8(at + 5),
  x: readFixed(view, at + 6),
  y: readFixed(view, at + 9),
  heading: view.getUint16(at + 12, true) / HEADING,
  speed: view.getInt8(at + 14) / 2,
  flags: view.getUint16(at + 15, true),
})
