import { describe, expect, it } from 'vitest'

import { openBoards, post } from '../../../server/city/boards.ts'
import type { City } from '../../../server/city/city.ts'
import { writeFunctionLogs } from '../../../server/city/function-logs.ts'
import { noteFine, openJobs } from '../../../server/city/jobs.ts'
import { openLedger, type Letter, type Thing } from '../../../server/city/ledger.ts'
import { neededOf } from '../../../server/city/needed.ts'
import { tick } from '../../../server/city/tick.ts'
import { openWatch } from '../../../server/services/watch/watch.ts'
import type { FunctionLogLine } from '../../../shared/aws/invocation.ts'
import { playMs } from '../../../shared/units.ts'
import { context, later } from '../../support/facts.ts'
import { discovery, openDiscovery } from '../../support/test-city.ts'
import { join, openWorkshop, PLATE, play } from '../../support/workshop.ts'

const at = { playMs: playMs(0), serviceMs: later(0) }

describe('what a city keeps', () => {
  it('[CITY-29] is the log streams of a unit’s newest environments', () => {
    const line = (n: number): FunctionLogLine => ({
      cause: '1/1',
      logGroupName: '/aws/lambda/issue-fine',
      logStreamName: `2026/03/14/[$LATEST]${n}`,
      timestamp: later(n),
      message: `START ${n}`,
    })
    let watch = openWatch({ now: later(0) })
    for (let n = 1; n <= 100; n += 1) watch = writeFunctionLogs(watch, [line(n)], context(later(n)))
    const group = watch.logs['/aws/lambda/issue-fine']
    expect(Object.keys(group?.streams ?? {})).toHaveLength(32)
    expect(group?.events.map(({ message }) => message)).toEqual(Array.from({ length: 32 }, (_, i) => `START ${i + 69}`))
  })

  it('[CITY-29] is the newest thousand fines of the book', () => {
    let jobs = openJobs()
    for (let n = 1; n <= 1200; n += 1) jobs = noteFine(jobs, `key ${n}`, `${n}/1`)
    expect(Object.keys(jobs.fined)).toHaveLength(1000)
    expect([jobs.fined['key 200'], jobs.fined['key 201'], jobs.fined['key 1200']]).toEqual([
      undefined,
      '201/1',
      '1200/1',
    ])
  })

  it.each([
    [null, 0],
    ['s1', 1],
  ])('[CITY-29] is letters, but not those of traffic that has left (seat %s: %d)', (seatId, kept) => {
    const letter = { id: '2/1', cause: '1/1', plate: 'NV-001', entry: { kind: 'fine', id: '2/1' } } as unknown as Letter
    const left = { kind: 'vehicle-left', id: '3/1', cause: null, plate: 'NV-001', seatId } as const
    const fined = post(openBoards(), [{ kind: 'letter', it: letter }], { at, ledger: openLedger() })
    expect(Object.keys(fined.inboxes)).toHaveLength(1)
    const things: readonly Thing[] = [{ kind: 'fact', it: left }]
    const after = post(fined, things, { at, ledger: openLedger() })
    expect([Object.keys(after.inboxes).length, Object.keys(after.fines).length]).toEqual([kept, kept])
  })
})

