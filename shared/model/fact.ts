import type { Caused } from '../ids.ts'
import type { CommandRefusal, Weather, WorldCommand } from './command.ts'
import type { VehicleCondition, VehicleKind, VehiclePart } from './vehicle.ts'
import type { Kmh } from '../units.ts'

/** Everyday manoeuvres that the logbook can write down as data events. */
export type ManoeuvreName = 'TurnLeft' | 'TurnRight' | 'StopAtRed' | 'RunRed' | 'ExceedLimit' | 'Park' | 'GoOn'

/** A response unit on its way, at its target, or home again. */
interface UnitTrip {
  readonly errandId: string
  readonly unitPlate: string
  readonly unit: VehicleKind
  readonly plate: string
  readonly stationId: string
}

/** A reason to drive: where to, and what it pays. */
interface Errand {
  readonly seatId: string
  readonly errand: 'delivery' | 'fare' | 'patrol'
  readonly points: number
  readonly x: number
  readonly y: number
}

/** The street says it happened. `id` starts or continues a chain of causes. */
export type Fact = Caused &
  (
    | {
        readonly kind: 'vehicle-joined'
        readonly plate: string
        readonly vehicle: VehicleKind
        readonly seatId: string | null
        readonly condition: VehicleCondition
      }
    | { readonly kind: 'vehicle-left'; readonly plate: string; readonly seatId: string | null }
    /** Measured where the vehicle crossed the line, to the tenth of km/h, as a real detector would. */
    | {
        readonly kind: 'camera-passed'
        readonly cameraId: string
        readonly plate: string
        readonly speedKmh: Kmh
        readonly limitKmh: Kmh
        readonly roadId: string
        readonly districtId: string
        readonly seatId: string | null
      }
    | {
        readonly kind: 'manoeuvre'
        readonly name: ManoeuvreName
        readonly plate: string
        readonly seatId: string | null
        readonly roadId: string
        readonly districtId: string
        readonly speedKmh: Kmh
        readonly limitKmh: Kmh
      }
    /** A state of the vehicle that Config records has changed by itself (wear) or by somebody (switch, repair). */
    | {
        readonly kind: 'condition-changed'
        readonly plate: string
        readonly part: VehiclePart
        readonly condition: VehicleCondition
      }
    | {
        readonly kind: 'vehicle-inspected'
        readonly plate: string
        readonly inspectorPlate: string
        readonly where: 'roadside' | 'lane'
        readonly condition: VehicleCondition
        readonly vehicle: VehicleKind
        readonly errandId: string | null
      }
    | ({ readonly kind: 'unit-departed' } & UnitTrip)
    | ({ readonly kind: 'unit-arrived' } & UnitTrip)
    | ({ readonly kind: 'unit-returned' } & UnitTrip)
    /** No unit could go: all are out, or the target is gone. */
    | {
        readonly kind: 'unit-unavailable'
        readonly errandId: string
        readonly reason: 'all-out' | 'no-target' | 'no-route'
      }
    | {
        readonly kind: 'patrol-noted'
        readonly unitPlate: string
        readonly districtId: string
        readonly roadId: string
      }
    | {
        readonly kind: 'part-repaired'
        readonly plate: string
        readonly part: VehiclePart
        readonly condition: VehicleCondition
      }
    | ({ readonly kind: 'errand-offered' } & Errand)
    | ({ readonly kind: 'errand-done' } & Errand)
    | { readonly kind: 'weather-changed'; readonly weather: Weather }
    | { readonly kind: 'camera-switched'; readonly cameraId: string; readonly working: boolean }
    | { readonly kind: 'limit-set'; readonly roadId: string; readonly limitKmh: Kmh }
    | { readonly kind: 'road-closed'; readonly roadId: string; readonly closed: boolean }
    | { readonly kind: 'deadlock-cleared'; readonly plate: string; readonly roadId: string }
    | {
        readonly kind: 'command-refused'
        readonly command: WorldCommand['kind']
        readonly refusal: CommandRefusal
        readonly seatId: string | null
      }
  )

export type FactKind = Fact['kind']
export type FactOf<K extends FactKind> = Extract<Fact, { readonly kind: K }>
