import { describe, expect, it } from 'vitest'

import { busArn } from '../../../../shared/aws/account.ts'
import { toEnvelope } from '../../../../shared/aws/event.ts'
import {
  createArchive,
  deleteArchive,
  describeArchive,
  listArchives,
  updateArchive,
} from '../../../../server/services/bridge/archives.ts'
import {
  cancelReplay,
  describeReplay,
  listReplays,
  startReplay,
  type ReplayInput,
} from '../../../../server/services/bridge/replays.ts'
import type { BridgeState } from '../../../../server/services/bridge/state.ts'
import { after, entry, fines, open, put, refusal, SPEEDING, START, step, value, withTargets } from './kit.ts'

const DAY = 86_400
const ARCHIVE = { archiveName: 'memory', eventSourceArn: busArn('default') }
const archiveArn = 'arn:aws:events:eu-west-3:111122223333:archive/memory'

const withArchive = (changes = {}, state: BridgeState = withTargets(fines)) =>
  value(createArchive(state, { ...ARCHIVE, ...changes }, START)).state

const replayOf = (changes: Partial<ReplayInput> = {}): ReplayInput => ({
  replayName: 'again',
  eventSourceArn: archiveArn,
  destination: { arn: busArn('default') },
  eventStartTime: START,
  eventEndTime: after(600),
  ...changes,
})

const countIn = (state: BridgeState) => value(describeArchive(state, { archiveName: 'memory' })).eventCount

/** Steps until no replay runs. @returns the events of each step */
function runReplays(from: BridgeState, seconds: number) {
  const steps = []
  let state = from
  for (let at = seconds; state.due !== null; at += 0.6) {
    const result = step(state, at)
    steps.push(result)
    state = result.state
  }
  return { state, steps: steps.filter((result) => result.events.length > 0) }
}

describe('an archive', () => {
  it('[BRIDGE-64] keeps what its pattern matches, from its creation on', () => {
    const early = put(withTargets(fines)).state
    let state = withArchive({ eventPattern: '{"detail":{"speedKmh":[{"numeric":[">",100]}]}}' }, early)
    state = put(state).state
    state = put(state, { detail: { speedKmh: 90 } }).state
    const { eventCount, sizeBytes } = value(describeArchive(state, { archiveName: 'memory' }))
    expect(eventCount).toBe(1)
    expect(sizeBytes).toBeGreaterThan(200)
  })

  it('[BRIDGE-64] listens to its own bus only', () => {
    const state = withArchive({ eventSourceArn: busArn('other') }, open({ buses: ['other'] }))
    expect(countIn(put(state).state)).toBe(0)
    expect(countIn(put(state, { eventBusName: 'other' }).state)).toBe(1)
  })

  it('[BRIDGE-64] forgets after its retention days, or never', () => {
    const fill = (retentionDays: number) => {
      const first = put(withArchive({ retentionDays }), { time: START }, 0).state
      return put(first, { time: after(2 * DAY) }, 2 * DAY).state
    }
    expect(countIn(fill(0))).toBe(2)
    expect(countIn(fill(2))).toBe(2)
    expect(countIn(fill(1))).toBe(1)
  })

  it('[BRIDGE-64] sorts by time what comes late', () => {
    let state = withArchive()
    for (const second of [200, 10, 130, 20]) state = put(state, { time: after(second) }).state
    expect(state.kept['memory']?.map(({ events }) => events.map(({ time }) => (time - START) / 1000))).toEqual([
      [10, 20],
      [130],
      [200],
    ])
  })

  it('[BRIDGE-69] can be changed, described, listed and deleted', () => {
    const state = put(withArchive()).state
    const changed = value(updateArchive(state, { archiveName: 'memory', retentionDays: 3 })).state
    expect(value(describeArchive(changed, { archiveName: 'memory' }))).toMatchObject({
      archiveName: 'memory',
      archiveArn,
      eventSourceArn: busArn('default'),
      retentionDays: 3,
      state: 'ENABLED',
      creationTime: START,
      eventCount: 1,
    })
    expect(listArchives(changed, { namePrefix: 'mem' })).toHaveLength(1)
    expect(listArchives(changed, { namePrefix: 'x' })).toEqual([])
    const gone = value(deleteArchive(changed, { archiveName: 'memory' })).state
    expect([gone.archives, gone.kept]).toEqual([[], {}])
    const replaying = value(startReplay(state, replayOf(), after(60))).state
    expect(refusal(deleteArchive(replaying, { archiveName: 'memory' })).message).toMatch(/being replayed/)
  })

  it.each<readonly [object, string]>([
    [{ archiveName: 'two words' }, 'ValidationException'],
    [{ archiveName: 'x'.repeat(49) }, 'ValidationException'],
    [{ archiveName: 'other', eventSourceArn: busArn('none') }, 'ResourceNotFoundException'],
    [{ archiveName: 'other', eventPattern: '{}' }, 'InvalidEventPatternException'],
    [{ archiveName: 'other', retentionDays: -1 }, 'ValidationException'],
    [{ archiveName: 'memory' }, 'ResourceAlreadyExistsException'],
  ])('[BRIDGE-34] cannot be created with %j', (changes, code) => {
    expect(refusal(createArchive(withArchive(), { ...ARCHIVE, ...changes }, START)).code).toBe(code)
  })

  it('[BRIDGE-34] that does not exist is not found', () => {
    const ref = { archiveName: 'none' }
    for (const result of [describeArchive(open(), ref), deleteArchive(open(), ref), updateArchive(open(), ref)])
      expect(refusal(result).code).toBe('ResourceNotFoundException')
    expect(refusal(updateArchive(withArchive(), { archiveName: 'memory', eventPattern: '{}' })).code).toBe(
      'InvalidEventPatternException',
    )
  })
})

