import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { CrowdReport } from '../bots/crowd.ts'

/**
 * `npm run bench:room [-- --rooms 2 --seats 30 --seconds 20 --light]`: a real server in one process, bots in another.
 * How many seats one core carries at 20 ticks a second is reckoned from the processor time that these cost. Bots are the
 * client's own feed; with `--light` they only speak the protocol, so that a thousand of them fit on one core, and half of
 * them hold the pedal down while the assists steer.
 *
 * Beside it, with as many clients, payloads of the same sizes and as many answers: what a frame costs a server without a
 * game, over Socket.IO as the game has it set up, and over bare `ws`. `transportRatio` is one to the other; `frameRatio`
 * is the whole game to bare `ws`.
 */
const argument = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1] ?? otherwise)
}

/** Share of a core that a server may use, so that a tick is never late. */
const FULL = 0.7
/** The class has set off, what it runs is compiled, and its memory has grown to its size: a lesson is longer than that. */
const SETTLE_MS = 20_000
/** Without a game there is less of it. */
const LINES_SETTLE_MS = 3000
/** Classes do not begin in the same second: their minutes, by AWS's clock five seconds long, end at different moments. */
const OPENING_MS = 5000
/** Bytes of an answer, and the payload's size where the bots have not told theirs. */
const UP = 12
const USUAL_SIZE = 24

/** What `npm start` asks of Node: every process here runs with the same. */
function startFlags(): string[] {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { scripts } = JSON.parse(manifest) as { readonly scripts: { readonly start: string } }
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}

const start = (file: string, ...args: string[]): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: startFlags(),
  })

async function ask<T>(child: ChildProcess, word: string): Promise<T> {
  const answer = once(child, 'message')
  child.send(word)
  return (await answer)[0] as T
}

interface Health {
  readonly tickLag: { readonly p99: number }
  readonly slippedTicks: number
}

interface Wanted {
  readonly rooms: number
  readonly seats: number
  readonly seconds: number
  readonly bots: 'full' | 'light'
}

/** A server counts by address how many rooms are opened: each of these comes from another. */
async function openRoom(port: number, localAddress: string): Promise<string> {
  const asked = request({ host: '127.0.0.1', port, path: '/api/rooms', method: 'POST', localAddress })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return ((await json(answer)) as { code: string }).code
}

async function play({ rooms, seats, seconds, bots: kind }: Wanted) {
  const server = start('room-server.ts', String(rooms))
  const [{ port }] = (await once(server, 'message')) as [{ port: number }]
  const url = `http://127.0.0.1:${port}`
  const codes: string[] = []
  for (let i = 0; i < rooms; i += 1) {
    codes.push(await openRoom(port, `127.0.1.${i + 1}`))
    await wait(OPENING_MS / rooms)
  }
  const bots = start('room-bots.ts', url, codes.join(','), String(seats), kind)
  await once(bots, 'message')
  await wait(SETTLE_MS)
  const health = async () => (await (await fetch(`${url}/healthz`)).json()) as Health
  const slippedBefore = (await health()).slippedTicks
  bots.send('start')
  server.send('start')
  const from = performance.now()
  await wait(seconds * 1000)
  const { cpuMs, rss } = await ask<{ cpuMs: number; rss: number }>(server, 'report')
  const passedMs = performance.now() - from
  const { tickLag, slippedTicks } = await health()
  const crowd = await ask<CrowdReport & { sizes: readonly number[] }>(bots, 'report')
  bots.kill()
  server.kill()
  return { crowd, cpuMs, rss, passedMs, tickLagP99: tickLag.p99, slipped: slippedTicks - slippedBefore }
}

/** Microseconds that a frame costs a server without a game. */
async function frameCost(kind: 'ws' | 'socketio', count: number, sizes: readonly number[]): Promise<number> {
  const server = start('room-lines.ts', kind, (sizes.length > 0 ? sizes : [USUAL_SIZE]).join(','))
  const [{ port }] = (await once(server, 'message')) as [{ port: number }]
  const ears = start('room-ears.ts', String(port), String(count), kind, String(UP))
  await once(ears, 'message')
  await wait(LINES_SETTLE_MS)
  server.send('start')
  await wait(Math.min(10, argument('seconds', 10)) * 1000)
  const { cpuMs, frames } = await ask<{ cpuMs: number; frames: number }>(server, 'report')
  ears.kill()
  server.kill()
  return (cpuMs * 1000) / frames
}

const round = (value: number, steps: number) => Math.round(value * steps) / steps

async function bench(wanted: Wanted) {
  const { crowd, cpuMs, passedMs, rss, tickLagP99, slipped } = await play(wanted)
  const socketio = await frameCost('socketio', crowd.seats, crowd.sizes)
  const ws = await frameCost('ws', crowd.seats, crowd.sizes)
  const cpu = cpuMs / passedMs
  const frames = crowd.framesPerSecond * crowd.seats * (passedMs / 1000)
  const ours = (cpuMs * 1000) / frames
  return {
    seats: crowd.seats,
    cpu: round(cpu, 1000),
    tickLagP99,
    slipped,
    downPerSeat: crowd.downPerSeat,
    upPerSeat: crowd.upPerSeat,
    rooms: wanted.rooms,
    bots: wanted.bots,
    seatsPerCore: Math.round((crowd.seats / cpu) * FULL),
    classesPerCore: Math.floor(((crowd.seats / cpu) * FULL) / 30),
    framesPerSecond: crowd.framesPerSecond,
    gapP99: crowd.gapP99,
    ...(wanted.bots === 'full' ? { corrections: crowd.corrections } : {}),
    rssMB: Math.round(rss / 1e6),
    microsPerFrame: round(ours, 10),
    microsPerFrameSocketIo: round(socketio, 10),
    microsPerFrameWs: round(ws, 10),
    transportRatio: round(socketio / ws, 100),
    frameRatio: round(ours / ws, 100),
  }
}

const report = await bench({
  rooms: argument('rooms', 2),
  seats: argument('seats', 30),
  seconds: argument('seconds', 20),
  bots: process.argv.includes('--light') ? 'light' : 'full',
})
for (const [name, value] of Object.entries(report)) console.log(`${name.padEnd(24)}${value}`)
if (process.argv.includes('--json')) console.log(JSON.stringify(report))
