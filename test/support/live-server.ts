import { io, type Socket } from 'socket.io-client'
import { Decoder, Encoder } from 'socket.io-parser'

import type { DriveInput } from '../../shared/model/command.ts'
import { bytesDecoder, bytesEncoder } from '../../shared/protocol/bytes-parser.ts'
import type { OwnState } from '../../shared/protocol/frame.ts'
import { encodeInputs } from '../../shared/protocol/input-frame.ts'
import type { ClientCommand, CommandName, ReplyOf, Welcome } from '../../shared/protocol/messages.ts'
import { StreetDecoder, type Tracked } from '../../shared/protocol/street-decoder.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { ViewPatch } from '../../shared/protocol/view.ts'
import { nuageville } from './test-city.ts'
import { startServer, type Running } from '../../server/main.ts'

/** A real server on a free port of this machine. */
export const openServer = (env: Readonly<Record<string, string>> = {}): Promise<Running> =>
  startServer({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ...env })

/** What one frame told. The own state comes with some of them. */
interface SeenFrame {
  readonly tick: number
  readonly own: OwnState | null
  readonly ackSeq: number | null
}

/** A real client, as the page would be. */
export interface Player {
  readonly socket: Socket
  readonly frames: SeenFrame[]
  /** What the newest frames have put in view. */
  readonly inView: () => readonly Tracked[]
  readonly patches: ViewPatch[]
  readonly closed: string[]
  ask<N extends CommandName>(name: N, body: ClientCommand<N>): Promise<ReplyOf<N>>
  /** Sends whatever it is given. */
  askAnything(name: string, body: unknown): Promise<unknown>
  /** Sends inputs from `seq` on, one a tick. */
  steer(seq: number, inputs: readonly DriveInput[]): void
  join(order: Omit<ClientCommand<'join'>, 'protocol'>): Promise<Welcome>
  close(): void
}

/** Ticks between two words on what was seen. */
const ACK_STRIDE = 4
const PARSER = { Encoder: bytesEncoder(Encoder), Decoder: bytesDecoder(Decoder) }

export function openPlayer(port: number, options: Parameters<typeof io>[1] = {}): Player {
  const socket = io(`http://127.0.0.1:${port}`, { forceNew: true, reconnection: false, parser: PARSER, ...options })
  const decoder = new StreetDecoder(nuageville)
  const player: Player = {
    socket,
    frames: [],
    inView: () => [...decoder.inView.values()],
    patches: [],
    closed: [],
    ask: (name, body) => socket.timeout(10_000).emitWithAck(name, body) as never,
    askAnything: (name, body) => socket.timeout(10_000).emitWithAck(name, body) as Promise<unknown>,
    steer(seq, inputs) {
      const seenTick = player.frames.at(-1)?.tick ?? 0
      socket.emit('bytes', encodeInputs({ seenTick, inputs: inputs.map((input, i) => ({ seq: seq + i, input })) }))
    },
    async join(order) {
      const reply = await player.ask('join', { protocol: PROTOCOL_VERSION, ...order })
      if (!reply.ok) throw new Error(`refused: ${reply.refusal.code}`)
      return reply.value
    },
    close: () => void socket.disconnect(),
  }
  socket.on('bytes', (bytes: ArrayBuffer) => {
    const frame = decoder.decode(new Uint8Array(bytes))
    if (!frame.ok) throw new Error(frame.error)
    const { tick, own } = frame.value
    if (tick % ACK_STRIDE === 0) socket.emit('bytes', encodeInputs({ seenTick: tick, inputs: [] }))
    player.frames.push({ tick, own: own?.state ?? null, ackSeq: own?.ackSeq16 ?? null })
  })
  socket.on('patch', (patch: ViewPatch) => player.patches.push(patch))
  socket.on('closed', (reason: string) => player.closed.push(reason))
  return player
}

/** The newest own state that was told. */
export const ownOf = ({ frames }: Player) => frames.findLast(({ own }) => own !== null)

/** @returns as soon as `holds` returns something; fails after 20 s with what was waited for */
export async function eventually<T>(what: string, holds: () => T | undefined | null | false): Promise<T> {
  const until = performance.now() + 20_000
  for (;;) {
    const found = holds()
    if (found !== undefined && found !== null && found !== false) return found
    if (performance.now() > until) throw new Error(`waited in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export async function openRoom(port: number): Promise<{ code: string; hostKey: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/rooms`, { method: 'POST' })
  return (await response.json()) as { code: string; hostKey: string }
}
