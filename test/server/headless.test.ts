import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../server/headless.ts', import.meta.url))
const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })

const COUNTS = [
  'datapoints', 'alarmChanges', 'items', 'complianceChanges', 'busEvents', 'matches', 'invocations', 'ends', 'inbox', 'records',
] // prettier-ignore

describe('a city without a screen', () => {
  it('prints what each service did, and the same hash for the same arguments', () => {
    const reports = [1, 2].map(() => {
      const { stdout, status } = run(
        '--scenario',
        'discovery',
        '--seed',
        '7',
        '--bots',
        '20',
        '--seconds',
        '120',
        '--json',
      )
      expect(status).toBe(0)
      return JSON.parse(stdout) as Record<string, number>
    })
    const [first] = reports
    expect(first?.['ticks']).toBe(2400)
    expect(COUNTS.filter((name) => !((first?.[name] ?? 0) > 0))).toEqual([])
    expect(reports[1]?.['hash']).toBe(first?.['hash'])
    expect(run('--seed', '8', '--bots', '20', '--seconds', '5', '--json').stdout).not.toContain(
      `"hash":${first?.['hash']},`,
    )
  })

  it('runs in a generated town of any size', () => {
    const hashes = ['4x3', '4x3', '5x3'].map((size) => {
      const { stdout, status } = run('--size', size, '--seed', '3', '--bots', '10', '--seconds', '5', '--json')
      expect(status).toBe(0)
      return (JSON.parse(stdout) as Record<string, number>)['hash']
    })
    expect(hashes[1]).toBe(hashes[0])
    expect(hashes[2]).not.toBe(hashes[0])
  })

  it.each([
    [['--size', 'large'], '--size: must look like 20x20'],
    [['--size', '1x900'], '--size: must lie between 2x2 and 100x100'],
    [['--scenario', 'nowhere'], 'there is no nowhere'],
    [['--seed', 'x'], '--seed'],
    [['--what'], '--what'],
  ])('says in one line what is wrong with %j', (args, sentence) => {
    const { status, stderr } = run(...args)
    expect(status).toBe(1)
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
