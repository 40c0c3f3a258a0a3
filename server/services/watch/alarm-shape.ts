import type { MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import { invalid } from './faults.ts'

/** Says whether a value has the form that is asked for. */
type Shape = (value: unknown) => boolean

const text: Shape = (value) => typeof value === 'string'
const number: Shape = (value) => typeof value === 'number'
const flag: Shape = (value) => typeof value === 'boolean'
const list =
  (of: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(of)

/** Members that are not given may be left out: whether they are needed is asked later, and so is what they may hold. */
const members =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shapes).every(([name, shape]) => {
      const member = (value as Readonly<Record<string, unknown>>)[name]
      return member === undefined || shape(member)
    })

const dimensions = list(members({ Name: text, Value: text }))
const metric = members({ Namespace: text, MetricName: text, Dimensions: dimensions })
const metricStat: Shape = (value) =>
  members({ Metric: metric, Period: number, Stat: text, Unit: text })(value) &&
  (value as { readonly Metric?: unknown }).Metric !== undefined
const query = members({
  Id: text,
  MetricStat: metricStat,
  Expression: text,
  Label: text,
  Period: number,
  ReturnData: flag,
})

const SHAPES: Readonly<Record<keyof MetricAlarmInput, Shape>> = {
  AlarmName: text,
  AlarmDescription: text,
  ActionsEnabled: flag,
  OKActions: list(text),
  AlarmActions: list(text),
  InsufficientDataActions: list(text),
  Namespace: text,
  MetricName: text,
  Dimensions: dimensions,
  Statistic: text,
  ExtendedStatistic: text,
  Period: number,
  Unit: text,
  Metrics: list(query),
  EvaluationPeriods: number,
  DatapointsToAlarm: number,
  Threshold: number,
  ThresholdMetricId: text,
  ComparisonOperator: text,
  TreatMissingData: text,
  EvaluateLowSampleCountPercentile: text,
}

/** The fields of a metric alarm that are texts, numbers or lists where others are asked for. */
export const shapeFaults = (config: Partial<MetricAlarmInput>): ServiceError[] =>
  Object.entries(SHAPES)
    .filter(([field, shape]) => {
      const value = config[field as keyof MetricAlarmInput]
      return value !== undefined && !shape(value)
    })
    .map(([field]) => invalid(field, `${field} is not of the type that is expected.`))
