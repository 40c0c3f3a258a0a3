import { describe, expect, it } from 'vitest'

import {
  deleteAlarms,
  disableAlarmActions,
  enableAlarmActions,
  putCompositeAlarm,
  putMetricAlarm,
  setAlarmState,
} from '../../../../server/services/watch/alarm-control.ts'
import type { WatchState } from '../../../../server/services/watch/state.ts'
import { done, open, pass, play, speedAlarm, stepTo, tickAt, withAlarm, withComposite } from './world.ts'

const FINE = 'arn:aws:lambda:eu-west-3:111122223333:function:issue-fine'
const PARDON = 'arn:aws:lambda:eu-west-3:111122223333:function:pardon'
const set = (state: WatchState, StateValue: 'OK' | 'ALARM', seconds: number, AlarmName = 'speed-A7') =>
  done(setAlarmState(state, { AlarmName, StateValue, StateReason: 'by hand' }, tickAt(seconds)))

describe('the control plane of alarms', () => {
  it('[WATCH-43] sets a state at once, with its actions', () => {
    const { state, changes, actions, events } = set(withAlarm(open(), { AlarmActions: [FINE] }), 'ALARM', 7)
    expect(state.alarms['speed-A7']?.status).toMatchObject({ value: 'ALARM', reason: 'by hand' })
    expect(changes).toMatchObject([{ from: 'INSUFFICIENT_DATA', to: 'ALARM', cause: '7/1', id: '7/2' }])
    expect(actions).toMatchObject([{ actionArn: FINE, cause: '7/2' }])
    expect(events).toHaveLength(1)
  })

  it('[WATCH-43] returns to the true state at the next evaluation, with actions again', () => {
    const calm = play(withAlarm(open(), { AlarmActions: [FINE], OKActions: [PARDON] }), 60, [pass(10, 90)]).state
    const { changes, actions } = stepTo(set(calm, 'ALARM', 70).state, 120, [pass(100, 90)])
    expect(changes).toMatchObject([{ from: 'ALARM', to: 'OK' }])
    expect(actions).toMatchObject([{ actionArn: PARDON }])
  })

  it('[WATCH-44] runs nothing when the state is there already', () => {
    const once = set(withAlarm(open(), { AlarmActions: [FINE] }), 'ALARM', 5).state
    const twice = set(once, 'ALARM', 6)
    expect([twice.changes, twice.actions, twice.events]).toEqual([[], [], []])
  })

  it.each([
    [{ AlarmName: 'stranger', StateValue: 'OK' }, 'ResourceNotFound'],
    [{ AlarmName: 'constructor', StateValue: 'OK' }, 'ResourceNotFound'],
    [{ AlarmName: 'speed-A7', StateValue: 'ON' }, 'ValidationError'],
    [{ AlarmName: 'speed-A7', StateValue: 'OK', StateReasonData: '{' }, 'InvalidFormat'],
    [{ AlarmName: 'speed-A7', StateValue: 'OK', StateReason: 'x'.repeat(1024) }, 'ValidationError'],
    [{ AlarmName: 'speed-A7', StateValue: 'OK', StateReasonData: `"${'x'.repeat(3999)}"` }, 'ValidationError'],
  ])('[WATCH-44] refuses %j with %s', (input, code) => {
    const asked = { StateReason: '', ...input } as Parameters<typeof setAlarmState>[1]
    expect(setAlarmState(withAlarm(open()), asked, tickAt(5))).toMatchObject({ ok: false, error: { code } })
  })

  it('[WATCH-44] takes a reason of 1023 characters and data of 4000', () => {
    const StateReasonData = `"${'x'.repeat(3998)}"`
    const asked = { AlarmName: 'speed-A7', StateValue: 'OK', StateReason: 'x'.repeat(1023), StateReasonData } as const
    expect(setAlarmState(withAlarm(open()), asked, tickAt(5)).ok).toBe(true)
  })

  it('[WATCH-45] does not act while actions are disabled, and makes up for nothing', () => {
    const alarmed = withAlarm(open(), { AlarmActions: [FINE] })
    const off = done(disableAlarmActions(alarmed, { AlarmNames: ['speed-A7'] }, tickAt(5)))
    expect(off.actions).toEqual([])
    const fast = stepTo(off.state, 60, [pass(10, 131)])
    expect([fast.changes.length, fast.actions.length]).toEqual([1, 0])
    const on = done(enableAlarmActions(fast.state, { AlarmNames: ['speed-A7'] }, tickAt(65)))
    expect([on.changes, on.actions]).toEqual([[], []])
  })

  it('[WATCH-45] switches only what exists and is not so already', () => {
    const state = withAlarm(open())
    const same = done(enableAlarmActions(state, { AlarmNames: ['speed-A7', 'stranger'] }, tickAt(5)))
    expect(same.state.alarms).toBe(state.alarms)
    expect(same.events).toEqual([])
  })

  it('[WATCH-45] takes at most 100 names', () => {
    const AlarmNames = Array.from({ length: 101 }, (_, i) => `a${i}`)
    const refused = { ok: false, error: { code: 'ValidationError' } }
    expect(disableAlarmActions(open(), { AlarmNames }, tickAt(5))).toMatchObject(refused)
    expect(deleteAlarms(open(), { AlarmNames }, tickAt(5))).toMatchObject(refused)
  })

  it('[WATCH-46] deletes what is named', () => {
    const two = withAlarm(withAlarm(open()), { AlarmName: 'other' })
    const { state } = done(deleteAlarms(two, { AlarmNames: ['speed-A7'] }, tickAt(5)))
    expect(Object.keys(state.alarms)).toEqual(['other'])
    expect(stepTo(state, 60, [pass(10, 131)]).changes).toMatchObject([{ alarmName: 'other' }])
  })

  it('[WATCH-46] deletes nothing when one does not exist', () => {
    const answer = deleteAlarms(withAlarm(open()), { AlarmNames: ['speed-A7', 'stranger'] }, tickAt(5))
    expect(answer).toMatchObject({ ok: false, error: { code: 'ResourceNotFound' } })
  })

  it('[WATCH-46] deletes no alarm on which a composite alarm depends that stays', () => {
    const three = withAlarm(withAlarm(withAlarm(open()), { AlarmName: 'b' }), { AlarmName: 'c' })
    const state = withComposite(three, { AlarmRule: 'ALARM(speed-A7) OR NOT OK("b")' })
    const remove = (...AlarmNames: readonly string[]) => {
      const answer = deleteAlarms(state, { AlarmNames }, tickAt(5))
      return answer.ok ? Object.keys(answer.value.state.alarms) : answer.error
    }
    const refusal = (message: string) => ({ code: 'ValidationError', field: 'AlarmNames', message })
    expect(remove('b')).toEqual(refusal('Cannot delete b as there are composite alarm(s) depending on it.'))
    expect(remove('c', 'speed-A7', 'b')).toEqual(
      refusal('Cannot delete speed-A7,b as there are composite alarm(s) depending on them.'),
    )
    expect(remove('c')).toEqual(['speed-A7', 'b', 'both'])
    expect(remove('both')).toEqual(['speed-A7', 'b', 'c'])
    expect(remove('both', 'b')).toEqual(['speed-A7', 'c'])
  })

  it('[WATCH-46] deletes one composite alarm at a time, and none of a circle', () => {
    const state = withComposite(withComposite(withAlarm(open()), { AlarmRule: 'TRUE' }), {
      AlarmName: 'upper',
      AlarmRule: 'ALARM(both)',
    })
    const remove = (from: WatchState, ...AlarmNames: readonly string[]) =>
      deleteAlarms(from, { AlarmNames }, tickAt(5)).ok
    expect([remove(state, 'both', 'upper'), remove(state, 'both'), remove(state, 'upper', 'speed-A7')]).toEqual([
      false,
      false,
      true,
    ])
    const circle = withComposite(state, { AlarmRule: 'ALARM(upper)' })
    expect([remove(circle, 'both'), remove(circle, 'upper')]).toEqual([false, false])
  })

  it('[WATCH-15] refuses what is not valid, and changes nothing', () => {
    const answer = putMetricAlarm(open(), speedAlarm({ Period: 45 }), tickAt(5))
    expect(answer).toMatchObject({ ok: false, error: { code: 'ValidationError', field: 'Period' } })
  })

  it('[WATCH-15] keeps one name for one kind of alarm', () => {
    const state = withComposite(withAlarm(open()), { AlarmRule: 'ALARM(speed-A7)' })
    expect(putMetricAlarm(state, speedAlarm({ AlarmName: 'both' }), tickAt(5)).ok).toBe(false)
    expect(putCompositeAlarm(state, { AlarmName: 'speed-A7', AlarmRule: 'TRUE' }, tickAt(5)).ok).toBe(false)
  })

  it.each([
    [{ AlarmRule: undefined }, 'MissingParameter'],
    [{ AlarmRule: 'ALARM(' }, 'ValidationError'],
    [{ AlarmRule: 'ALARM(stranger)' }, 'ValidationError'],
    [{ AlarmName: '' }, 'ValidationError'],
    [{ AlarmActions: ['no-arn'] }, 'ValidationError'],
    [{ ActionsSuppressorWaitPeriod: 60 }, 'InvalidParameterCombination'],
    [{ ActionsSuppressor: 'speed-A7' }, 'MissingParameter'],
    [{ ActionsSuppressor: 'speed-A7', ActionsSuppressorWaitPeriod: 60 }, 'MissingParameter'],
    [
      { ActionsSuppressor: 'stranger', ActionsSuppressorWaitPeriod: 0, ActionsSuppressorExtensionPeriod: 0 },
      'ValidationError',
    ],
    [
      { ActionsSuppressor: 'speed-A7', ActionsSuppressorWaitPeriod: -1, ActionsSuppressorExtensionPeriod: 0 },
      'ValidationError',
    ],
  ])('[WATCH-52] refuses a composite alarm with %j: %s', (changes, code) => {
    const input = Object.fromEntries(
      Object.entries({ AlarmName: 'both', AlarmRule: 'ALARM(speed-A7)', ...changes }).filter(
        ([, value]) => value !== undefined,
      ),
    )
    expect(putCompositeAlarm(withAlarm(open()), input, tickAt(5))).toMatchObject({ ok: false, error: { code } })
  })
})
