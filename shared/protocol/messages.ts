import * as z from 'zod/mini'

import { dutyAct, type PatternTrial } from './duty.ts'
import { studyAct, type QuestionView } from './study.ts'
import type { Chain, Role, SeatView, ViewPatch } from './view.ts'
import { THING_KINDS, type ThingCard, type XrayNews } from './xray.ts'

const roomCode = z.string().check(z.regex(/^[A-HJKMNP-Z2-9]{6}$/))
const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/))

const assists = z.object({
  steering: z.boolean(),
  braking: z.boolean(),
  speedCap: z.number().check(z.minimum(0.5), z.maximum(1)),
  autopilot: z.boolean(),
})

/** What a client may ask. One table: types, event map and runtime checks follow from it. */
export const clientCommands = {
  /** Takes a seat, takes one back (`seatToken`, or `seatCode` read out by the host), or opens a host's or projector's screen. */
  join: z.object({
    protocol: z.int(),
    room: roomCode,
    role: z.enum(['driver', 'host', 'projector']),
    name: z.optional(z.string().check(z.minLength(1), z.maxLength(24))),
    seatToken: z.optional(token),
    seatCode: z.optional(z.string().check(z.regex(/^[A-HJKMNP-Z2-9]{4}$/))),
    hostKey: z.optional(token),
  }),
  /** Something of the street was lost: the next frame is to say everything. */
  resync: z.object({}),
  /** Back on the road, at once and without penalty. */
  unstick: z.object({}),
  horn: z.object({}),
  switch: z.object({
    part: z.enum(['headlights', 'seatBelt', 'indicatorLeft', 'indicatorRight']),
    on: z.boolean(),
  }),
  assist: assists,
  /** Whether a driver waits for the clocks to run again. */
  ready: z.object({ ready: z.boolean() }),
  /** Hosts only: the help that a seat has beside what its driver chose; `null` for none. */
  accommodate: z.object({ seatId: z.string().check(z.minLength(1), z.maxLength(16)), help: z.nullable(assists) }),
  /** Asks for the chain of causes of anything with an id. */
  why: z.object({ id: z.string().check(z.regex(/^\d{1,9}\/\d{1,6}$/)) }),
  /** Asks for everything of one thing: its AWS name, its state, its JSON. */
  describe: z.object({ kind: z.enum(THING_KINDS), id: z.string().check(z.minLength(1), z.maxLength(255)) }),
  /** Asks what the city's things carry in the X-ray now. */
  xray: z.object({}),
  /** Asks for the question about a goal, with its verdict once it has been answered. */
  question: z.object({ goal: z.string().check(z.minLength(1), z.maxLength(64)) }),
  study: studyAct,
  /** Turns a dial of the own post's service. */
  operate: dutyAct,
  /** Asks which of the newest events on the bus a pattern would match. */
  tryPattern: z.object({ eventPattern: z.string().check(z.maxLength(900)) }),
  pause: z.object({ paused: z.boolean() }),
  end: z.object({}),
} as const

export type CommandName = keyof typeof clientCommands
export type ClientCommand<N extends CommandName> = z.infer<(typeof clientCommands)[N]>

/** Why a command was refused; `refusal.<code>` in the locales. Nothing has changed. */
export type RefusalCode =
  | 'malformed'
  | 'too-fast'
  | 'too-slow'
  | 'not-joined'
  | 'unknown-room'
  | 'room-full'
  | 'room-ended'
  | 'wrong-key'
  | 'wrong-version'
  | 'not-allowed'
  | 'unknown-id'
  | 'unknown-seat'
  | 'unknown-plate'
  | 'out-of-range'
  | 'taken'
  | 'full'
  | 'not-now'

export interface Refusal {
  readonly code: RefusalCode
  /** Says where it hurts, as `drive.throttle`. */
  readonly field: string
}

export type Reply<T = null> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** What a seat is told when it has joined, or come back. */
export interface Welcome {
  readonly protocol: number
  readonly role: Role
  readonly seatId: string | null
  /** Keep it: it is the seat. `null` for host and projector. */
  readonly seatToken: string | null
  readonly mapId: string
  readonly mapHash: number
  readonly tick: number
  readonly view: SeatView
}

interface ReplyValues {
  join: Welcome
  why: Chain
  describe: ThingCard
  xray: XrayNews
  question: QuestionView
  tryPattern: PatternTrial
}
export type ReplyOf<N extends CommandName> = Reply<N extends keyof ReplyValues ? ReplyValues[N] : null>

export type ClientToServerEvents = {
  [N in CommandName]: (command: ClientCommand<N>, reply: (reply: ReplyOf<N>) => void) => void
} & {
  /** The hands, many times a second and unanswered: see `input-frame.ts`. */
  bytes: (inputs: Uint8Array) => void
}

export interface ServerToClientEvents {
  /** One binary frame of the street: see `frame.ts`. */
  bytes: (frame: Uint8Array) => void
  patch: (patch: ViewPatch) => void
  /** The room is over, or this seat is: the connection will not come back. After `too-slow` it may, with the same seat. */
  closed: (reason: RefusalCode) => void
}
