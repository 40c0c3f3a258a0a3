import type * as z from 'zod/mini'

import type { WorldCommand } from '../../shared/model/command.ts'
import {
  clientCommands,
  type ClientCommand,
  type CommandName,
  type Refusal,
  type Reply,
} from '../../shared/protocol/messages.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Line } from '../rooms/member.ts'
import type { Room } from '../rooms/room.ts'

/** No message of a client is longer than this many characters of JSON. */
const LONGEST = 1024

/** Distrusts what came over the wire. @returns the command, or where it hurts: `drive.throttle` */
export function decodeCommand<N extends CommandName>(name: N, body: unknown): Result<ClientCommand<N>, Refusal> {
  if ((JSON.stringify(body) ?? '').length > LONGEST) return fail({ code: 'malformed', field: `${name}: too long` })
  const schema: z.ZodMiniType = clientCommands[name]
  const read = schema.safeParse(body)
  if (read.success) return ok(read.data as ClientCommand<N>)
  const path = read.error.issues[0]?.path ?? []
  return fail({ code: 'malformed', field: [name, ...path].join('.') })
}

/** A seated connection: its room, and its line to it. */
export interface Seated {
  readonly room: Room
  readonly line: Line
}

type Handler<N extends CommandName> = (seated: Seated, command: ClientCommand<N>) => Reply<unknown>

const asking =
  <N extends CommandName>(toCommand: (seatId: string, command: ClientCommand<N>) => WorldCommand): Handler<N> =>
  ({ room, line }, command) =>
    room.ask(line, (seatId) => toCommand(seatId, command))

const looking =
  <N extends Parameters<Room['look']>[1]>(name: N): Handler<N> =>
  ({ room, line }, body) =>
    room.look(line, name, body)

/** What each command does, once joined. */
export const handlers: { readonly [N in Exclude<CommandName, 'join'>]: Handler<N> } = {
  resync: ({ room, line }) => room.resync(line),
  unstick: asking((seatId) => ({ kind: 'unstick', seatId })),
  horn: asking((seatId) => ({ kind: 'horn', seatId })),
  switch: asking((seatId, { part, on }) => ({ kind: 'switch', seatId, part, on })),
  assist: asking((seatId, assists) => ({ kind: 'assist', seatId, assists })),
  ready: ({ room, line }, { ready }) => room.ready(line, ready),
  accommodate: ({ room, line }, command) => room.accommodate(line, command),
  why: looking('why'),
  describe: looking('describe'),
  xray: looking('xray'),
  question: looking('question'),
  study: ({ room, line }, act) => room.study(line, act),
  operate: ({ room, line }, act) => room.operate(line, act),
  tryPattern: looking('tryPattern'),
  pause: ({ room, line }, { paused }) => room.pause(line, paused),
  end: ({ room, line }) => room.end(line),
}
