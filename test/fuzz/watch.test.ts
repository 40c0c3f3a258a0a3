import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { AlarmChange, AlarmState, TreatMissingData } from '../../shared/aws/alarm.ts'
import type { CauseId } from '../../shared/ids.ts'
import { compareCauseIds } from '../../shared/ids.ts'
import type { WatchOutcome } from '../../server/services/watch/alarm-control.ts'
import {
  deleteAlarms,
  disableAlarmActions,
  enableAlarmActions,
  putCompositeAlarm,
  putMetricAlarm,
  setAlarmState,
} from '../../server/services/watch/alarm-control.ts'
import { putMetricData } from '../../server/services/watch/metric-data.ts'
import { putAlarmMuteRule } from '../../server/services/watch/mute-control.ts'
import type { CallContext, WatchState } from '../../server/services/watch/state.ts'
import { stepWatch } from '../../server/services/watch/watch.ts'
import { at, open, pass, speedAlarm, tickAt } from '../server/services/watch/world.ts'

const BOARD = 'arn:aws:sns:eu-west-3:111122223333:board'
const NAMES = ['a', 'b', 'c', 'd'] as const
const RULES = ['ALARM(a) OR ALARM(b)', 'NOT OK(c)', 'ALARM(d) AND NOT ALARM(a)', 'INSUFFICIENT_DATA(b)', 'ALARM(c)']
const SUPPRESSED = { ActionsSuppressor: 'a', ActionsSuppressorWaitPeriod: 30, ActionsSuppressorExtensionPeriod: 40 }

/** One thing that happens: a call, or time that passes with data or without. */
type Deed = (state: WatchState, ctx: CallContext) => WatchOutcome

const quiet = (state: WatchState): WatchOutcome => ({ state, changes: [], actions: [], events: [] })
const attempt = (
  state: WatchState,
  answer: { ok: true; value: Partial<WatchOutcome> & { state: WatchState } } | { ok: false },
): WatchOutcome => (answer.ok ? { ...quiet(state), ...answer.value } : quiet(state))

const name = fc.constantFrom(...NAMES)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc
    .record({
      AlarmName: name,
      MetricName: fc.constantFrom('SpeedKmh', 'Other'),
      Period: fc.constantFrom(10, 30, 60, 120, 45),
      EvaluationPeriods: fc.integer({ min: 1, max: 4 }),
      DatapointsToAlarm: fc.integer({ min: 1, max: 4 }),
      Statistic: fc.constantFrom('Maximum', 'Average', 'SampleCount'),
      TreatMissingData: fc.constantFrom<TreatMissingData>('missing', 'ignore', 'breaching', 'notBreaching'),
    })
    .map(
      (changes): Deed =>
        (state, ctx) =>
          attempt(
            state,
            putMetricAlarm(state, speedAlarm({ ...changes, AlarmActions: [BOARD], OKActions: [BOARD] }), ctx),
          ),
    ),
  fc.tuple(fc.constantFrom('c', 'd', 'e'), fc.constantFrom(...RULES), fc.boolean()).map(
    ([AlarmName, AlarmRule, isSuppressed]): Deed =>
      (state, ctx) =>
        attempt(
          state,
          putCompositeAlarm(
            state,
            { AlarmName, AlarmRule, AlarmActions: [BOARD], ...(isSuppressed ? SUPPRESSED : {}) },
            ctx,
          ),
        ),
  ),
  fc.tuple(name, fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA')).map(
    ([AlarmName, StateValue]): Deed =>
      (state, ctx) =>
        attempt(state, setAlarmState(state, { AlarmName, StateValue, StateReason: 'by hand' }, ctx)),
  ),
  name.map(
    (AlarmName): Deed =>
      (state, ctx) =>
        attempt(state, deleteAlarms(state, { AlarmNames: [AlarmName] }, ctx)),
  ),
  fc.tuple(name, fc.boolean()).map(
    ([AlarmName, isOn]): Deed =>
      (state, ctx) =>
        attempt(state, (isOn ? enableAlarmActions : disableAlarmActions)(state, { AlarmNames: [AlarmName] }, ctx)),
  ),
  fc.constantFrom('at(2026-03-14T09:01)', 'cron(*/3 * * * *)').map(
    (Expression): Deed =>
      (state, ctx) =>
        attempt(
          state,
          putAlarmMuteRule(state, { Name: 'mute', Rule: { Schedule: { Expression, Duration: 'PT1M' } } }, ctx),
        ),
  ),
  fc.integer({ min: 80, max: 140 }).map(
    (Value): Deed =>
      (state, ctx) =>
        attempt(
          state,
          putMetricData(
            state,
            {
              Namespace: 'City/Traffic',
              MetricData: [{ MetricName: 'SpeedKmh', Value, Dimensions: [{ Name: 'Camera', Value: 'A7' }] }],
            },
            ctx,
          ),
        ),
  ),
  fc.option(fc.integer({ min: 80, max: 140 }), { freq: 3 }).map((speed): Deed => (state, ctx) => {
    const second = (ctx.now - at(0)) / 1000
    return stepWatch(state, speed === null ? [] : [pass(second, speed, { cause: ctx.cause })], ctx)
  }),
  fc.constant<Deed>((state, ctx) => stepWatch(state, [], ctx)),
)
const life = fc.array(fc.record({ deed, pause: fc.constantFrom(0, 1, 5, 10, 17, 60, 200) }), { maxLength: 40 })

