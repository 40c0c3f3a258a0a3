import type { CauseId } from '../ids.ts'
import type { Kmh } from '../units.ts'
import type { VehicleKind, VehiclePart } from './vehicle.ts'

/** Throttle and steering are shares of full: −1 brakes (then reverses) or turns left, 1 accelerates or turns right. */
export interface DriveInput {
  readonly throttle: number
  readonly steering: number
  readonly handbrake: boolean
}

export interface Assists {
  readonly steering: boolean
  readonly braking: boolean
  /** Share of full speed, 0.5 to 1. */
  readonly speedCap: number
  readonly autopilot: boolean
}

export type Weather = 'clear' | 'rain' | 'fog'

/** What the street can be asked. Each may be refused; a refused one changes nothing. */
export type WorldCommand =
  | {
      readonly kind: 'join'
      readonly seatId: string
      readonly plate: string
      readonly vehicle: VehicleKind
      readonly colour: number
    }
  | { readonly kind: 'leave'; readonly seatId: string }
  /** `input` holds from this tick until the next `drive` of the seat. `seq` is echoed for reconciliation. */
  | { readonly kind: 'drive'; readonly seatId: string; readonly seq: number; readonly input: DriveInput }
  | { readonly kind: 'unstick'; readonly seatId: string }
  | { readonly kind: 'assist'; readonly seatId: string; readonly assists: Assists }
  | {
      readonly kind: 'switch'
      readonly seatId: string
      readonly part: 'headlights' | 'seatBelt' | 'indicatorLeft' | 'indicatorRight'
      readonly on: boolean
    }
  | { readonly kind: 'horn'; readonly seatId: string }
  /** The seat's socket is silent: its car drives itself along its lane until it is back. */
  | { readonly kind: 'offline'; readonly seatId: string; readonly offline: boolean }
  /** An agent leaves its station for a vehicle; `errandId` comes back in the facts. */
  | {
      readonly kind: 'send-unit'
      readonly errandId: string
      readonly unit: 'response' | 'inspector' | 'tow-truck' | 'drone'
      readonly plate: string
      readonly cause: CauseId
    }
  /** A bot comes past the seat's car, too fast: what a camera does is first seen on somebody else. */
  | { readonly kind: 'overtake'; readonly seatId: string; readonly cause: CauseId | null }
  | { readonly kind: 'repair'; readonly plate: string; readonly part: VehiclePart; readonly cause: CauseId }
  | { readonly kind: 'set-limit'; readonly roadId: string; readonly limitKmh: Kmh; readonly cause: CauseId | null }
  | { readonly kind: 'close-road'; readonly roadId: string; readonly closed: boolean; readonly cause: CauseId | null }
  /** A zone of the map comes into force, or is lifted: roadworks, a parade. */
  | { readonly kind: 'set-zone'; readonly zoneId: string; readonly active: boolean; readonly cause: CauseId | null }
  | {
      readonly kind: 'set-camera'
      readonly cameraId: string
      readonly working: boolean
      readonly cause: CauseId | null
    }
  | { readonly kind: 'set-weather'; readonly weather: Weather; readonly cause: CauseId | null }
  | { readonly kind: 'set-demand'; readonly bots: number; readonly cause: CauseId | null }
  /** Puts a vehicle's part in a given state: scenario injects and tests. */
  | {
      readonly kind: 'set-part'
      readonly plate: string
      readonly part: VehiclePart
      readonly value: number | boolean
      readonly cause: CauseId | null
    }

/** Why a command was refused: a code of the client's locales (`refusal.<code>`) and where it hurts. */
export interface CommandRefusal {
  readonly code:
    'unknown-seat' | 'unknown-plate' | 'unknown-id' | 'out-of-range' | 'taken' | 'full' | 'not-now' | 'not-allowed'
  readonly field: string
}
