import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { toEnvelope, type Handover } from '../../../../shared/aws/event.ts'
import type { Target } from '../../../../shared/aws/rule.ts'
import type { BridgeState } from '../../../../server/services/bridge/state.ts'
import { answer, fines, put, QUEUE, START, step, withTargets } from './kit.ts'

const lost: Target = { ...fines, deadLetterConfig: { arn: QUEUE } }
const namesOf = (datapoints: readonly { readonly metricName: string }[]) => datapoints.map((point) => point.metricName)

function dispatched(target: Target) {
  const { state, dispatches, matches, events } = put(withTargets(target), {}, 0)
  return { state, id: dispatches[0]?.id, matches, event: events.map(toEnvelope)[0] }
}

/** Fails a dispatch again and again until it is given up; time jumps to whenever something is due. */
function failFor(target: Target, outcome: Handover['outcome']) {
  let { state, id } = dispatched(target)
  let seconds = 0
  const waits: number[] = []
  for (;;) {
    const failed = step(state, seconds, { handovers: [answer(id, outcome)] })
    if (failed.deadLetters.length > 0 || failed.state.deliveries.length === 0) return { ...failed, waits, seconds }
    const due = failed.state.due
    if (due === null) throw new Error('nothing is due')
    const next = (due - START) / 1000
    waits.push(next - seconds)
    seconds = next
    const tried = step(failed.state, seconds)
    if (tried.dispatches.length === 0) return { ...tried, waits, seconds }
    state = tried.state
    id = tried.dispatches[0]?.id
  }
}

describe('hand-over', () => {
  it('[BRIDGE-52] ends a delivery when it is accepted', () => {
    const { state, id } = dispatched(lost)
    const done = step(state, 1, { handovers: [answer(id, 'ACCEPTED')] })
    expect(done.state.deliveries).toEqual([])
    expect(done.deadLetters).toEqual([])
    expect(done.datapoints).toMatchObject([
      { namespace: 'AWS/Events', metricName: 'Invocations', dimensions: { RuleName: 'speeders' }, value: 1, cause: id },
    ])
  })

  it('[BRIDGE-52] of an unknown dispatch, or a second one, changes nothing', () => {
    const { state, id } = dispatched(lost)
    expect(step(state, 1, { handovers: [answer('9/9', 'ACCEPTED')] }).state).toEqual(state)
    const failed = step(state, 1, { handovers: [answer(id, 'TIMEOUT')] }).state
    expect(step(failed, 1.1, { handovers: [answer(id, 'NO_RESOURCE')] }).state).toEqual(failed)
  })

  it.each(['NO_RESOURCE', 'NO_PERMISSIONS'] as const)('[BRIDGE-53] with %s goes to the queue at once', (outcome) => {
    const { state, id, event } = dispatched(lost)
    const { deadLetters, datapoints, state: next } = step(state, 1, { handovers: [answer(id, outcome)] })
    expect(next.deliveries).toEqual([])
    expect(namesOf(datapoints)).toEqual(['Invocations', 'FailedInvocations', 'InvocationsSentToDlq'])
    expect(deadLetters).toEqual([
      {
        id: '20/1',
        cause: id,
        queue: QUEUE,
        body: event,
        attributes: {
          RULE_ARN: 'arn:aws:events:eu-west-3:111122223333:rule/speeders',
          TARGET_ARN: lost.arn,
          ERROR_CODE: outcome,
          ERROR_MESSAGE: expect.any(String),
          RETRY_ATTEMPTS: 0,
        },
      },
    ])
  })

  it('[BRIDGE-53] of one target does not concern another', () => {
    const { state, dispatches } = put(withTargets(lost, { ...fines, id: 'other' }), {}, 0)
    const next = step(state, 1, { handovers: [answer(dispatches[0]?.id, 'NO_RESOURCE')] })
    expect(next.state.deliveries.map(({ target }) => target.id)).toEqual(['other'])
  })
})

