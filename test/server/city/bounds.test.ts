import { describe, expect, it } from 'vitest'

import { openBoards, post } from '../../../server/city/boards.ts'
import { writeFunctionLogs } from '../../../server/city/function-logs.ts'
import { noteFine, openJobs } from '../../../server/city/jobs.ts'
import { openLedger, type Letter, type Thing } from '../../../server/city/ledger.ts'
import { openWatch } from '../../../server/services/watch/watch.ts'
import type { FunctionLogLine } from '../../../shared/aws/invocation.ts'
import { playMs } from '../../../shared/units.ts'
import { context, later } from '../../support/facts.ts'

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
