import { describe, expect, it } from 'vitest'

import type { WatchState } from '../../../../server/services/watch/state.ts'
import { stepWatch } from '../../../../server/services/watch/watch.ts'
import { putMetricAlarm } from '../../../../server/services/watch/alarm-control.ts'
import { at, done, open, pass, play, speedAlarm, stepTo, tickAt, withAlarm } from './world.ts'

const FINE = 'arn:aws:lambda:eu-west-3:111122223333:function:issue-fine'
const stateOf = (state: WatchState, name = 'speed-A7') => state.alarms[name]?.status
const moves = (changes: readonly { at: number; from: string; to: string }[]) =>
  changes.map(({ at: time, from, to }) => [(time - at(0)) / 1000, from, to])

describe('stepWatch', () => {
  it('[WATCH-23] begins in INSUFFICIENT_DATA and says so', () => {
    expect(stateOf(withAlarm(open()))).toMatchObject({
      value: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
      reasonData: null,
      changeId: null,
    })
  })

  it('[WATCH-24] turns on when the minute closes, not before', () => {
    const fast = stepTo(withAlarm(open()), 8, [pass(8, 131)])
    expect(fast.changes).toEqual([])
    expect(stepTo(fast.state, 59).changes).toEqual([])
    expect(moves(stepTo(fast.state, 60).changes)).toEqual([[60, 'INSUFFICIENT_DATA', 'ALARM']])
  })

  it.each([10, 20, 30])('[WATCH-24] looks every 10 s at an alarm with a period of %i s', (Period) => {
    const { changes } = play(withAlarm(open(), { Period }), 60, [pass(3, 131)])
    expect(moves(changes)[0]).toEqual([10, 'INSUFFICIENT_DATA', 'ALARM'])
  })

  it('[WATCH-24] does not look at a slow alarm between the minutes', () => {
    const { changes } = play(withAlarm(open(), { Period: 120 }), 110, [pass(3, 131), pass(62, 131)])
    expect(moves(changes)).toEqual([[60, 'INSUFFICIENT_DATA', 'ALARM']])
  })

  it('[WATCH-25] slides a window of five minutes by one minute', () => {
    const settled = play(withAlarm(open(), { Period: 300, Statistic: 'Sum' }), 120, [pass(5, 60), pass(65, 60)])
    expect(moves(settled.changes)).toEqual([
      [60, 'INSUFFICIENT_DATA', 'OK'],
      [120, 'OK', 'ALARM'],
    ])
  })

  it('[WATCH-25] takes the periods that end now, so that nothing of the open period counts', () => {
    const { state } = stepTo(withAlarm(open()), 61, [pass(60, 131), pass(61, 131)])
    expect(stateOf(state)?.value).toBe('INSUFFICIENT_DATA')
    expect(moves(stepTo(state, 120).changes)).toEqual([[120, 'INSUFFICIENT_DATA', 'ALARM']])
  })

  it('[WATCH-26] names the pass that was fastest as the cause', () => {
    const { changes } = play(withAlarm(open()), 60, [pass(10, 118), pass(20, 131), pass(30, 125)])
    expect(changes).toMatchObject([{ cause: '20/3', alarmName: 'speed-A7', dimensions: { Camera: 'A7' } }])
  })

  it.each([
    ['Maximum', 'GreaterThanThreshold', 110, '20/3'],
    ['Average', 'GreaterThanThreshold', 110, '20/3'],
    ['Minimum', 'LessThanThreshold', 120, '10/3'],
    ['Average', 'LessThanThreshold', 130, '10/3'],
    ['SampleCount', 'GreaterThanThreshold', 2, '30/3'],
    ['Sum', 'GreaterThanThreshold', 300, '30/3'],
  ] as const)('[WATCH-26] finds the sample behind %s %s %d', (Statistic, ComparisonOperator, Threshold, cause) => {
    const alarmed = withAlarm(open(), { Statistic, ComparisonOperator, Threshold })
    expect(play(alarmed, 60, [pass(10, 112), pass(20, 131), pass(30, 125)]).changes).toMatchObject([{ cause }])
  })

  it.each([
    ['Maximum', 'GreaterThanThreshold', 110, '10/3'],
    ['Minimum', 'LessThanThreshold', 140, '10/3'],
    ['Sum', 'GreaterThanThreshold', 300, '30/3'],
  ] as const)(
    '[WATCH-26] of samples alike, %s goes by the first or the last',
    (Statistic, ComparisonOperator, Threshold, cause) => {
      const alarmed = withAlarm(open(), { Statistic, ComparisonOperator, Threshold })
      expect(play(alarmed, 60, [pass(10, 131), pass(20, 131), pass(30, 131)]).changes).toMatchObject([{ cause }])
    },
  )

  it('[WATCH-26] names the newest breaching datapoint of several periods', () => {
    const alarmed = withAlarm(open(), { EvaluationPeriods: 3, DatapointsToAlarm: 2 })
    const { changes } = play(alarmed, 180, [pass(10, 131), pass(70, 125), pass(130, 90)])
    expect(changes.at(-1)).toMatchObject({ to: 'ALARM', cause: '70/3' })
  })

  it('[WATCH-26] names the good datapoint on the way back, and none when data are missing', () => {
    const { changes } = play(withAlarm(open()), 600, [pass(10, 131), pass(70, 90)])
    expect(changes.map(({ to, cause }) => [to, cause])).toEqual([
      ['ALARM', '10/3'],
      ['OK', '70/3'],
      ['INSUFFICIENT_DATA', null],
    ])
  })

  it('[WATCH-27] acts once while a car stays too fast', () => {
    const passes = Array.from({ length: 20 }, (_, i) => pass(10 + i * 15, 131))
    const { changes, actions, events } = play(withAlarm(open(), { AlarmActions: [FINE] }), 300, passes)
    expect([changes.length, actions.length, events.length]).toEqual([1, 1, 1])
  })

  it('[WATCH-27] acts again after a change back', () => {
    const alarmed = withAlarm(open(), { AlarmActions: [FINE], OKActions: [] })
    const { actions, changes } = play(alarmed, 240, [pass(10, 131), pass(70, 90), pass(130, 131), pass(190, 90)])
    expect(changes.map(({ to }) => to)).toEqual(['ALARM', 'OK', 'ALARM', 'OK'])
    expect(actions.length).toBe(2)
  })

  it('[WATCH-28] runs OK actions when the first good data come', () => {
    const { changes, actions } = play(withAlarm(open(), { OKActions: [FINE] }), 60, [pass(10, 90)])
    expect(moves(changes)).toEqual([[60, 'INSUFFICIENT_DATA', 'OK']])
    expect(actions).toMatchObject([{ actionArn: FINE, alarmName: 'speed-A7' }])
  })

  it('[WATCH-29] leaves the state object alone when nothing comes and nothing is due', () => {
    const state = withAlarm(open())
    expect(stepTo(state, 5).state).toBe(state)
    const idle = open()
    expect(stepTo(idle, 3600).state).toBe(idle)
  })

  it('[WATCH-29] keeps alarms and metrics that did not change', () => {
    const before = play(withAlarm(open()), 60, [pass(10, 131)]).state
    const after = stepTo(before, 120).state
    expect(after.alarms).toBe(before.alarms)
    expect(after.metrics).toBe(before.metrics)
  })

  it('[WATCH-30] evaluates the last datapoint for two periods more before INSUFFICIENT_DATA', () => {
    const { changes } = play(withAlarm(open()), 600, [pass(10, 131)])
    expect(moves(changes)).toEqual([
      [60, 'INSUFFICIENT_DATA', 'ALARM'],
      [240, 'ALARM', 'INSUFFICIENT_DATA'],
    ])
  })

  it.each([
    ['missing', ['INSUFFICIENT_DATA']],
    ['notBreaching', ['OK']],
    ['breaching', ['ALARM']],
    ['ignore', []],
  ] as const)('[WATCH-30] a camera that goes blind with %s ends in %j', (TreatMissingData, last) => {
    const watching = play(withAlarm(open(), { TreatMissingData, EvaluationPeriods: 3 }), 180, [
      pass(10, 90),
      pass(70, 90),
      pass(130, 90),
    ])
    const { changes } = play(watching.state, 900, [], 180)
    const expected = TreatMissingData === 'notBreaching' ? [] : last
    expect(changes.map(({ to }) => to)).toEqual(expected)
  })

  it('[WATCH-31] counts a late datum in its own minute', () => {
    const { state } = play(withAlarm(open()), 60, [pass(10, 90)])
    const late = stepTo(state, 70, [pass(50, 131)])
    expect(moves(stepTo(late.state, 120).changes)).toEqual([[120, 'OK', 'ALARM']])
    expect(stepTo(late.state, 120).changes).toMatchObject([{ cause: '50/3' }])
  })

  it('[WATCH-32] keeps the state over an update, and uses the new threshold at the next evaluation', () => {
    const { state } = play(withAlarm(open()), 60, [pass(10, 131)])
    const eased = withAlarm(state, { Threshold: 140 }, 65)
    expect(stateOf(eased)?.value).toBe('ALARM')
    expect(moves(stepTo(eased, 120).changes)).toEqual([[120, 'ALARM', 'OK']])
  })

  it('[WATCH-33] does not see data with more dimensions, or fewer', () => {
    const more = pass(10, 131, { dimensions: { Camera: 'A7', Plate: 'FR-042' } })
    const fewer = pass(20, 131, { dimensions: {} })
    expect(play(withAlarm(open()), 60, [more, fewer]).changes).toEqual([])
  })

  it('[WATCH-33] does not care in which order dimensions are written', () => {
    const Dimensions = [
      { Name: 'Plate', Value: 'FR-042' },
      { Name: 'Camera', Value: 'A7' },
    ]
    const seen = pass(10, 131, { dimensions: { Camera: 'A7', Plate: 'FR-042' } })
    expect(play(withAlarm(open(), { Dimensions }), 60, [seen]).changes).toHaveLength(1)
  })

  it('[WATCH-33] keeps namespaces and names apart', () => {
    const elsewhere = [pass(10, 131, { namespace: 'City/Parking' }), pass(20, 131, { metricName: 'QueueLength' })]
    expect(play(withAlarm(open()), 60, elsewhere).changes).toEqual([])
  })

  it('[WATCH-34] waits for ever for a unit that nobody publishes', () => {
    expect(play(withAlarm(open(), { Unit: 'Count' }), 120, [pass(10, 131), pass(70, 131)]).changes).toEqual([])
  })

  it('[WATCH-34] finds the unit that it names, and without one the first', () => {
    const counted = [pass(10, 90), pass(20, 131, { unit: 'Count' })]
    expect(play(withAlarm(open(), { Unit: 'Count' }), 60, counted).changes).toMatchObject([{ to: 'ALARM' }])
    expect(play(withAlarm(open()), 60, counted).changes).toMatchObject([{ to: 'OK' }])
  })

  it('[WATCH-35] finds in one long tick what many short ones find', () => {
    const points = [pass(10, 131), pass(70, 90), pass(130, 131)]
    const short = play(withAlarm(open()), 600, points)
    const long = stepTo(withAlarm(open()), 600, points)
    expect(moves(long.changes)).toEqual(moves(short.changes))
    expect(long.changes.map(({ reason }) => reason)).toEqual(short.changes.map(({ reason }) => reason))
  })

  it('[WATCH-36] finds standard data once a minute with a period of 10 s', () => {
    const standard = [10, 20, 30, 40, 50].map((second) => pass(second, 131, { storageResolution: 60 }))
    const { changes } = play(withAlarm(open(), { Period: 10 }), 60, standard)
    expect(moves(changes)).toEqual([
      [10, 'INSUFFICIENT_DATA', 'ALARM'],
      [40, 'ALARM', 'INSUFFICIENT_DATA'],
    ])
  })

  it('[WATCH-9] keeps its state while a percentile has too few samples', () => {
    const { Statistic: _, ...rest } = speedAlarm()
    const tested = (low: 'ignore' | 'evaluate') => {
      const state = open()
      const alarm = { ...rest, ExtendedStatistic: 'p90', EvaluateLowSampleCountPercentile: low }
      const alarmed = withExact(state, alarm)
      return stepTo(alarmed, 60, [pass(10, 131), pass(11, 132)]).changes.map(({ to }) => to)
    }
    expect([tested('ignore'), tested('evaluate')]).toEqual([[], ['ALARM']])
  })

  it('[WATCH-9] evaluates a percentile once it has samples enough', () => {
    const { Statistic: _, ...rest } = speedAlarm()
    const alarm = { ...rest, ExtendedStatistic: 'p90', EvaluateLowSampleCountPercentile: 'ignore' as const }
    const samples = (count: number) => Array.from({ length: count }, (_unused, i) => pass(i % 60, 131))
    const changes = (count: number) => stepTo(withExact(open(), alarm), 60, samples(count)).changes
    expect(changes(99)).toEqual([])
    expect(changes(100)).toHaveLength(1)
  })

  it('[WATCH-26] gives changes in the order in which alarms were made', () => {
    const both = withAlarm(withAlarm(open(), { AlarmName: 'second' }), { AlarmName: 'first' })
    expect(stepTo(both, 60, [pass(10, 131)]).changes.map(({ alarmName }) => alarmName)).toEqual(['second', 'first'])
  })

  it('[WATCH-98] knows an alarm called constructor', () => {
    const odd = withAlarm(open(), { AlarmName: 'constructor', MetricName: 'toString' })
    expect(stepTo(odd, 60, [pass(10, 131, { metricName: 'toString' })]).changes).toHaveLength(1)
  })

  it('[WATCH-98] goes on alike after being written and read', () => {
    const { state } = play(withAlarm(open(), { AlarmActions: [FINE] }), 130, [
      pass(10, 131),
      pass(70, 90),
      pass(128, 131),
    ])
    const read = JSON.parse(JSON.stringify(state)) as WatchState
    expect(read).toEqual(state)
    expect(stepWatch(read, [pass(131, 90)], tickAt(180))).toEqual(stepWatch(state, [pass(131, 90)], tickAt(180)))
  })
})

function withExact(state: WatchState, alarm: Omit<ReturnType<typeof speedAlarm>, 'Statistic'>): WatchState {
  return done(putMetricAlarm(state, alarm, tickAt(0))).state
}
