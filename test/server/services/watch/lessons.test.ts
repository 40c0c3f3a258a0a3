import { describe, expect, it } from 'vitest'

import type { MetricAlarmInput, TreatMissingData } from '../../../../shared/aws/alarm.ts'
import { putAlarmMuteRule } from '../../../../server/services/watch/mute-control.ts'
import { setAlarmState } from '../../../../server/services/watch/alarm-control.ts'
import type { WatchState } from '../../../../server/services/watch/state.ts'
import { done, open, pass, play, stepTo, tickAt, withAlarm, withComposite } from './world.ts'

/** What the scenarios rely on, at the clock of a room: one second of play is twelve of the service. */
const PLAY = 12
const FINE = 'arn:aws:lambda:eu-west-3:111122223333:function:issue-fine'
const seconds = (ofPlay: number) => ofPlay * PLAY

/** One car measured every 20 s of service time; `speedAt` tells how fast it is then. */
const drive = (until: number, speedAt: (second: number) => number | null) =>
  Array.from({ length: Math.floor(until / 20) }, (_, i) => i * 20 + 5).flatMap((second) => {
    const speed = speedAt(second)
    return speed === null ? [] : [pass(second, speed, { dimensions: { Road: 'ring', Car: 'FR-042' } })]
  })

const ringRoad = (changes: Partial<MetricAlarmInput> = {}): Partial<MetricAlarmInput> => ({
  Dimensions: [
    { Name: 'Road', Value: 'ring' },
    { Name: 'Car', Value: 'FR-042' },
  ],
  Statistic: 'Average',
  EvaluationPeriods: 3,
  DatapointsToAlarm: 3,
  AlarmActions: [FINE],
  ...changes,
})
const fines = (changes: Partial<MetricAlarmInput>, speedAt: (second: number) => number | null, until = seconds(60)) =>
  play(withAlarm(open(), ringRoad(changes)), until, drive(until, speedAt)).actions.length

describe('S1, first speeding ticket', () => {
  it('[WATCH-27] 130 km/h for fifteen seconds of play earns exactly one fine', () => {
    expect(fines({}, (second) => (second < seconds(15) ? 130 : 100))).toBe(1)
  })

  it('[WATCH-2] 130 km/h for one period earns none', () => {
    expect(fines({}, (second) => (second < 60 ? 130 : 100))).toBe(0)
  })

  it('[WATCH-27] one that stays at 130 km/h is fined once, not once a period', () => {
    expect(fines({}, () => 130, seconds(120))).toBe(1)
  })

  it.each([
    [1, 1, 3],
    [2, 3, 1],
    [3, 3, 0],
  ])('[WATCH-2] %i of %i fines three single fast minutes %i times', (DatapointsToAlarm, EvaluationPeriods, count) => {
    const fast = [2, 4, 9]
    const speedAt = (second: number) => (fast.includes(Math.floor(second / 60)) ? 130 : 100)
    expect(fines({ DatapointsToAlarm, EvaluationPeriods }, speedAt, 900)).toBe(count)
  })

  it('[WATCH-33] a metric of the road lets the second car through while the first holds the alarm', () => {
    const Dimensions = [{ Name: 'Road', Value: 'ring' }]
    const road = withAlarm(
      open(),
      ringRoad({ Dimensions, Statistic: 'Maximum', EvaluationPeriods: 1, DatapointsToAlarm: 1 }),
    )
    const both = [5, 25, 45, 65, 85, 105].map((second) => pass(second, 130, { dimensions: { Road: 'ring' } }))
    expect(play(road, 120, both).actions).toHaveLength(1)
  })

  it('[WATCH-6] a car that vanishes after one fast minute is still caught, with the default treatment', () => {
    const speedAt = (second: number) => (second < 60 ? 130 : null)
    expect([fines({}, speedAt), fines({ TreatMissingData: 'notBreaching' }, speedAt)]).toEqual([1, 0])
  })
})