describe('retries', () => {
  it.each(['THROTTLING', 'TIMEOUT', 'INTERNAL'] as const)(
    '[BRIDGE-54] follow %s, caused by the same match',
    (outcome) => {
      const { state, id, matches } = dispatched(lost)
      const failed = step(state, 0, { handovers: [answer(id, outcome)] })
      expect(failed.dispatches).toEqual([])
      expect(step(failed.state, 0.4).dispatches).toEqual([])
      const again = step(failed.state, 1)
      expect(again.dispatches).toMatchObject([{ cause: matches[0]?.id, targetId: 'fines', ruleName: 'speeders' }])
      expect(again.dispatches[0]?.id).not.toBe(id)
      expect(again.state.deliveries[0]?.retries).toBe(1)
    },
  )

  it('[BRIDGE-54] wait twice as long each time, up to 15 minutes, less up to a half', () => {
    const { waits } = failFor({ ...lost, retryPolicy: { maximumRetryAttempts: 14 } }, 'TIMEOUT')
    expect(waits).toHaveLength(14)
    for (const [k, wait] of waits.entries()) {
      const full = Math.min(2 ** k, 900)
      expect(wait).toBeGreaterThanOrEqual(full / 2 - 0.001)
      expect(wait).toBeLessThanOrEqual(full)
    }
    expect(new Set(waits.slice(10)).size).toBe(4)
  })

  it('[BRIDGE-55] end after the attempts that are allowed', () => {
    const none = failFor({ ...lost, retryPolicy: { maximumRetryAttempts: 0 } }, 'TIMEOUT')
    expect(none.waits).toEqual([])
    expect(none.deadLetters).toMatchObject([
      { attributes: { RETRY_ATTEMPTS: 0, EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', ERROR_CODE: 'TIMEOUT' } },
    ])
    const three = failFor({ ...lost, retryPolicy: { maximumRetryAttempts: 3 } }, 'INTERNAL')
    expect(three.deadLetters).toMatchObject([{ attributes: { RETRY_ATTEMPTS: 3, ERROR_CODE: 'INTERNAL_ERROR' } }])
  })

  it('[BRIDGE-55] end at the age that is allowed', () => {
    const { deadLetters, seconds } = failFor({ ...lost, retryPolicy: { maximumEventAgeInSeconds: 60 } }, 'THROTTLING')
    expect(seconds).toBe(60)
    expect(deadLetters).toMatchObject([
      { attributes: { EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', ERROR_CODE: 'THROTTLING' } },
    ])
  })

  it('[BRIDGE-55] are 185 within a day unless set', () => {
    const { deadLetters, seconds } = failFor(lost, 'TIMEOUT')
    const { RETRY_ATTEMPTS: retries = 0, EXHAUSTED_RETRY_CONDITION: condition } = deadLetters[0]?.attributes ?? {}
    expect(seconds).toBeLessThanOrEqual(86_400)
    expect([condition, retries]).toEqual(
      condition === 'MaximumRetryAttempts' ? [condition, 185] : ['MaximumEventAgeInSeconds', retries],
    )
    expect(retries).toBeGreaterThan(95)
  })

  it('[BRIDGE-55] never outlive both limits, whatever the outcomes', () => {
    const outcomes = fc.array(fc.constantFrom<Handover['outcome']>('THROTTLING', 'TIMEOUT', 'INTERNAL', 'ACCEPTED'), {
      minLength: 1,
      maxLength: 12,
    })
    const policies = fc.record({
      maximumRetryAttempts: fc.nat({ max: 6 }),
      maximumEventAgeInSeconds: fc.integer({ min: 60, max: 90 }),
    })
    fc.assert(
      fc.property(policies, outcomes, (retryPolicy, answers) => {
        const { state: opened, id: first } = dispatched({ ...lost, retryPolicy })
        let state: BridgeState = opened
        let id = first
        let ended = 0
        for (let second = 0, tries = 0; second <= 100; second += 1) {
          const handovers = id === undefined ? [] : [answer(id, answers[tries % answers.length] ?? 'TIMEOUT')]
          const result = step(state, second, { handovers })
          ended +=
            result.deadLetters.length + namesOf(result.datapoints).filter((name) => name === 'Invocations').length
          id = result.dispatches[0]?.id
          tries += handovers.length
          state = result.state
          expect(state.deliveries[0]?.retries ?? 0).toBeLessThanOrEqual(retryPolicy.maximumRetryAttempts)
        }
        // Accepted: one invocation. Lost: one failed invocation and one letter. Nothing is left over.
        expect([1, 2]).toContain(ended)
        expect(state.deliveries).toEqual([])
        expect(state.due).toBeNull()
      }),
      { seed: 55, numRuns: 200 },
    )
  })
})

describe('dead letters and metrics', () => {
  it('[BRIDGE-56] hold the original event whatever the target would have got', () => {
    const { state, id, event } = dispatched({ ...lost, input: '{"constant":1}' })
    const { deadLetters } = step(state, 1, { handovers: [answer(id, 'NO_RESOURCE')] })
    expect(deadLetters[0]?.body).toEqual(event)
  })

  it('[BRIDGE-57] are none without a queue', () => {
    const { state, id } = dispatched(fines)
    const { deadLetters, datapoints } = step(state, 1, { handovers: [answer(id, 'NO_PERMISSIONS')] })
    expect(deadLetters).toEqual([])
    expect(namesOf(datapoints)).toEqual(['Invocations', 'FailedInvocations'])
  })

  it('[BRIDGE-57] do not reach what is no queue', () => {
    const { state, id } = dispatched({ ...fines, deadLetterConfig: { arn: fines.arn } })
    const { deadLetters, datapoints } = step(state, 1, { handovers: [answer(id, 'NO_RESOURCE')] })
    expect(deadLetters).toEqual([])
    expect(namesOf(datapoints)).toContain('InvocationsFailedToBeSentToDlq')
  })

  it('[BRIDGE-58] counts matches, triggers and throttles by rule', () => {
    const { datapoints, state, dispatches, matches } = put(withTargets(fines), {}, 0)
    expect(namesOf(datapoints)).toEqual(['MatchedEvents', 'TriggeredRules'])
    expect(datapoints[0]).toEqual({
      cause: matches[0]?.id,
      namespace: 'AWS/Events',
      metricName: 'MatchedEvents',
      dimensions: { RuleName: 'speeders' },
      timestamp: START,
      value: 1,
      unit: 'Count',
      storageResolution: 60,
    })
    const throttled = step(state, 1, { handovers: [answer(dispatches[0]?.id, 'THROTTLING')] })
    expect(namesOf(throttled.datapoints)).toEqual(['ThrottledRules'])
  })
})
