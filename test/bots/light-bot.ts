import { WebSocket } from 'ws'

import { PART } from '../../shared/protocol/frame.ts'
import { encodeInputs, type SentInput } from '../../shared/protocol/input-frame.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'

/** Posts of hands at rest, and of hands that keep on doing the same, carry this many ticks, as the client's do. */
const REST_STRIDE = 4
const STEADY_STRIDE = 2
const DRIVING = { throttle: 1, steering: 0, handbrake: false }
const AT_REST = { throttle: 0, steering: 0, handbrake: false }
const ASSISTED = { steering: true, braking: true, speedCap: 1, autopilot: false }
const DRIVEN = { steering: false, braking: false, speedCap: 1, autopilot: true }

interface LightCounts {
  bytesDown: number
  bytesUp: number
  frames: number
  /** Milliseconds between two frames. */
  readonly gaps: number[]
  /** Bytes of the newest frames. */
  readonly sizes: number[]
}

export interface LightBot {
  readonly counts: LightCounts
  close(): void
}

export interface LightBotSettings {
  /** Where, as `ws://host:port`. */
  readonly url: string
  readonly room: string
  readonly name: string
  /** The address of this machine to come from: a server counts joins by address. */
  readonly from: string
  /** Lets the server drive: hands at rest. Otherwise the foot is down, and the assists steer and brake. */
  readonly autopilot: boolean
}

/**
 * A seat that speaks Engine.IO and Socket.IO over a bare WebSocket and draws nothing: it reads of each frame only the
 * tick, and answers as often and as much as the client does. So that a core of them loads a core of server.
 */
export function openLightBot(settings: LightBotSettings): Promise<LightBot> {
  const counts: LightCounts = { bytesDown: 0, bytesUp: 0, frames: 0, gaps: [], sizes: [] }
  const socket = new WebSocket(`${settings.url}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
    localAddress: settings.from,
  })
  socket.binaryType = 'nodebuffer'
  const hands = openHands(settings.autopilot)
  let lastMs = 0

  function send(data: string | Uint8Array): void {
    counts.bytesUp += data.length
    socket.send(data)
  }

  function hear(frame: Uint8Array): void {
    const nowMs = performance.now()
    counts.frames += 1
    counts.sizes.push(frame.length)
    if (lastMs > 0) counts.gaps.push(nowMs - lastMs)
    lastMs = nowMs
    const post = hands(frame)
    if (post !== null) send(post)
  }

  return new Promise((resolve, reject) => {
    const answers: Readonly<Record<string, (text: string) => void>> = {
      // Engine.IO has opened: connect to the game's namespace, then ask for a seat (ack 0), then for the assists (ack 1).
      '0': () => send('40'),
      '2': () => send('3'),
      '40': () => {
        const { room, name } = settings
        send(`420${JSON.stringify(['join', { protocol: PROTOCOL_VERSION, room, role: 'driver', name }])}`)
      },
      '430': (text) => {
        const [reply] = JSON.parse(text) as [{ readonly ok: boolean }]
        if (!reply.ok) reject(new Error(`refused: ${text}`))
        send(`421${JSON.stringify(['assist', settings.autopilot ? DRIVEN : ASSISTED])}`)
        resolve({ counts, close: () => socket.close() })
      },
    }
    socket.on('error', reject)
    socket.on('message', (data: Buffer, isBinary) => {
      counts.bytesDown += data.length
      if (isBinary) hear(data)
      else {
        const [head = '', rest = ''] = /^(\d+)(.*)$/su.exec(data.toString())?.slice(1) ?? []
        answers[head]?.(rest)
      }
    })
  })
}

/** @returns for each frame what there is to answer, `null` for nothing yet */
function openHands(isAtRest: boolean): (frame: Uint8Array) => Uint8Array | null {
  let tick = 0
  let seq = 0
  let unsent: SentInput[] = []
  return (frame) => {
    const view = new DataView(frame.buffer, frame.byteOffset)
    tick = view.getUint8(0) & PART.whole ? view.getUint32(1, true) : tick + (((view.getUint8(1) - tick) << 24) >> 24)
    seq += 1
    unsent.push({ seq, input: isAtRest ? AT_REST : DRIVING })
    if (unsent.length < (isAtRest ? REST_STRIDE : STEADY_STRIDE)) return null
    const post = encodeInputs({ seenTick: tick, inputs: unsent })
    unsent = []
    return post
  }
}