describe('S3, missing data is not OK', () => {
  const lamp = (TreatMissingData: TreatMissingData, before: 'OK' | 'ALARM' = 'OK') => {
    const camera = withAlarm(open(), ringRoad({ TreatMissingData }))
    const seen = play(
      camera,
      240,
      drive(240, () => (before === 'OK' ? 90 : 130)),
    ).state
    return play(seen, 240 + seconds(60), [], 240).state.alarms['speed-A7']?.status.value
  }

  it('[WATCH-30] after 60 s of fog the four lamps read ?, ✓, ▲, ▲', () => {
    expect([lamp('missing'), lamp('notBreaching'), lamp('breaching'), lamp('ignore', 'ALARM')]).toEqual([
      'INSUFFICIENT_DATA',
      'OK',
      'ALARM',
      'ALARM',
    ])
  })

  it('[WATCH-3] a heartbeat with breaching tells that it stopped', () => {
    const beat = (until: number) => drive(until, () => 1)
    const heart = ringRoad({ Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' })
    const { state } = play(withAlarm(open(), heart), 300, beat(300))
    expect(state.alarms['speed-A7']?.status.value).toBe('OK')
    const { changes } = play(state, 900, [], 300)
    expect(changes.map(({ to, reason }) => [to, reason])).toEqual([
      [
        'ALARM',
        'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].',
      ],
    ])
  })

  it('[WATCH-3] a crash counter with notBreaching does not cry wolf on a calm night', () => {
    const counter = ringRoad({
      Statistic: 'Sum',
      Threshold: 0,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    })
    const { changes } = play(
      withAlarm(open(), counter),
      1800,
      drive(1800, (second) => (second === 605 ? 1 : null)),
    )
    expect(changes.map(({ to }) => to)).toEqual(['OK', 'ALARM', 'OK'])
  })
})

describe('S10, alert fatigue', () => {
  const flapping = (until: number) =>
    Array.from({ length: until / 10 }, (_, i) => pass(i * 10 + 5, i % 3 === 0 ? 131 : 90))
  const camera = (changes: Partial<MetricAlarmInput>) =>
    withAlarm(open(), { Period: 10, AlarmActions: [FINE], ...changes })
  const alarms = (state: WatchState) => play(state, 600, flapping(600)).actions.length

  it('[WATCH-2] 2 of 3 silences single spikes that 1 of 1 reports each time', () => {
    expect(alarms(camera({ EvaluationPeriods: 1 }))).toBe(20)
    expect(alarms(camera({ EvaluationPeriods: 3, DatapointsToAlarm: 2 }))).toBe(0)
  })

  it('[WATCH-54] "speed and crash" is quiet until both are so', () => {
    const crash = withAlarm(camera({ AlarmActions: [] }), {
      AlarmName: 'crash',
      MetricName: 'Crashes',
      TreatMissingData: 'notBreaching',
    })
    const both = withComposite(crash, { AlarmRule: 'ALARM(speed-A7) AND ALARM(crash)', AlarmActions: [FINE] })
    expect(alarms(both)).toBe(0)
    const bang = [...flapping(600), pass(305, 200, { metricName: 'Crashes' })]
    expect(play(both, 600, bang).actions.length).toBeGreaterThan(0)
  })

  it('[WATCH-58] a suppressor silences the action and not the state', () => {
    const works = withAlarm(camera({ AlarmActions: [] }), {
      AlarmName: 'roadworks',
      MetricName: 'Works',
      TreatMissingData: 'ignore',
    })
    const hush = { ActionsSuppressor: 'roadworks', ActionsSuppressorWaitPeriod: 0, ActionsSuppressorExtensionPeriod: 0 }
    const quiet = withComposite(works, { AlarmRule: 'ALARM(speed-A7)', AlarmActions: [FINE], ...hush })
    const set = { AlarmName: 'roadworks', StateValue: 'ALARM' as const, StateReason: 'works' }
    const { state } = done(setAlarmState(quiet, set, tickAt(1)))
    const { changes, actions } = play(state, 300, flapping(300), 1)
    expect(changes.filter(({ alarmName, to }) => alarmName === 'both' && to === 'ALARM').length).toBeGreaterThan(5)
    expect(actions).toEqual([])
  })

  it('[WATCH-63] after a mute window the board tells what no message will', () => {
    const Rule = { Schedule: { Expression: 'at(2026-03-14T09:00)', Duration: 'PT5M' } }
    const { state } = done(putAlarmMuteRule(camera({ EvaluationPeriods: 1 }), { Name: 'parade', Rule }, tickAt(0)))
    const muted = play(state, 300, flapping(290))
    expect(muted.actions).toEqual([])
    expect(muted.changes.filter(({ to }) => to === 'ALARM')).toHaveLength(10)
    const over = stepTo(muted.state, 305)
    expect([over.actions, over.state.alarms['speed-A7']?.status.value]).toEqual([[], 'OK'])
  })
})