describe('sixteen hours of city time with 300 vehicles', () => {
  const VEHICLES = 300
  /** How many things a list may hold; what is not named here holds no more than `OTHERS`. */
  const BOUNDS: Readonly<Record<string, number>> = {
    'ledger.recent': 4096 + 512,
    'ledger.pinned': 4096,
    'ledger.effects': 4096 + 512 + 4096,
    'watch.history': 500,
    // One series for each camera and plate on the road, and those of the services themselves.
    'watch.metrics': 10 * VEHICLES,
    'watch.alarms': 2 * VEHICLES,
    'watch.logs.*.events': 500,
    'watch.metrics.*.series.None': 100,
    'watch.metrics.*.series.Count': 100,
    'watch.metrics.*.series.Milliseconds': 100,
    'trail.history.*': 1000,
    // On the road, or gone and still remembered.
    'config.resources': VEHICLES + 200,
    'config.rules.*.results': VEHICLES + 200,
    'jobs.fined': 1000,
    'boards.inboxes': VEHICLES,
    'boards.fines': VEHICLES,
    'boards.logbook.newest': 80,
  }
  const OTHERS = 64

  /** Lists, maps and tables (objects with as many members as there are plates, rules, …) with their sizes. */
  function sizes(value: unknown, path: string, found: Map<string, number>): Map<string, number> {
    if (typeof value !== 'object' || value === null) return found
    const isTable = Object.keys(value).some((key) => !/^[A-Za-z]{1,24}$/.test(key))
    const isList = Array.isArray(value) || isTable || value instanceof Map
    const size = value instanceof Map ? value.size : Object.keys(value).length
    if (isList) found.set(path, Math.max(size, found.get(path) ?? 0))
    if (value instanceof Map) return found
    for (const [key, inner] of Object.entries(value)) sizes(inner, `${path}.${isList ? '*' : key}`, found)
    return found
  }

  const sizesOf = (city: City, found: Map<string, number>) => {
    const { world: _, map: _map, scenario: _scenario, ...kept } = city
    for (const [name, part] of Object.entries(kept)) sizes(part, name, found)
  }

  it('[CITY-32] leaves every list of the state within its bound, and most of the bounded ones full', () => {
    const scenario = { ...discovery, clock: { ...discovery.clock, scale: 60 } }
    let city = openDiscovery({ bots: VEHICLES, scenario })
    const most = new Map<string, number>()
    for (let n = 1; n <= 16 * 60 * 20; n += 1) {
      city = tick(city, [])
      if (n % 600 === 0) sizesOf(city, most)
    }
    const over = [...most].filter(([path, size]) => size > (BOUNDS[path] ?? OTHERS))
    expect(over).toEqual([])
    const full = ['ledger.recent', 'watch.logs.*.events', 'boards.feed.newest', 'boards.logbook.newest']
    expect(full.filter((path) => (most.get(path) ?? 0) < 0.95 * (BOUNDS[path] ?? 60))).toEqual([])
  })
})

describe('a mailbox', () => {
  it('[CITY-29] holds the newest fifty letters of a driver, and five of traffic that nobody drives', () => {
    const letter = (n: number, plate: string) =>
      ({
        kind: 'letter',
        it: { id: `${n}/1`, cause: '1/1', plate, entry: { kind: 'fine', id: `${n}/1` } },
      }) as unknown as Thing
    let boards = openBoards()
    for (let n = 1; n <= 60; n += 1)
      boards = post(boards, [letter(n, 'NV-001'), letter(n, PLATE)], { at, ledger: openLedger(), drivers: [PLATE] })
    const ids = (plate: string) => boards.inboxes[plate]?.newest.map(({ id }) => id)
    expect(ids('NV-001')).toEqual(['56/1', '57/1', '58/1', '59/1', '60/1'])
    expect(ids(PLATE)).toEqual(Array.from({ length: 50 }, (_, i) => `${i + 11}/1`))
    expect([boards.inboxes['NV-001']?.total, boards.inboxes[PLATE]?.total]).toEqual([60, 60])
  })
})

describe('what is still needed', () => {
  it('[CITY-14] is what screens show, then what is under way, then the letters of drivers', () => {
    const { city } = play(openWorkshop(20), 2400, { begin: [join] })
    const needed = neededOf(city, city.boards)
    const newest = city.boards.feed.newest.at(-1)?.id
    expect(needed[0]).toBe(newest)
    expect(needed).toEqual(expect.arrayContaining(city.boards.logbook.newest.map(({ id }) => id)))
    expect(needed).toEqual(expect.arrayContaining(city.lambda.queue.map(({ cause }) => cause)))
    const letters = city.boards.inboxes[PLATE]?.newest.map(({ id }) => id).toReversed() ?? []
    expect(letters.length).toBeGreaterThan(0)
    expect(needed.slice(-letters.length)).toEqual(letters)
  })
})
