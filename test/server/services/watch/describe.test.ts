import { describe, expect, it } from 'vitest'

import { deleteAlarms } from '../../../../server/services/watch/alarm-control.ts'
import {
  describeAlarmHistory,
  describeAlarms,
  describeAlarmsForMetric,
  type AlarmsRequest,
} from '../../../../server/services/watch/describe.ts'
import { openWatch } from '../../../../server/services/watch/watch.ts'
import { at, done, open, pass, play, stepTo, tickAt, withAlarm, withComposite } from './world.ts'

const FINE = 'arn:aws:lambda:eu-west-3:111122223333:function:issue-fine'
const BOARD = 'arn:aws:sns:eu-west-3:111122223333:board'

const town = () => {
  let state = withAlarm(open(), { AlarmActions: [FINE] })
  state = withAlarm(state, { AlarmName: 'speed-B2', OKActions: [BOARD], Dimensions: [{ Name: 'Camera', Value: 'B2' }] })
  state = withAlarm(state, { AlarmName: 'crash', MetricName: 'Crashes' })
  return withComposite(state, { AlarmRule: 'ALARM(speed-A7) OR ALARM(crash)' })
}
const names = (request: Parameters<typeof describeAlarms>[1], state = town()) => {
  const { MetricAlarms, CompositeAlarms } = done(describeAlarms(state, request))
  return [...MetricAlarms, ...CompositeAlarms].map(({ config }) => config.AlarmName)
}

describe('describeAlarms', () => {
  it('[WATCH-47] shows metric alarms unless asked otherwise', () => {
    expect(names({})).toEqual(['speed-A7', 'speed-B2', 'crash'])
    expect(names({ AlarmTypes: ['CompositeAlarm'] })).toEqual(['both'])
    expect(names({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] })).toHaveLength(4)
  })

  it.each([
    [{ AlarmNames: ['crash', 'stranger'] }, ['crash']],
    [{ AlarmNamePrefix: 'speed-' }, ['speed-A7', 'speed-B2']],
    [{ ActionPrefix: 'arn:aws:lambda' }, ['speed-A7']],
    [{ ActionPrefix: 'arn:aws:sns' }, ['speed-B2']],
    [{ StateValue: 'OK' as const }, []],
    [{ ChildrenOfAlarmName: 'both' }, ['speed-A7', 'crash']],
    [{ ParentsOfAlarmName: 'crash' }, ['both']],
    [{ ParentsOfAlarmName: 'speed-B2' }, []],
  ])('[WATCH-47] finds %j', (request, expected) => {
    expect(names(request)).toEqual(expected)
  })

  it('[WATCH-47] finds by state', () => {
    const { state } = stepTo(town(), 60, [pass(10, 131)])
    expect(names({ StateValue: 'ALARM' }, state)).toEqual(['speed-A7'])
  })

  it('[WATCH-47] goes page by page', () => {
    const first = done(describeAlarms(town(), { MaxRecords: 2 }))
    expect([first.MetricAlarms.length, first.NextToken]).toEqual([2, '2'])
    const second = done(describeAlarms(town(), { MaxRecords: 2, NextToken: '2' }))
    expect([second.MetricAlarms.length, second.NextToken]).toEqual([1, undefined])
  })

  it.each<[AlarmsRequest, string | null]>([
    [{ MaxRecords: 1 }, null],
    [{ MaxRecords: 100 }, null],
    [{ MaxRecords: 0 }, 'MaxRecords: ValidationError'],
    [{ MaxRecords: 101 }, 'MaxRecords: ValidationError'],
    [{ MaxRecords: 1.5 }, 'MaxRecords: ValidationError'],
    [{ AlarmNames: [], AlarmNamePrefix: 's' }, 'AlarmNamePrefix: InvalidParameterCombination'],
    [{ AlarmNames: Array<string>(100).fill('a') }, null],
    [{ AlarmNames: Array<string>(101).fill('a') }, 'AlarmNames: ValidationError'],
    [{ ChildrenOfAlarmName: 'both', MaxRecords: 5 }, null],
    [{ ChildrenOfAlarmName: 'both', StateValue: 'OK' }, 'ChildrenOfAlarmName: ValidationError'],
    [{ ParentsOfAlarmName: 'crash', AlarmTypes: ['CompositeAlarm'] }, 'ChildrenOfAlarmName: ValidationError'],
    [{ ParentsOfAlarmName: 'crash', ChildrenOfAlarmName: 'both' }, 'ChildrenOfAlarmName: ValidationError'],
    [{ AlarmNamePrefix: 's', StateValue: 'OK', ActionPrefix: 'arn' }, null],
  ])('[WATCH-47] answers %j with %s', (request, expected) => {
    const answer = describeAlarms(town(), request)
    expect(answer.ok ? null : `${answer.error.field}: ${answer.error.code}`).toBe(expected)
  })

  it.each(['x', '-1', '99', '1.5', ''])('[WATCH-49] refuses the token %j', (NextToken) => {
    expect(describeAlarms(town(), { NextToken })).toMatchObject({ ok: false, error: { code: 'InvalidNextToken' } })
  })

  it('[WATCH-47] finds the alarms on a metric', () => {
    const on = (Value: string) =>
      describeAlarmsForMetric(town(), {
        Namespace: 'City/Traffic',
        MetricName: 'SpeedKmh',
        Dimensions: [{ Name: 'Camera', Value }],
      }).map(({ config }) => config.AlarmName)
    expect([on('A7'), on('B2'), on('C3')]).toEqual([['speed-A7'], ['speed-B2'], []])
  })
})