describe('a replay', () => {
  const archived = () => {
    const state = withArchive()
    const entries = [10, 200, 20, 130].map((second) => entry({ time: after(second), detail: { second } }))
    return step(state, 200, { entries }).state
  }

  it('[BRIDGE-65] sends the events of its span again, minute by minute', () => {
    const started = value(startReplay(archived(), replayOf({ eventEndTime: after(150) }), after(300)))
    expect(started.replay).toMatchObject({ state: 'STARTING', replayStartTime: after(300) })
    const { state, steps } = runReplays(started.state, 300)
    expect(steps.map(({ events }) => events.map(({ detail }) => detail['second']))).toEqual([[10, 20], [130]])
    expect(steps[0]?.dispatches).toHaveLength(2)
    expect(value(describeReplay(state, { replayName: 'again' }))).toMatchObject({
      state: 'COMPLETED',
      eventLastReplayedTime: after(180) - 1,
    })
  })

  it('[BRIDGE-65] marks them and names the first event as their cause', () => {
    const first = put(withArchive(), { time: START })
    const { steps } = runReplays(value(startReplay(first.state, replayOf(), after(60))).state, 60)
    const [again] = steps[0]?.events ?? []
    expect(again).toMatchObject({ cause: first.events[0]?.id, eventId: first.events[0]?.eventId, replayName: 'again' })
    expect(steps[0]?.events.map(toEnvelope)[0]).toMatchObject({ 'replay-name': 'again' })
  })

  it('[BRIDGE-65] is hidden from rules that ask for events without a replay', () => {
    const rule = { name: 'fresh', eventPattern: '{"replay-name":[{"exists":false}]}', targets: [fines] }
    const first = put(withArchive({}, open({ rules: [rule] })), { time: START })
    expect(first.matches).toHaveLength(1)
    const { steps } = runReplays(value(startReplay(first.state, replayOf(), after(60))).state, 60)
    expect(steps.map(({ matches }) => matches)).toEqual([[]])
  })

  it('[BRIDGE-66] is not archived again and reaches only the rules it names', () => {
    const rules = ['a', 'b'].map((name) => ({ name, eventPattern: SPEEDING, targets: [fines] }))
    const first = put(withArchive({}, open({ rules })), { time: START }).state
    const filterArns = ['arn:aws:events:eu-west-3:111122223333:rule/b']
    const input = replayOf({ destination: { arn: busArn('default'), filterArns } })
    const { state, steps } = runReplays(value(startReplay(first, input, after(60))).state, 60)
    expect(steps.flatMap(({ matches }) => matches.map(({ ruleName }) => ruleName))).toEqual(['b'])
    expect(countIn(state)).toBe(1)
  })

  it.each<readonly [Partial<ReplayInput>, string, RegExp]>([
    [{ replayName: 'two words' }, 'ValidationException', /ReplayName/],
    [{ eventSourceArn: `${archiveArn}x` }, 'ResourceNotFoundException', /^Archive memoryx does not exist\.$/],
    [{ destination: { arn: busArn('other') } }, 'ValidationException', /Cross event bus replay is not permitted\.$/],
    [{ eventEndTime: START }, 'ValidationException', /EventEndTime/],
  ])('[BRIDGE-67] with %j is refused', (changes, code, message) => {
    const refused = refusal(startReplay(withArchive({}, open({ buses: ['other'] })), replayOf(changes), START))
    expect(refused).toMatchObject({ code, message: expect.stringMatching(message) })
  })

  it('[BRIDGE-67] is one of ten at most', () => {
    let state = withArchive()
    for (let n = 0; n < 10; n += 1) state = value(startReplay(state, replayOf({ replayName: `r${n}` }), START)).state
    expect(refusal(startReplay(state, replayOf(), START)).code).toBe('LimitExceededException')
    expect(refusal(startReplay(state, replayOf({ replayName: 'r1' }), START)).code).toBe(
      'ResourceAlreadyExistsException',
    )
    const done = runReplays(state, 1).state
    expect(startReplay(done, replayOf(), START).ok).toBe(true)
    expect(listReplays(done, { replayState: 'COMPLETED' })).toHaveLength(10)
    expect(listReplays(done, { namePrefix: 'r1' })).toHaveLength(1)
  })

  it('[BRIDGE-68] can be cancelled while it runs', () => {
    const running = step(value(startReplay(archived(), replayOf(), after(300))).state, 300).state
    const cancelled = value(cancelReplay(running, { replayName: 'again' }))
    expect(cancelled.replay.state).toBe('CANCELLING')
    const { state, steps } = runReplays(cancelled.state, 301)
    expect(steps).toEqual([])
    expect(value(describeReplay(state, { replayName: 'again' })).state).toBe('CANCELLED')
    expect(refusal(cancelReplay(state, { replayName: 'again' })).code).toBe('IllegalStatusException')
    expect(refusal(cancelReplay(state, { replayName: 'none' })).code).toBe('ResourceNotFoundException')
    expect(refusal(describeReplay(state, { replayName: 'none' })).code).toBe('ResourceNotFoundException')
  })
})
