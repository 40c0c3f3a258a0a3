import type { WorldCommand } from '../../shared/model/command.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import { WEATHERS } from './state.ts'

type Check = (value: unknown) => boolean
/** A check per field; of a field that is a record, a check per field of it. */
type Shape<T> = { readonly [F in Exclude<keyof T, 'kind'>]: Check | Shape<T[F]> }
type Shapes = { readonly [K in WorldCommand['kind']]: Shape<Extract<WorldCommand, { readonly kind: K }>> }
type AnyShape = Readonly<Record<string, Check | object>>

const text: Check = (value) => typeof value === 'string'
const flag: Check = (value) => typeof value === 'boolean'
const number: Check = (value) => typeof value === 'number'
const textOrNull: Check = (value) => value === null || text(value)
const oneOf =
  (names: readonly unknown[]): Check =>
  (value) =>
    names.includes(value)
const part = oneOf(['brakes', 'tyres', 'headlights', 'seatBelt', 'fuel'])

/** What kind of thing each field of a command is; its range is for whoever obeys. */
const SHAPES: Shapes = {
  join: { seatId: text, plate: text, vehicle: oneOf(VEHICLE_KINDS), colour: number },
  leave: { seatId: text },
  drive: { seatId: text, seq: number, input: { throttle: number, steering: number, handbrake: flag } },
  unstick: { seatId: text },
  assist: { seatId: text, assists: { steering: flag, braking: flag, speedCap: number, autopilot: flag } },
  switch: { seatId: text, part: oneOf(['headlights', 'seatBelt', 'indicatorLeft', 'indicatorRight']), on: flag },
  horn: { seatId: text },
  offline: { seatId: text, offline: flag },
  'send-unit': {
    errandId: text,
    unit: oneOf(['response', 'inspector', 'tow-truck', 'drone']),
    plate: text,
    cause: text,
  },
  overtake: { seatId: text, cause: textOrNull },
  repair: { plate: text, part, cause: text },
  'set-limit': { roadId: text, limitKmh: number, cause: textOrNull },
  'close-road': { roadId: text, closed: flag, cause: textOrNull },
  'set-zone': { zoneId: text, active: flag, cause: textOrNull },
  'set-camera': { cameraId: text, working: flag, cause: textOrNull },
  'set-weather': { weather: oneOf(WEATHERS), cause: textOrNull },
  'set-demand': { bots: number, cause: textOrNull },
  'set-part': { plate: text, part, value: (value) => number(value) || flag(value), cause: textOrNull },
}

/**
 * Hosts decode what comes from outside; this is the last line, so that no thing of another kind gets into the street's
 * columns, whoever let it through.
 *
 * @returns the path of the first field that is none, as a refusal names it; `null` when all are what they should be
 */
export function misshapen(command: WorldCommand): string | null {
  if (command.kind === 'drive' && isDrive(command)) return null
  if (!Object.hasOwn(SHAPES, command.kind)) return 'kind'
  return firstFault(command, SHAPES[command.kind], command.kind)
}

/** Hands come twenty times a second from everybody, and are nearly always in order: they have a look of their own. */
function isDrive({ seatId, seq, input }: Extract<WorldCommand, { readonly kind: 'drive' }>): boolean {
  if (typeof input !== 'object' || input === null || !text(seatId) || !number(seq)) return false
  return number(input.throttle) && number(input.steering) && flag(input.handbrake)
}

function firstFault(value: unknown, shape: AnyShape, path: string): string | null {
  if (typeof value !== 'object' || value === null) return path
  const fields = value as Readonly<Record<string, unknown>>
  for (const [name, check] of Object.entries(shape)) {
    const inner = `${path}.${name}`
    const fault =
      typeof check === 'function'
        ? (check as Check)(fields[name])
          ? null
          : inner
        : firstFault(fields[name], check as AnyShape, inner)
    if (fault !== null) return fault
  }
  return null
}
