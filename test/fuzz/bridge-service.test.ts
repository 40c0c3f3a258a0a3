import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { busArn } from '../../shared/aws/account.ts'
import type { Handover } from '../../shared/aws/event.ts'
import { compareCauseIds, openIds, type CauseId } from '../../shared/ids.ts'
import { serviceMs } from '../../shared/units.ts'
import { createArchive } from '../../server/services/bridge/archives.ts'
import { openBridge, stepBridge } from '../../server/services/bridge/bridge.ts'
import { putEvents } from '../../server/services/bridge/put-events.ts'
import { startReplay } from '../../server/services/bridge/replays.ts'
import { deleteRule, disableRule, enableRule, putRule } from '../../server/services/bridge/rules.ts'
import type { BridgeState } from '../../server/services/bridge/state.ts'
import { putTargets, removeTargets } from '../../server/services/bridge/targets.ts'

const START = 1_773_480_360_000
const SEED = 11
const names = fc.constantFrom('a', 'b', 'c')
const sources = fc.constantFrom('city.camera', 'city.hall', 'aws.config')
const outcomes = fc.constantFrom<Handover['outcome']>('ACCEPTED', 'ACCEPTED', 'NO_RESOURCE', 'THROTTLING', 'TIMEOUT')

type Move = (state: BridgeState, now: number, tick: number) => BridgeState
const keepOr = (
  state: BridgeState,
  result: { readonly ok: boolean; readonly value?: { readonly state: BridgeState } },
) => result.value?.state ?? state

/** What players and lessons do between steps; refusals leave everything as it was. */
const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.tuple(names, sources, fc.boolean()).map(([name, source, isTimed]): Move => (state, now) => {
    const eventPattern = JSON.stringify({ source: [source] })
    const input = { name, eventPattern, ...(isTimed ? { scheduleExpression: 'rate(1 minute)' } : {}) }
    return keepOr(state, putRule(state, input, serviceMs(now)))
  }),
  fc.tuple(names, names, fc.nat({ max: 2 })).map(([rule, id, maximumRetryAttempts]): Move => (state) => {
    const target = {
      id,
      arn: `arn:aws:lambda:eu-west-3:111122223333:function:${id}`,
      retryPolicy: { maximumRetryAttempts },
    }
    const deadLetterConfig = { arn: 'arn:aws:sqs:eu-west-3:111122223333:lost' }
    return keepOr(state, putTargets(state, { rule, targets: [{ ...target, deadLetterConfig }] }))
  }),
  fc.tuple(names, names).map(
    ([rule, id]): Move =>
      (state) =>
        keepOr(state, removeTargets(state, { rule, ids: [id] })),
  ),
  names.map(
    (name): Move =>
      (state, now) =>
        keepOr(state, deleteRule(state, { name }, serviceMs(now))),
  ),
  names.map(
    (name): Move =>
      (state, now) =>
        keepOr(state, disableRule(state, { name }, serviceMs(now))),
  ),
  names.map(
    (name): Move =>
      (state, now) =>
        keepOr(state, enableRule(state, { name }, serviceMs(now))),
  ),
  names.map(
    (archiveName): Move =>
      (state, now) =>
        keepOr(state, createArchive(state, { archiveName, eventSourceArn: busArn('default') }, serviceMs(now))),
  ),
  names.map((name): Move => (state, now, tick) => {
    const input = {
      replayName: `replay-${tick}`,
      eventSourceArn: `arn:aws:events:eu-west-3:111122223333:archive/${name}`,
      destination: { arn: busArn('default') },
      eventStartTime: serviceMs(START),
      eventEndTime: serviceMs(now + 1),
    }
    return keepOr(state, startReplay(state, input, serviceMs(now)))
  }),
)

interface Turn {
  readonly moves: readonly Move[]
  readonly sources: readonly string[]
  readonly outcomes: readonly Handover['outcome'][]
  readonly seconds: number
}

const turns: fc.Arbitrary<Turn> = fc.record({
  moves: fc.array(moves, { maxLength: 3 }),
  sources: fc.array(sources, { maxLength: 3 }),
  outcomes: fc.array(outcomes, { minLength: 1, maxLength: 4 }),
  seconds: fc.constantFrom(0, 0.6, 5, 61),
})

describe('the command centre under any use', () => {
  it('[BRIDGE-47] loses no delivery, gives rising ids with known causes, and keeps plain state', () => {
    fc.assert(
      fc.property(fc.array(turns, { minLength: 1, maxLength: 30 }), (game) => {
        let state = openBridge({}, serviceMs(START))
        let now = START
        let waiting: CauseId[] = []
        let last: CauseId = '0/0'
        const known = new Set<CauseId>(['0/1'])
        const count = { started: 0, accepted: 0, failed: 0 }
        for (const [index, turn] of game.entries()) {
          now += turn.seconds * 1000
          state = turn.moves.reduce((before, move) => move(before, now, index), state)
          const asked = turn.sources.map((source) => ({ source, detailType: 'x', detail: '{"n":1}' }))
          const put = putEvents(state, asked, { now: serviceMs(now), seed: SEED, cause: '0/1' })
          const entries = put.ok ? put.value.entries : []
          if (put.ok) state = put.value.state
          const handovers = waiting.map((dispatchId, i) => ({
            dispatchId,
            outcome: turn.outcomes[i % turn.outcomes.length] ?? 'ACCEPTED',
          }))
          const input = { entries, handovers }
          const ctx = () => ({ now: serviceMs(now), ids: openIds(index + 1), seed: SEED })
          const result = stepBridge(state, input, ctx())
          const restored = JSON.parse(JSON.stringify(state)) as BridgeState
          expect(stepBridge(restored, input, ctx())).toStrictEqual(result)

          const { events, matches, dispatches, deadLetters, loops } = result
          const made = [...events, ...matches, ...dispatches, ...deadLetters, ...loops]
          for (const { id } of made.toSorted((a, b) => compareCauseIds(a.id, b.id))) {
            expect(compareCauseIds(last, id)).toBeLessThan(0)
            last = id
            known.add(id)
          }
          for (const { cause } of made) expect(cause === null || known.has(cause)).toBe(true)
          const metric = (name: string) => result.datapoints.filter(({ metricName }) => metricName === name).length
          const retried = dispatches.filter(({ id }) =>
            result.state.deliveries.some((delivery) => delivery.dispatchId === id && delivery.retries > 0),
          )
          count.started += dispatches.length - retried.length
          count.failed += metric('FailedInvocations')
          count.accepted += metric('Invocations') - metric('FailedInvocations')
          expect(count.started).toBe(count.accepted + count.failed + result.state.deliveries.length)
          waiting = dispatches.map(({ id }) => id)
          state = result.state
        }
      }),
      { seed: 47, numRuns: 300 },
    )
  })
})
