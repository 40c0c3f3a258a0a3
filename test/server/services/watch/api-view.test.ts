import { describe, expect, it } from 'vitest'

import { viewAlarm, viewHistoryItem, viewMetric, viewPoint } from '../../../../server/services/watch/api-view.ts'
import { setAlarmState } from '../../../../server/services/watch/alarm-control.ts'
import { describeAlarmHistory } from '../../../../server/services/watch/describe.ts'
import { getMetricStatistics, listMetrics } from '../../../../server/services/watch/queries.ts'
import type { WatchState } from '../../../../server/services/watch/state.ts'
import { at, done, open, pass, START, stepTo, tickAt, withAlarm, withComposite } from './world.ts'

const FINE = 'arn:aws:lambda:eu-west-3:111122223333:function:issue-fine'
const view = (state: WatchState, name: string) => {
  const alarm = state.alarms[name]
  return alarm && viewAlarm(alarm)
}

describe('the service’s answers in JSON', () => {
  it('[WATCH-100] shows a metric alarm field for field', () => {
    const { state } = stepTo(withAlarm(open(), { AlarmActions: [FINE] }), 60, [pass(10, 131)])
    expect(view(state, 'speed-A7')).toEqual({
      AlarmName: 'speed-A7',
      AlarmArn: 'arn:aws:cloudwatch:eu-west-3:111122223333:alarm:speed-A7',
      ActionsEnabled: true,
      OKActions: [],
      AlarmActions: [FINE],
      InsufficientDataActions: [],
      Namespace: 'City/Traffic',
      MetricName: 'SpeedKmh',
      Dimensions: [{ Name: 'Camera', Value: 'A7' }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 110,
      ComparisonOperator: 'GreaterThanThreshold',
      StateValue: 'ALARM',
      StateReason: 'Threshold Crossed: 1 datapoint [131.0 (14/03/26 09:00:00)] was greater than the threshold (110.0).',
      StateReasonData: expect.stringContaining('"recentDatapoints":[131]') as string,
      StateUpdatedTimestamp: START / 1000 + 60,
      StateTransitionedTimestamp: START / 1000 + 60,
      AlarmConfigurationUpdatedTimestamp: START / 1000,
    })
  })

  it('[WATCH-100] shows what holds back a composite alarm', () => {
    const waiting = { ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 }
    const suppressor = withAlarm(withAlarm(open()), { AlarmName: 'works', MetricName: 'Works' })
    const both = withComposite(suppressor, { AlarmRule: 'ALARM(speed-A7)', ActionsSuppressor: 'works', ...waiting })
    const set = { AlarmName: 'speed-A7', StateValue: 'ALARM' as const, StateReason: 'by hand' }
    const { state } = done(setAlarmState(stepTo(both, 10).state, set, tickAt(15)))
    expect(view(both, 'both')).not.toHaveProperty('ActionsSuppressedBy')
    expect(view(state, 'both')).toMatchObject({
      AlarmRule: 'ALARM(speed-A7)',
      ActionsSuppressor: 'works',
      ...waiting,
      ActionsSuppressedBy: 'WaitPeriod',
      ActionsSuppressedReason: 'Actions suppressed by WaitPeriod',
      StateValue: 'ALARM',
    })
  })

  it('[WATCH-100] shows a line of history', () => {
    const [item] = done(describeAlarmHistory(withAlarm(open()))).AlarmHistoryItems
    expect(item && viewHistoryItem(item)).toEqual({
      AlarmName: 'speed-A7',
      AlarmType: 'MetricAlarm',
      Timestamp: START / 1000,
      HistoryItemType: 'ConfigurationUpdate',
      HistorySummary: 'Alarm "speed-A7" created',
      HistoryData: expect.stringContaining('"version":"1.0"') as string,
    })
  })

  it('[WATCH-100] shows a metric, with its dimensions as a list', () => {
    const { Metrics } = done(listMetrics(stepTo(open(), 1, [pass(1, 90)]).state))
    expect(Metrics.map(viewMetric)).toEqual([
      { Namespace: 'City/Traffic', MetricName: 'SpeedKmh', Dimensions: [{ Name: 'Camera', Value: 'A7' }] },
    ])
  })

  it('[WATCH-100] shows a datapoint, percentiles apart', () => {
    const read = (which: object) =>
      done(
        getMetricStatistics(stepTo(open(), 1, [pass(1, 90)]).state, {
          Namespace: 'City/Traffic',
          MetricName: 'SpeedKmh',
          Dimensions: [{ Name: 'Camera', Value: 'A7' }],
          StartTime: at(0),
          EndTime: at(60),
          Period: 60,
          ...which,
        }),
      ).Datapoints.map(viewPoint)
    expect(read({ Statistics: ['Sum', 'Maximum'] })).toEqual([
      { Timestamp: START / 1000, Sum: 90, Maximum: 90, Unit: 'None' },
    ])
    expect(read({ ExtendedStatistics: ['p90'] })).toEqual([
      { Timestamp: START / 1000, Unit: 'None', ExtendedStatistics: { p90: 90 } },
    ])
  })
})
