import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { setAlarmState } from '../../../../server/services/watch/alarm-control.ts'
import type { WatchState } from '../../../../server/services/watch/state.ts'
import { done, open, stepTo, tickAt, withAlarm, withComposite } from './world.ts'

const BOARD = 'arn:aws:sns:eu-west-3:111122223333:board'
const CALM = 'arn:aws:sns:eu-west-3:111122223333:calm'
const UNTIL = 300

/** At a second, the child or the suppressor is set to ALARM or OK. */
const move = fc.record({
  second: fc.integer({ min: 11, max: UNTIL - 100 }),
  who: fc.constantFrom('child', 'works'),
  isOn: fc.boolean(),
})
const timeline = fc.uniqueArray(move, { maxLength: 10, selector: ({ second }) => second })
const waits = fc.record({ wait: fc.constantFrom(0, 15, 40), extension: fc.constantFrom(0, 15, 40) })
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never
type Waits = typeof waits extends fc.Arbitrary<infer T> ? T : never

const set = (state: WatchState, who: string, isOn: boolean, second: number) =>
  done(setAlarmState(state, { AlarmName: who, StateValue: isOn ? 'ALARM' : 'OK', StateReason: '' }, tickAt(second)))

/** Lives second by second through the service: at which second which action ran. */
function live(moves: readonly Move[], { wait, extension }: Waits): (readonly [number, string])[] {
  const still = { TreatMissingData: 'ignore' as const }
  let state = withAlarm(withAlarm(open(), { AlarmName: 'child', MetricName: 'c', ...still }), {
    AlarmName: 'works',
    MetricName: 'w',
    ...still,
  })
  state = set(set(state, 'child', false, 1).state, 'works', false, 2).state
  state = withComposite(state, {
    AlarmRule: 'ALARM(child)',
    ActionsSuppressor: 'works',
    ActionsSuppressorWaitPeriod: wait,
    ActionsSuppressorExtensionPeriod: extension,
    AlarmActions: [BOARD],
    OKActions: [CALM],
  })
  state = stepTo(state, 10).state
  const acted: (readonly [number, string])[] = []
  for (let second = 11; second <= UNTIL; second += 1) {
    const due = moves.find((each) => each.second === second)
    const moved = due ? set(state, due.who, due.isOn, second) : { state, actions: [] }
    const stepped = stepTo(moved.state, second)
    state = stepped.state
    acted.push(...[...moved.actions, ...stepped.actions].map(({ actionArn }) => [second, actionArn] as const))
  }
  return acted
}

/** The same, said once more as plainly as it can be. */
function restated(moves: readonly Move[], { wait, extension }: Waits): (readonly [number, string])[] {
  const acted: (readonly [number, string])[] = []
  let [isOn, isWorking, isOwed] = [false, false, false]
  let waitsUntil: number | null = null
  for (let second = 11; second <= UNTIL; second += 1) {
    const due = moves.find((each) => each.second === second)
    const hasChanged = due?.who === 'child' && due.isOn !== isOn
    const wasWorking = isWorking
    if (due?.who === 'child') isOn = due.isOn
    if (due?.who === 'works') isWorking = due.isOn
    if (hasChanged) isOwed = true
    if (isWorking) waitsUntil = null
    else if (wasWorking) waitsUntil = extension > 0 ? second + extension : null
    else if (waitsUntil === null && hasChanged && isOn && wait > 0) waitsUntil = second + wait
    if (waitsUntil !== null && second >= waitsUntil) waitsUntil = null
    if (isWorking || waitsUntil !== null || !isOwed) continue
    acted.push([second, isOn ? BOARD : CALM])
    isOwed = false
  }
  return acted
}

describe('suppression, over any timeline', () => {
  it('[WATCH-60] runs the actions that a restatement of the waiting rules runs', () => {
    fc.assert(
      fc.property(timeline, waits, (moves, given) => {
        expect(live(moves, given)).toEqual(restated(moves, given))
      }),
      { numRuns: 80 },
    )
  })

  it('[WATCH-58] never acts while the suppressor is in ALARM', () => {
    fc.assert(
      fc.property(timeline, waits, (moves, given) => {
        const isWorking = (second: number) =>
          moves
            .filter((each) => each.who === 'works' && each.second <= second)
            .toSorted((a, b) => a.second - b.second)
            .at(-1)?.isOn ?? false
        expect(live(moves, given).filter(([second]) => isWorking(second))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
