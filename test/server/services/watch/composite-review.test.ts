import { describe, expect, it } from 'vitest'

import { putCompositeAlarm, setAlarmState } from '../../../../server/services/watch/alarm-control.ts'
import type { WatchState } from '../../../../server/services/watch/state.ts'
import { done, open, pass, play, stepTo, tickAt, withAlarm, withComposite } from './world.ts'

const BOARD = 'arn:aws:sns:eu-west-3:111122223333:board'
const CALM = 'arn:aws:sns:eu-west-3:111122223333:calm'
const QUIET = 'arn:aws:cloudwatch:eu-west-3:111122223333:alarm:'

const value = (state: WatchState, name: string) => state.alarms[name]?.status.value
const suppression = (state: WatchState) => {
  const alarm = state.alarms['both']
  return alarm?.kind === 'composite' ? alarm.suppression.by : undefined
}
const set = (state: WatchState, AlarmName: string, StateValue: 'OK' | 'ALARM', seconds: number) =>
  done(setAlarmState(state, { AlarmName, StateValue, StateReason: 'by hand' }, tickAt(seconds)))

/** Alarms that only hands move: they have no data, and ignore that. */
const withHand = (state: WatchState, AlarmName: string) =>
  set(withAlarm(state, { AlarmName, MetricName: AlarmName, TreatMissingData: 'ignore' }), AlarmName, 'OK', 0).state

describe('composite alarms on the clock', () => {
  it('[WATCH-54] is INSUFFICIENT_DATA until it is first evaluated', () => {
    const state = withComposite(withHand(open(), 'a'), { AlarmRule: 'ALARM(a)' })
    expect(value(state, 'both')).toBe('INSUFFICIENT_DATA')
    expect(value(stepTo(state, 10).state, 'both')).toBe('OK')
  })

  it('[WATCH-55] changes in the tick in which its child changes, and names that change', () => {
    const state = stepTo(withComposite(withAlarm(open()), { AlarmRule: 'ALARM(speed-A7)' }), 10).state
    const { changes } = play(state, 60, [pass(20, 131)], 10)
    expect(changes.map(({ alarmName, cause }) => [alarmName, cause])).toEqual([
      ['speed-A7', '20/3'],
      ['both', changes[0]?.id],
    ])
    expect(changes[1]).toMatchObject({ dimensions: {} })
  })

  it('[WATCH-55] says which child moved it and when', () => {
    const state = stepTo(withComposite(withAlarm(open()), { AlarmRule: `ALARM(${QUIET}speed-A7)` }), 10).state
    const { state: after } = play(state, 60, [pass(20, 131)], 10)
    expect(after.alarms['both']?.status.reason).toBe(
      `${QUIET}speed-A7 transitioned to ALARM at Saturday 14 March, 2026 09:01:00 UTC`,
    )
    expect(JSON.parse(after.alarms['both']?.status.reasonData ?? '')).toEqual({
      triggeringAlarms: [
        { arn: `${QUIET}speed-A7`, state: { value: 'ALARM', timestamp: '2026-03-14T09:01:00.000+0000' } },
      ],
    })
  })

  it('[WATCH-55] reaches the top of three storeys at once, in whatever order they were built', () => {
    let state = withHand(open(), 'a')
    state = withComposite(state, { AlarmName: 'top', AlarmRule: 'TRUE' })
    state = withComposite(state, { AlarmName: 'middle', AlarmRule: 'ALARM(a)' })
    state = withComposite(state, { AlarmName: 'top', AlarmRule: 'ALARM(middle)' })
    state = stepTo(state, 10).state
    const { changes } = set(state, 'a', 'ALARM', 15)
    expect(changes.map(({ alarmName, to }) => [alarmName, to])).toEqual([
      ['a', 'ALARM'],
      ['middle', 'ALARM'],
      ['top', 'ALARM'],
    ])
    expect(changes.map(({ cause }) => cause)).toEqual(['15/1', changes[0]?.id, changes[1]?.id])
  })

  it('[WATCH-55] is not moved by what is no child of it', () => {
    const state = stepTo(withComposite(withHand(withHand(open(), 'a'), 'b'), { AlarmRule: 'ALARM(a)' }), 10).state
    expect(set(state, 'b', 'ALARM', 15).changes).toHaveLength(1)
  })

  it('[WATCH-56] leaves alarms alone that depend on themselves', () => {
    let state = withHand(open(), 'a')
    state = withComposite(state, { AlarmName: 'egg', AlarmRule: 'ALARM(a)' })
    state = withComposite(state, { AlarmName: 'hen', AlarmRule: 'NOT ALARM(egg)' })
    state = withComposite(state, { AlarmName: 'egg', AlarmRule: 'ALARM(hen) OR ALARM(a)' })
    state = stepTo(state, 10).state
    const { state: after, changes } = set(state, 'a', 'ALARM', 15)
    expect(changes).toHaveLength(1)
    expect([value(after, 'egg'), value(after, 'hen')]).toEqual(['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA'])
    const broken = withComposite(after, { AlarmName: 'egg', AlarmRule: 'ALARM(a)' }, 20)
    const freed = stepTo(broken, 30).state
    expect([value(freed, 'egg'), value(freed, 'hen')]).toEqual(['ALARM', 'OK'])
  })

  it('[WATCH-56] lets an alarm name itself, and leaves it alone', () => {
    const state = done(putCompositeAlarm(open(), { AlarmName: 'self', AlarmRule: 'NOT ALARM(self)' }, tickAt(0))).state
    expect(value(stepTo(state, 60).state, 'self')).toBe('INSUFFICIENT_DATA')
  })

  it('[WATCH-57] keeps a state set by hand until a child changes', () => {
    const state = stepTo(withComposite(withHand(open(), 'a'), { AlarmRule: 'ALARM(a)' }), 10).state
    const forced = set(state, 'both', 'ALARM', 15).state
    expect(value(stepTo(forced, 300).state, 'both')).toBe('ALARM')
    const on = set(forced, 'a', 'ALARM', 305).state
    expect(value(set(on, 'a', 'OK', 310).state, 'both')).toBe('OK')
  })
})