/** Lives through it all, looking at what came out each time. */
function live(deeds: readonly { deed: Deed; pause: number }[], look: (before: WatchState, out: WatchOutcome) => void) {
  let state = open()
  let second = 1
  for (const { deed: act, pause } of deeds) {
    second += pause + 1
    const out = act(state, tickAt(second))
    look(state, out)
    state = out.state
  }
  return state
}

const idOf = (id: CauseId | null): CauseId => id ?? '0/0'

describe('whatever is asked of CloudWatch', () => {
  it('[WATCH-99] gives rising ids and causes that exist', () => {
    fc.assert(
      fc.property(life, (deeds) => {
        const known = new Set<CauseId>()
        live(deeds, (before, { changes, actions, events }) => {
          for (const { id, cause } of [...changes, ...actions]) {
            known.add(id)
            // A cause is a call or a datum (the first id of a tick), or something told before.
            expect(cause === null || cause.endsWith('/1') || known.has(cause)).toBe(true)
            expect(compareCauseIds(id, idOf(cause))).toBeGreaterThan(0)
          }
          for (const { cause } of events) expect(cause.endsWith('/1') || known.has(cause)).toBe(true)
          const ids = changes.map(({ id }) => id)
          expect(ids.toSorted(compareCauseIds)).toEqual(ids)
          expect(new Set([...ids, ...actions.map(({ id }) => id)]).size).toBe(changes.length + actions.length)
          expect(before.settings).toBeDefined()
        })
      }),
    )
  })

  it('[WATCH-99] lets each change begin where the last one ended', () => {
    fc.assert(
      fc.property(life, (deeds) => {
        live(deeds, (before, { state, changes }) => {
          for (const alarmName of new Set(changes.map((change) => change.alarmName))) {
            const own = changes.filter((change) => change.alarmName === alarmName)
            const path = [before.alarms[alarmName]?.status.value ?? 'INSUFFICIENT_DATA', ...own.map(({ to }) => to)]
            expect(own.map(({ from }) => from)).toEqual(path.slice(0, -1))
            expect(state.alarms[alarmName]?.status.value ?? path.at(-1)).toBe(path.at(-1))
            expect(own.every(({ from, to }) => from !== to)).toBe(true)
          }
        })
      }),
    )
  })

  it('[WATCH-27] acts at most once for a change, and tells each once', () => {
    fc.assert(
      fc.property(life, (deeds) => {
        const acted: (CauseId | null)[] = []
        const told: AlarmChange[] = []
        const heard: CauseId[] = []
        live(deeds, (_, { changes, actions, events }) => {
          acted.push(...actions.map(({ cause }) => cause))
          told.push(...changes)
          heard.push(...events.filter(({ detailType }) => detailType.includes('State')).map(({ cause }) => cause))
        })
        expect(new Set(acted).size).toBe(acted.length)
        expect(told.every(({ id }) => heard.includes(id))).toBe(true)
      }),
    )
  })

  it('[WATCH-98] stays plain data', () => {
    fc.assert(
      fc.property(life, (deeds) => {
        const state = live(deeds, () => undefined)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
      { numRuns: 60 },
    )
  })

  it('[WATCH-35] finds the same states in one long tick as in many short ones', () => {
    const speeds = fc.array(fc.option(fc.integer({ min: 80, max: 140 })), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(
        speeds,
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(10, 60),
        (given, EvaluationPeriods, Period) => {
          const made = putMetricAlarm(open(), speedAlarm({ EvaluationPeriods, Period }), tickAt(0))
          const start = made.ok ? made.value.state : open()
          const points = given.flatMap((speed, index) => (speed === null ? [] : [pass(index * 20 + 1, speed)]))
          let short = start
          const steps: AlarmChange[] = []
          for (let second = 1; second <= 300; second += 1) {
            const due = points.filter(({ timestamp }) => timestamp === at(second))
            const out = stepWatch(short, due, tickAt(second))
            short = out.state
            steps.push(...out.changes)
          }
          const long = stepWatch(start, points, tickAt(300))
          const plain = ({ from, to, at: time, cause, reason }: AlarmChange) => ({ from, to, time, cause, reason })
          expect(long.changes.map(plain)).toEqual(steps.map(plain))
        },
      ),
      { numRuns: 40 },
    )
  })
})
