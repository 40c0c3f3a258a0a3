import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { CrowdReport } from '../bots/crowd.ts'

/**
 * `npm run bench:room [-- --rooms 1 --seats 30 --seconds 20]`: a real server in one process, real Socket.IO bots in
 * another. How many seats one core carries at 20 ticks a second is reckoned from the processor time that these cost.
 */
const argument = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1] ?? otherwise)
}

/** Share of a core that a server may use, so that a tick is never late. */
const FULL = 0.7

const start = (file: string, ...args: string[]): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

async function ask<T>(child: ChildProcess, word: string): Promise<T> {
  const answer = once(child, 'message')
  child.send(word)
  return (await answer)[0] as T
}

interface Health {
  readonly tickLag: { readonly p99: number }
  readonly slippedTicks: number
}

async function bench(rooms: number, seats: number, seconds: number) {
  const server = start('room-server.ts', String(rooms))
  const [{ port }] = (await once(server, 'message')) as [{ port: number }]
  const url = `http://127.0.0.1:${port}`
  const codes: string[] = []
  for (let i = 0; i < rooms; i += 1) {
    const opened = (await (await fetch(`${url}/api/rooms`, { method: 'POST' })).json()) as { code: string }
    codes.push(opened.code)
  }
  const bots = start('room-bots.ts', url, codes.join(','), String(seats))
  await once(bots, 'message')
  await wait(2000)
  const health = async () => (await (await fetch(`${url}/healthz`)).json()) as Health
  const slippedBefore = (await health()).slippedTicks
  bots.send('start')
  server.send('start')
  const from = performance.now()
  await wait(seconds * 1000)
  const { cpuMs, rss } = await ask<{ cpuMs: number; rss: number }>(server, 'report')
  const cpu = cpuMs / (performance.now() - from)
  const { tickLag, slippedTicks } = await health()
  const crowd = await ask<CrowdReport>(bots, 'report')
  bots.kill()
  server.kill()
  const round = (value: number, steps: number) => Math.round(value * steps) / steps
  return {
    rooms,
    seats: crowd.seats,
    cpu: round(cpu, 1000),
    tickLagP99: tickLag.p99,
    slipped: slippedTicks - slippedBefore,
    downPerSeat: crowd.downPerSeat,
    upPerSeat: crowd.upPerSeat,
    seatsPerCore: Math.round((crowd.seats / cpu) * FULL),
    classesPerCore: Math.floor(((rooms / cpu) * FULL * seats) / 30),
    gapP99: crowd.gapP99,
    corrections: crowd.corrections,
    rssMB: Math.round(rss / 1e6),
  }
}

const report = await bench(argument('rooms', 2), argument('seats', 30), argument('seconds', 20))
for (const [name, value] of Object.entries(report)) console.log(`${name.padEnd(16)}${value}`)
if (process.argv.includes('--json')) console.log(JSON.stringify(report))
