import type { GraphFrame, ThingCard, ThingRef, XrayNews } from '../../../../shared/protocol/xray.ts'
import { momentAt, OWN_PLATE } from './demo-view.ts'

const ALARM = `speed-A7-N-${OWN_PLATE}`
const frame: GraphFrame = {
  metricName: 'SpeedKmh',
  statistic: 'Maximum',
  periodSeconds: 10,
  periods: 60,
  from: momentAt(0),
}
const points = [
  [12, 104.2],
  [30, 98],
  [47, 124.3],
] as const

/** A camera whose alarm is in ALARM: a card with everything on it. */
export const demoCard = (ref: ThingRef): ThingCard => ({
  ref,
  speaker: 'watch',
  type: 'AWS::CloudWatch::Metric',
  name: 'City/Traffic SpeedKmh {Camera: A7-N}',
  arn: `arn:aws:cloudwatch:eu-west-3:111122223333:alarm:${ALARM}`,
  about: { key: 'thing.camera.about', params: { camera: 'A7-N' } },
  facts: [
    { label: 'thing.fact.matches', value: '3' },
    { label: 'thing.fact.parameters', value: '{"minTreadMm":1.6}' },
  ],
  graph: { ...frame, points, threshold: 110 },
  alarms: [
    {
      name: ALARM,
      arn: `arn:aws:cloudwatch:eu-west-3:111122223333:alarm:${ALARM}`,
      state: 'ALARM',
      reason: 'Threshold Crossed: 1 datapoint [124.3] was greater than the threshold (110.0).',
      since: momentAt(45),
      history: [{ at: momentAt(45), type: 'StateUpdate', summary: 'Alarm updated from INSUFFICIENT_DATA to ALARM' }],
    },
  ],
  news: [
    {
      id: '900/1',
      speaker: 'watch',
      text: { key: 'demo.alarm', params: {} },
      at: momentAt(45),
      plate: OWN_PLATE,
    },
  ],
  related: [
    { ref: { kind: 'alarm', id: ALARM }, type: 'AWS::CloudWatch::Alarm', name: ALARM, state: 'ALARM' },
    { ref: { kind: 'config-rule', id: 'belt' }, type: 'AWS::Config::ConfigRule', name: 'belt', state: 'COMPLIANT' },
    { ref: { kind: 'rule', id: 'fine-speeders' }, type: 'AWS::Events::Rule', name: 'fine-speeders', state: 'ENABLED' },
    { ref: { kind: 'vehicle', id: 'NONE' }, type: 'City::Fleet::Vehicle', name: 'NONE', state: 'INSUFFICIENT_DATA' },
  ],
  answers: [{ operation: 'DescribeAlarms', json: { MetricAlarms: [{ AlarmName: ALARM, Threshold: 110 }] } }],
})

export const DEMO_NEWS: XrayNews = {
  frame,
  cameras: [
    { id: 'A7-N', state: 'ALARM', threshold: 110, points },
    { id: 'QUAI-1', state: null, threshold: 110, points: [] },
  ],
  agents: [{ kind: 'record', car: 7, eventName: 'RunRed', errorCode: null }],
  match: { ruleName: 'fine-speeders', matches: 3, at: momentAt(45) },
}
