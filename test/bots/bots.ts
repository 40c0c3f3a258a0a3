import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import * as z from 'zod'

import { openCuttingProxy, type CuttingProxy } from '../support/cutting-proxy.ts'
import { nuageville } from '../support/test-city.ts'
import { clearCounts, openCrowd, reportCrowd, type CrowdReport } from './crowd.ts'

/**
 * `npm run bots -- --url http://localhost:3000 --room ABCDEF --count 30 --seconds 60`: seats bots at a running server,
 * for load and for lonely evenings. `--latency`, `--jitter` (ms, each way) and `--loss` (share) spoil the line, `--cuts`
 * tears every connection down that many times. TCP loses nothing: what is lost comes late instead.
 */
const options = z.object({
  url: z.url(),
  room: z.string().regex(/^[A-HJKMNP-Z2-9]{6}$/),
  count: z.coerce.number().int().min(1).max(500).default(30),
  seconds: z.coerce.number().positive().max(86_400).default(60),
  latency: z.coerce.number().min(0).max(5000).default(0),
  jitter: z.coerce.number().min(0).max(5000).default(0),
  loss: z.coerce.number().min(0).max(0.9).default(0),
  cuts: z.coerce.number().int().min(0).max(1000).default(0),
  json: z.boolean().default(false),
})

const USAGE = `npm run bots -- --url http://localhost:3000 --room ABCDEF [options]
  --count 30      bots, each with a seat of its own
  --seconds 60    how long they drive
  --latency 0     milliseconds more, each way
  --jitter 0      up to so many milliseconds on top, each way
  --loss 0        share of messages that come a resend later, 0 to 0.9
  --cuts 0        times that every connection is torn down
  --json          the report as JSON
`

/** How the report reads; as JSON it has the names of its members. */
const LABELS: Record<keyof CrowdReport, string> = {
  seats: 'seats',
  seconds: 'seconds',
  downPerSeat: 'bytes/s down, a seat',
  upPerSeat: 'bytes/s up, a seat',
  framesPerSecond: 'snapshots/s, a seat',
  roundTripP50: 'round trip p50, ms',
  roundTripP99: 'round trip p99, ms',
  gapP50: 'snapshot gap p50, ms',
  gapP99: 'snapshot gap p99, ms',
  corrections: 'corrections/min, a seat',
  connects: 'connections built',
  lost: 'seats lost',
}

const argument = { type: 'string' } as const
const OPTIONS = {
  url: argument,
  room: argument,
  count: argument,
  seconds: argument,
  latency: argument,
  jitter: argument,
  loss: argument,
  cuts: argument,
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** A page would try again for ever; whoever types a command wants to know. */
async function expectServer(url: string): Promise<void> {
  const answer = await fetch(new URL('/healthz', url)).catch(() => null)
  if (!answer?.ok) throw new Error(`--url: no Nuageville answers at ${url}`)
}

async function run(wanted: z.infer<typeof options>): Promise<void> {
  const { latency: latencyMs, jitter: jitterMs, loss, cuts, seconds } = wanted
  const target = new URL(wanted.url)
  await expectServer(wanted.url)
  const isSpoilt = latencyMs + jitterMs + loss + cuts > 0
  const proxy: CuttingProxy | null = isSpoilt
    ? await openCuttingProxy(Number(target.port || 80), { host: target.hostname, latencyMs, jitterMs, loss })
    : null
  const url = proxy === null ? wanted.url : `http://127.0.0.1:${proxy.port}`
  const bots = await openCrowd({ url, room: wanted.room, count: wanted.count, map: nuageville })
  clearCounts(bots)
  const from = performance.now()
  for (let cut = 0; cut <= cuts; cut += 1) {
    const part = (seconds * 1000) / (cuts + 1)
    for (let left = part; left > 0; left -= 2000) {
      await wait(Math.min(left, 2000))
      await Promise.all(bots.map((bot) => bot.ping()))
    }
    if (cut < cuts) proxy?.cutAll()
  }
  const report = reportCrowd(bots, (performance.now() - from) / 1000)
  for (const bot of bots) bot.close()
  await proxy?.close()
  console.log(
    wanted.json
      ? JSON.stringify(report)
      : Object.entries(report)
          .map(([name, value]) => `${LABELS[name as keyof CrowdReport].padEnd(26)}${value}`)
          .join('\n'),
  )
}

/** @throws with one sentence when an option is wrong, the server is not there or a bot is refused */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS })
  if (values.help) {
    process.stdout.write(USAGE)
    return
  }
  const wanted = options.safeParse(values)
  const issue = wanted.error?.issues[0]
  if (wanted.success) await run(wanted.data)
  else throw new Error(`--${String(issue?.path[0])}: ${issue?.message}`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`bots: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