describe('describeAlarmHistory', () => {
  const lived = () => play(withAlarm(open(), { AlarmActions: [FINE] }), 120, [pass(10, 131), pass(70, 90)]).state

  it('[WATCH-48] tells making, changes and actions, newest first', () => {
    const { AlarmHistoryItems } = done(describeAlarmHistory(lived(), { AlarmName: 'speed-A7' }))
    expect(AlarmHistoryItems.map(({ type, summary }) => [type, summary])).toEqual([
      ['StateUpdate', 'Alarm updated from ALARM to OK'],
      ['Action', `Successfully executed action ${FINE}`],
      ['StateUpdate', 'Alarm updated from INSUFFICIENT_DATA to ALARM'],
      ['ConfigurationUpdate', 'Alarm "speed-A7" created'],
    ])
  })

  it('[WATCH-48] keeps old and new state as JSON', () => {
    const { AlarmHistoryItems } = done(describeAlarmHistory(lived(), { HistoryItemType: 'StateUpdate' }))
    expect(JSON.parse(AlarmHistoryItems[1]?.data ?? '')).toMatchObject({
      version: '1.0',
      oldState: { stateValue: 'INSUFFICIENT_DATA', stateReason: 'Unchecked: Initial alarm creation' },
      newState: { stateValue: 'ALARM', stateReasonData: { recentDatapoints: [131] } },
    })
  })

  it('[WATCH-48] finds by time, in either direction', () => {
    const at60 = { StartDate: at(60), EndDate: at(60) }
    const types = (request: object) =>
      done(describeAlarmHistory(lived(), { ...at60, ...request })).AlarmHistoryItems.map(({ type }) => type)
    expect(types({})).toEqual(['Action', 'StateUpdate'])
    expect(types({ ScanBy: 'TimestampAscending' })).toEqual(['StateUpdate', 'Action'])
  })

  it('[WATCH-48] shows composite alarms when asked, or by name', () => {
    const state = withComposite(lived(), { AlarmRule: 'TRUE' }, 125)
    const count = (request: object) => done(describeAlarmHistory(state, request)).AlarmHistoryItems.length
    expect([count({}), count({ AlarmTypes: ['CompositeAlarm'] }), count({ AlarmName: 'both' })]).toEqual([4, 1, 1])
  })

  it('[WATCH-48] outlives the alarm', () => {
    const { state } = done(deleteAlarms(lived(), { AlarmNames: ['speed-A7'] }, tickAt(125)))
    const { AlarmHistoryItems } = done(describeAlarmHistory(state, { AlarmName: 'speed-A7' }))
    expect(AlarmHistoryItems[0]?.summary).toBe('Alarm "speed-A7" deleted')
    expect(AlarmHistoryItems).toHaveLength(5)
  })

  it('[WATCH-48] forgets the oldest lines first', () => {
    const short = openWatch({ now: at(0), historyItems: 2 })
    const { state } = play(withAlarm(short), 120, [pass(10, 131), pass(70, 90)])
    expect(state.history.map(({ summary }) => summary)).toEqual([
      'Alarm updated from INSUFFICIENT_DATA to ALARM',
      'Alarm updated from ALARM to OK',
    ])
  })

  it('[WATCH-49] pages with tokens of its own', () => {
    const first = done(describeAlarmHistory(lived(), { MaxRecords: 3 }))
    expect(first.NextToken).toBe('3')
    expect(done(describeAlarmHistory(lived(), { MaxRecords: 3, NextToken: '3' })).AlarmHistoryItems).toHaveLength(1)
    expect(describeAlarmHistory(lived(), { NextToken: 'nope' }).ok).toBe(false)
    expect([0, 1, 100, 101].map((MaxRecords) => describeAlarmHistory(lived(), { MaxRecords }).ok)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})
