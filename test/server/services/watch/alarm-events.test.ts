import { describe, expect, it } from 'vitest'

import { deleteAlarms, disableAlarmActions, putMetricAlarm } from '../../../../server/services/watch/alarm-control.ts'
import { done, open, pass, play, speedAlarm, stepTo, tickAt, withAlarm, withComposite } from './world.ts'

const ARN = 'arn:aws:cloudwatch:eu-west-3:111122223333:alarm:speed-A7'
const FINE = 'arn:aws:lambda:eu-west-3:111122223333:function:issue-fine'
const BULLETIN = 'arn:aws:sns:eu-west-3:111122223333:bulletin'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('what an alarm tells', () => {
  it('[WATCH-37] sends the state change in AWS’s shape', () => {
    const [event] = stepTo(withAlarm(open(), { AlarmDescription: 'Too fast' }), 60, [pass(10, 131)]).events
    expect(event).toMatchObject({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: [ARN],
      region: 'eu-west-3',
      detail: {
        alarmName: 'speed-A7',
        state: {
          value: 'ALARM',
          reason: 'Threshold Crossed: 1 datapoint [131.0 (14/03/26 09:00:00)] was greater than the threshold (110.0).',
          timestamp: '2026-03-14T09:01:00.000+0000',
        },
        previousState: {
          value: 'INSUFFICIENT_DATA',
          reason: 'Unchecked: Initial alarm creation',
          timestamp: '2026-03-14T09:00:00.000+0000',
        },
        configuration: {
          description: 'Too fast',
          metrics: [
            {
              id: expect.stringMatching(UUID) as string,
              metricStat: {
                metric: { namespace: 'City/Traffic', name: 'SpeedKmh', dimensions: { Camera: 'A7' } },
                period: 60,
                stat: 'Maximum',
              },
              returnData: true,
            },
          ],
        },
      },
    })
  })

  it('[WATCH-37] has no fields but AWS’s', () => {
    const [event] = stepTo(withAlarm(open()), 60, [pass(10, 131)]).events
    expect(Object.keys(event?.detail ?? {})).toEqual(['alarmName', 'state', 'previousState', 'configuration'])
    expect(event?.detail['configuration']).not.toHaveProperty('description')
    expect(event?.detail['previousState']).not.toHaveProperty('reasonData')
  })

  it('[WATCH-37] gives the metric the same id each time', () => {
    const { events } = play(withAlarm(open()), 120, [pass(10, 131), pass(70, 90)])
    const ids = events.map(({ detail }) => JSON.stringify(detail).match(/"id":"([^"]+)"/)?.[1])
    expect(ids[0]).toBe(ids[1])
  })

  it('[WATCH-37] tells a change also when actions are disabled', () => {
    const { events, actions } = stepTo(withAlarm(open(), { ActionsEnabled: false, AlarmActions: [FINE] }), 60, [
      pass(10, 131),
    ])
    expect([events.length, actions.length]).toEqual([1, 0])
  })

  it('[WATCH-37] shows queries of metric math', () => {
    const Metric = { Namespace: 'City/Traffic', MetricName: 'SpeedKmh', Dimensions: [{ Name: 'Camera', Value: 'A7' }] }
    const { Namespace: _n, MetricName: _m, Dimensions: _d, Statistic: _s, Period: _p, ...rest } = speedAlarm()
    const Metrics = [
      { Id: 'm1', MetricStat: { Metric, Period: 60, Stat: 'Maximum' }, ReturnData: false },
      { Id: 'e1', Expression: 'm1 * 2', Label: 'twice' },
    ]
    const state = done(putMetricAlarm(open(), { ...rest, Metrics }, tickAt(0))).state
    const [event] = stepTo(state, 60, [pass(10, 56)]).events
    expect(event?.detail['configuration']).toEqual({
      metrics: [
        {
          id: 'm1',
          metricStat: {
            metric: { namespace: 'City/Traffic', name: 'SpeedKmh', dimensions: { Camera: 'A7' } },
            period: 60,
            stat: 'Maximum',
          },
          returnData: false,
        },
        { id: 'e1', label: 'twice', expression: 'm1 * 2', returnData: true },
      ],
    })
  })

  it('[WATCH-37] shows a composite alarm’s rule in place of metrics', () => {
    const state = withComposite(withAlarm(open()), { AlarmRule: 'ALARM(speed-A7)' })
    const [event] = stepTo(state, 10).events
    expect(event?.detail['configuration']).toEqual({ alarmRule: 'ALARM(speed-A7)' })
  })

  it('[WATCH-38] tells that an alarm was created', () => {
    const { events } = done(putMetricAlarm(open(), speedAlarm({ AlarmActions: [FINE] }), tickAt(5)))
    expect(events).toMatchObject([
      {
        cause: '5/1',
        source: 'aws.cloudwatch',
        detailType: 'CloudWatch Alarm Configuration Change',
        resources: [ARN],
        detail: {
          alarmName: 'speed-A7',
          operation: 'create',
          state: { value: 'INSUFFICIENT_DATA', timestamp: '2026-03-14T09:00:05.000+0000' },
          configuration: {
            alarmName: 'speed-A7',
            evaluationPeriods: 1,
            threshold: 110,
            comparisonOperator: 'GreaterThanThreshold',
            treatMissingData: 'missing',
            actionsEnabled: true,
            alarmActions: [FINE],
            okActions: [],
            insufficientDataActions: [],
            timestamp: '2026-03-14T09:00:05.000+0000',
          },
        },
      },
    ])
    expect(events[0]?.detail).not.toHaveProperty('previousConfiguration')
  })

  it('[WATCH-38] tells what an update replaced', () => {
    const { events } = done(putMetricAlarm(withAlarm(open()), speedAlarm({ Threshold: 90 }), tickAt(5)))
    expect(events).toMatchObject([
      { detail: { operation: 'update', configuration: { threshold: 90 }, previousConfiguration: { threshold: 110 } } },
    ])
  })

  it('[WATCH-38] tells that an alarm was deleted', () => {
    const { events } = done(deleteAlarms(withAlarm(open()), { AlarmNames: ['speed-A7'] }, tickAt(5)))
    expect(events).toMatchObject([{ detail: { operation: 'delete', configuration: { threshold: 110 } } }])
  })

  it('[WATCH-38] takes switching the actions for an update', () => {
    const { events } = done(disableAlarmActions(withAlarm(open()), { AlarmNames: ['speed-A7'] }, tickAt(5)))
    expect(events).toMatchObject([{ detail: { operation: 'update', configuration: { actionsEnabled: false } } }])
  })

  it('[WATCH-39] hands a function the alarm’s payload', () => {
    const { actions, events } = stepTo(withAlarm(open(), { AlarmActions: [FINE] }), 60, [pass(10, 131)])
    expect(actions[0]?.payload).toEqual({
      source: 'aws.cloudwatch',
      alarmArn: ARN,
      accountId: '111122223333',
      time: '2026-03-14T09:01:00.000+0000',
      region: 'eu-west-3',
      alarmData: events[0]?.detail,
    })
  })

  it('[WATCH-40] hands a topic the message’s body', () => {
    const { actions } = stepTo(withAlarm(open(), { AlarmActions: [BULLETIN], AlarmDescription: 'Too fast' }), 60, [
      pass(10, 131),
    ])
    expect(actions[0]?.payload).toEqual({
      AlarmName: 'speed-A7',
      AlarmDescription: 'Too fast',
      AWSAccountId: '111122223333',
      AlarmConfigurationUpdatedTimestamp: '2026-03-14T09:00:00.000+0000',
      NewStateValue: 'ALARM',
      NewStateReason:
        'Threshold Crossed: 1 datapoint [131.0 (14/03/26 09:00:00)] was greater than the threshold (110.0).',
      StateChangeTime: '2026-03-14T09:01:00.000+0000',
      Region: 'eu-west-3',
      AlarmArn: ARN,
      OldStateValue: 'INSUFFICIENT_DATA',
      OKActions: [],
      AlarmActions: [BULLETIN],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'SpeedKmh',
        Namespace: 'City/Traffic',
        StatisticType: 'Statistic',
        Statistic: 'MAXIMUM',
        Unit: null,
        Dimensions: [{ value: 'A7', name: 'Camera' }],
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 110,
        TreatMissingData: 'missing',
        EvaluateLowSampleCountPercentile: '',
      },
    })
  })

  it('[WATCH-41] causes event and actions by the change, in rising ids', () => {
    const { changes, actions, events } = stepTo(withAlarm(open(), { AlarmActions: [FINE, BULLETIN] }), 60, [
      pass(10, 131),
    ])
    expect(changes.map(({ id }) => id)).toEqual(['60/2'])
    expect(events.map(({ cause }) => cause)).toEqual(['60/2'])
    expect(actions.map(({ id, cause, actionArn }) => [id, cause, actionArn])).toEqual([
      ['60/3', '60/2', FINE],
      ['60/4', '60/2', BULLETIN],
    ])
  })

  it('[WATCH-42] writes down what was looked at', () => {
    const alarmed = withAlarm(open(), { EvaluationPeriods: 2, Unit: 'None' })
    const { state } = play(alarmed, 120, [pass(10, 121), pass(70, 131)])
    expect(JSON.parse(state.alarms['speed-A7']?.status.reasonData ?? '')).toEqual({
      version: '1.0',
      queryDate: '2026-03-14T09:02:00.000+0000',
      startDate: '2026-03-14T09:00:00.000+0000',
      unit: 'None',
      statistic: 'Maximum',
      period: 60,
      recentDatapoints: [121, 131],
      threshold: 110,
      evaluatedDatapoints: [
        { timestamp: '2026-03-14T09:01:00.000+0000', value: 131 },
        { timestamp: '2026-03-14T09:00:00.000+0000', value: 121 },
      ],
    })
  })
})
