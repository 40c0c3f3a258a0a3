import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../server/main.ts'
import { openRoom, openServer } from '../support/live-server.ts'

const BOTS = fileURLToPath(new URL('../bots/bots.ts', import.meta.url))

/** `npm run bots` as somebody types it. */
async function bots(...args: string[]) {
  const child = spawn(process.execPath, [BOTS, ...args], { env: { PATH: process.env['PATH'] } })
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ])
  return { stdout, stderr, code }
}

describe('bots from the command line', () => {
  let server: Running
  let url: string

  beforeAll(async () => {
    server = await openServer()
    url = `http://127.0.0.1:${server.port}`
  })
  afterAll(() => server.close())

  it('[NET-32] drive over a line that is slow, uneven, lossy and cut, and tell what they measured', async () => {
    const { code: room } = await openRoom(server.port)
    const line = ['--latency', '20', '--jitter', '10', '--loss', '0.02', '--cuts', '2']
    const { stdout, stderr, code } = await bots(
      '--url',
      url,
      '--room',
      room,
      '--count',
      '4',
      '--seconds',
      '3',
      '--json',
      ...line,
    )
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
    const report = JSON.parse(stdout) as Record<string, number>
    expect(report).toMatchObject({ seats: 4, lost: 0 })
    expect(report['connects']).toBeGreaterThanOrEqual(8)
    const measured = ['downPerSeat', 'upPerSeat', 'framesPerSecond', 'roundTripP50', 'gapP99']
    expect(measured.filter((name) => !((report[name] ?? 0) > 0))).toEqual([])
    // Twice the line's latency, and no less.
    expect(report['roundTripP50']).toBeGreaterThanOrEqual(40)
  })

  it('[NET-32] say how they are used', async () => {
    const { stdout, code } = await bots('--help')
    expect(code).toBe(0)
    for (const option of [
      '--url',
      '--room',
      '--count',
      '--seconds',
      '--latency',
      '--jitter',
      '--loss',
      '--cuts',
      '--json',
    ])
      expect(stdout).toContain(option)
  })

  it.each([
    [['--speed', '9'], "bots: Unknown option '--speed'"],
    [['--room', 'ABCDEF'], 'bots: --url: '],
    [['--url', 'http://127.0.0.1:1', '--room', 'ABCDEF'], 'bots: --url: no Nuageville answers at http://127.0.0.1:1'],
    [['--url', 'http://127.0.0.1:1', '--room', 'ABCDEF', '--count', '0'], 'bots: --count: '],
  ])('[NET-32] %o is refused in one sentence', async (args, sentence) => {
    const { stderr, code } = await bots(...args)
    expect(code).toBe(1)
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('[NET-32] a room that is not there, or is full, is said in one sentence, and no bot stays', async () => {
    expect(await bots('--url', url, '--room', 'ABCDEF')).toMatchObject({
      code: 1,
      stderr: 'bots: bot 1 was refused: unknown-room (join.room)\n',
    })
    const { code: room } = await openRoom(server.port)
    expect(await bots('--url', url, '--room', room, '--count', '500', '--seconds', '1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('was refused: room-full (join.room)') as unknown,
    })
  })
})