describe('suppression', () => {
  const suppressed = (WaitPeriod: number, ExtensionPeriod: number) => {
    const children = withHand(withHand(open(), 'a'), 'roadworks')
    const state = withComposite(children, {
      AlarmRule: 'ALARM(a)',
      AlarmActions: [BOARD],
      OKActions: [CALM],
      ActionsSuppressor: 'roadworks',
      ActionsSuppressorWaitPeriod: WaitPeriod,
      ActionsSuppressorExtensionPeriod: ExtensionPeriod,
    })
    return stepTo(state, 10).state
  }
  const arns = (actions: readonly { actionArn: string }[]) => actions.map(({ actionArn }) => actionArn)

  it('[WATCH-58] changes state in silence while its suppressor is in ALARM', () => {
    const quiet = set(suppressed(0, 0), 'roadworks', 'ALARM', 15).state
    const { state, changes, actions, events } = set(quiet, 'a', 'ALARM', 20)
    expect([changes.length, actions.length]).toEqual([2, 0])
    expect(suppression(state)).toBe('Alarm')
    expect(events.at(-1)?.detail['state']).toMatchObject({
      value: 'ALARM',
      actionsSuppressedBy: 'Alarm',
      actionsSuppressedReason: 'Actions suppressed by alarm',
    })
  })

  it('[WATCH-58] acts as usual while its suppressor is quiet', () => {
    const { actions, state } = set(suppressed(0, 0), 'a', 'ALARM', 20)
    expect(arns(actions)).toEqual([BOARD])
    expect(arns(set(state, 'a', 'OK', 25).actions)).toEqual([CALM])
  })

  it('[WATCH-58] owes nothing when nothing happened meanwhile', () => {
    const quiet = set(suppressed(0, 0), 'roadworks', 'ALARM', 15).state
    expect(set(quiet, 'roadworks', 'OK', 20).actions).toEqual([])
  })

  it('[WATCH-58] finds its suppressor by ARN', () => {
    const children = withHand(withHand(open(), 'a'), 'roadworks')
    const state = withComposite(children, {
      AlarmRule: 'ALARM(a)',
      AlarmActions: [BOARD],
      ActionsSuppressor: `${QUIET}roadworks`,
      ActionsSuppressorWaitPeriod: 0,
      ActionsSuppressorExtensionPeriod: 0,
    })
    const quiet = set(stepTo(state, 10).state, 'roadworks', 'ALARM', 15).state
    expect(set(quiet, 'a', 'ALARM', 20).actions).toEqual([])
  })

  it('[WATCH-59] waits for its suppressor, and acts when none comes', () => {
    const waiting = set(suppressed(60, 0), 'a', 'ALARM', 20)
    expect([waiting.actions.length, suppression(waiting.state)]).toEqual([0, 'WaitPeriod'])
    expect(stepTo(waiting.state, 79).actions).toEqual([])
    const over = stepTo(waiting.state, 80)
    expect([arns(over.actions), suppression(over.state)]).toEqual([[BOARD], null])
  })

  it('[WATCH-59] stays silent when its suppressor comes in time', () => {
    const waiting = set(suppressed(60, 0), 'a', 'ALARM', 20).state
    const { state, events } = set(waiting, 'roadworks', 'ALARM', 50)
    expect(suppression(state)).toBe('Alarm')
    expect(events.at(-1)?.detail).toMatchObject({
      state: { value: 'ALARM', actionsSuppressedBy: 'Alarm' },
      previousState: { value: 'ALARM', actionsSuppressedBy: 'WaitPeriod' },
    })
    expect(stepTo(state, 90).actions).toEqual([])
  })

  it('[WATCH-59] acts for the state it has when the waiting ends', () => {
    const waiting = set(suppressed(60, 0), 'a', 'ALARM', 20).state
    const { state, actions } = set(waiting, 'a', 'OK', 40)
    expect(actions).toEqual([])
    expect(arns(stepTo(state, 80).actions)).toEqual([CALM])
  })

  it('[WATCH-59] does not wait on leaving ALARM', () => {
    const acted = stepTo(set(suppressed(60, 0), 'a', 'ALARM', 20).state, 80).state
    expect(arns(set(acted, 'a', 'OK', 90).actions)).toEqual([CALM])
  })

  it('[WATCH-60] waits once more after its suppressor, and then pays what it owes', () => {
    const quiet = set(suppressed(0, 120), 'roadworks', 'ALARM', 15).state
    const held = set(quiet, 'a', 'ALARM', 20).state
    const { state, actions } = set(held, 'roadworks', 'OK', 30)
    expect([actions.length, suppression(state)]).toEqual([0, 'ExtensionPeriod'])
    expect(stepTo(state, 149).actions).toEqual([])
    const over = stepTo(state, 150)
    expect([arns(over.actions), suppression(over.state)]).toEqual([[BOARD], null])
  })

  it('[WATCH-60] is not thrown off by a call at the very moment the waiting ends', () => {
    const quiet = set(suppressed(0, 15), 'roadworks', 'ALARM', 15).state
    const extended = set(set(quiet, 'a', 'ALARM', 20).state, 'roadworks', 'OK', 29).state
    const called = set(extended, 'roadworks', 'OK', 44)
    expect(arns(stepTo(called.state, 44).actions)).toEqual([BOARD])
  })

  it('[WATCH-60] is held again when its suppressor returns', () => {
    const quiet = set(suppressed(0, 120), 'roadworks', 'ALARM', 15).state
    const held = set(quiet, 'a', 'ALARM', 20).state
    const extended = set(held, 'roadworks', 'OK', 30).state
    const again = set(extended, 'roadworks', 'ALARM', 60).state
    expect(suppression(again)).toBe('Alarm')
    expect(stepTo(again, 300).actions).toEqual([])
  })

  it('[WATCH-60] acts at once when there is no extension', () => {
    const quiet = set(suppressed(0, 0), 'roadworks', 'ALARM', 15).state
    const held = set(quiet, 'a', 'ALARM', 20).state
    expect(arns(set(held, 'roadworks', 'OK', 30).actions)).toEqual([BOARD])
  })

  it('[WATCH-60] names the change that was held back as the cause', () => {
    const quiet = set(suppressed(0, 60), 'roadworks', 'ALARM', 15).state
    const held = set(quiet, 'a', 'ALARM', 20)
    const change = held.changes.at(-1)
    const over = stepTo(set(held.state, 'roadworks', 'OK', 30).state, 90)
    expect(over.actions).toMatchObject([{ cause: change?.id, alarmName: 'both' }])
  })
})
