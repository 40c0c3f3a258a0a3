import type { SignalLight } from '../model/signals.ts'
import type { AlarmState } from '../aws/alarm.ts'
import type { ComplianceType } from '../aws/item.ts'
import type { CauseId } from '../ids.ts'
import type { JsonObject } from '../json.ts'
import type { Assists, Weather } from '../model/command.ts'
import type { VehicleCondition, VehicleKind } from '../model/vehicle.ts'
import type { DutyView } from './duty.ts'
import type { DeskLine, StudyView } from './study.ts'
import type { Kmh, PlayMs, ServiceMs } from '../units.ts'

/** What a screen is told. Texts are keys of `assets/locales` with their parameters, so each seat reads its language. */

export type Role = 'driver' | 'host' | 'projector'

/** A moment on both clocks. */
export interface Moment {
  readonly playMs: PlayMs
  readonly serviceMs: ServiceMs
}

export type TextParams = Readonly<Record<string, string | number>>

/** A sentence for a person: a key of the locales and what stands in its gaps. */
export interface Text {
  readonly key: string
  readonly params: TextParams
}

/** Who speaks: the street, the five services, the mail. */
export type Speaker = 'street' | 'trail' | 'watch' | 'config' | 'bridge' | 'lambda' | 'mail'

/** One line of what the agents just did. `id` opens its chain. */
export interface FeedEntry {
  readonly id: CauseId
  readonly speaker: Speaker
  readonly text: Text
  readonly at: Moment
  /** The driver whom it concerns: the own ones are shown first. */
  readonly plate: string | null
}

export interface InboxEntry {
  readonly id: CauseId
  readonly kind: 'fine' | 'repair' | 'notice'
  /** Role of the unit that wrote it, as in the logbook. */
  readonly from: string
  readonly subject: Text
  readonly body: Text
  readonly at: Moment
}

export interface LogbookLine {
  readonly id: CauseId
  readonly eventName: string
  readonly eventSource: string
  readonly principal: string
  readonly category: 'Management' | 'Data'
  readonly awsRegion: string
  readonly plate: string | null
  readonly errorCode: string | null
  readonly at: Moment
}

export interface AlarmLamp {
  readonly name: string
  readonly state: AlarmState
  readonly cameraId: string | null
  readonly plate: string | null
  readonly at: Moment
}

/** The newest verdict of each rule on one vehicle. */
export interface FleetLine {
  readonly plate: string
  readonly verdicts: Readonly<Record<string, ComplianceType>>
}

export interface UnitLine {
  readonly functionName: string
  readonly running: number
  readonly queued: number
  readonly warm: number
  readonly reservedConcurrency: number | null
  readonly throttles: number
}

export interface RuleLine {
  readonly ruleName: string
  readonly pattern: string
  readonly enabled: boolean
  readonly matches: number
  readonly targets: readonly string[]
}

/** Where the driver is asked to go, and what it pays. */
interface Objective {
  readonly text: Text
  readonly x: number
  readonly y: number
  readonly points: number
}

/** What a driver's own car shows. */
export interface OwnCarView {
  readonly plate: string
  readonly kind: VehicleKind
  readonly colour: number
  readonly condition: VehicleCondition
  readonly assists: Assists
  readonly limitKmh: Kmh
  readonly street: string
  readonly districtId: string
  readonly objective: Objective | null
}

/** One seat as the host sees it, and, without `code`, as everybody does. */
export interface SeatLine {
  readonly seatId: string
  readonly name: string
  readonly plate: string
  readonly connected: boolean
  readonly fines: number
  /** Reads out loud to take the seat back on another device; host only. */
  readonly code: string | null
  /** How far this driver is, for hosts only. */
  readonly desk: DeskLine | null
  /** Its driver waits for the clocks to run again. */
  readonly ready?: boolean
  /** The help that a host gave it; for hosts only. */
  readonly help?: Assists
}

export interface RoomView {
  readonly code: string
  readonly scenarioId: string
  readonly scale: number
  readonly paused: boolean
  /** Seconds until a paused room runs again (3, 2, 1), so that every screen counts together; absent while none count. */
  readonly countdown?: number
  readonly ended: boolean
  readonly seats: readonly SeatLine[]
}

/** What a called signal shows, by the number of the group. */
export interface SignalLine {
  readonly junctionId: string
  readonly lights: readonly SignalLight[]
}

/** The newest entries stand last. Lists are capped by `VIEW_CAPS`; the whole story is in the replay. */
export interface SeatView {
  readonly role: Role
  readonly seatId: string | null
  readonly room: RoomView
  /** The help that a host gave the own seat, beside what its driver chose. */
  readonly help?: Assists | null
  readonly weather: Weather
  /** Signals that a siren has called; all others follow their programmes. */
  readonly signals: readonly SignalLine[]
  readonly car: OwnCarView | null
  /** What the driver has learnt, and both scores; `null` for host and projector. */
  readonly study: StudyView | null
  /** What the own desk shows; `null` at the wheel. */
  readonly duty: DutyView | null
  readonly feed: readonly FeedEntry[]
  readonly inbox: readonly InboxEntry[]
  readonly logbook: readonly LogbookLine[]
  readonly alarms: readonly AlarmLamp[]
  readonly fleet: readonly FleetLine[]
  readonly units: readonly UnitLine[]
  readonly rules: readonly RuleLine[]
}

export const VIEW_CAPS = { feed: 60, inbox: 50, logbook: 80, alarms: 24, fleet: 60 } as const

type Lists = 'feed' | 'inbox' | 'logbook'

/**
 * What changed since the last view: plain members are replaced, lists grow at their end. Of lamps and vehicles those that
 * changed are told, which come to the end in place of what was there of the same name.
 */
export interface ViewPatch {
  readonly set?: Partial<Omit<SeatView, Lists>>
  readonly append?: Partial<Pick<SeatView, Lists | 'alarms' | 'fleet'>>
}

/** @returns the alarms' lamps once some have changed */
export const relight = (lamps: readonly AlarmLamp[], changed: readonly AlarmLamp[]): readonly AlarmLamp[] =>
  renew(lamps, changed, ({ name }) => name).slice(-VIEW_CAPS.alarms)

/** @returns the vehicles' verdicts once some have changed */
export const judgeAnew = (fleet: readonly FleetLine[], changed: readonly FleetLine[]): readonly FleetLine[] =>
  renew(fleet, changed, ({ plate }) => plate).slice(-VIEW_CAPS.fleet)

function renew<T>(list: readonly T[], changed: readonly T[], nameOf: (each: T) => string): readonly T[] {
  const names = new Set(changed.map(nameOf))
  return [...list.filter((each) => !names.has(nameOf(each))), ...changed]
}

/** One link of "Why?": what happened, when, on both clocks, and the JSON that AWS would show. */
export interface ChainLink {
  readonly id: CauseId
  readonly cause: CauseId | null
  readonly speaker: Speaker
  /** AWS's name of the thing: `CloudWatch Alarm State Change`, `SendFine`, `SpeedKmh` … */
  readonly name: string
  readonly text: Text
  readonly at: Moment
  readonly json: JsonObject
}

/** From the instant on the road (first) to the consequence that was tapped (last), then what it led to (`after`). */
export interface Chain {
  readonly links: readonly ChainLink[]
  readonly after: readonly ChainLink[]
}
