import * as z from 'zod/mini'
import type { MetricAlarmInput } from '../../../shared/aws/alarm.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import { invalid } from './faults.ts'

const text = z.optional(z.string())
const texts = z.optional(z.array(z.string()))
const number = z.optional(z.number())
const truth = z.optional(z.boolean())

/** What may be left out here may be needed all the same: that is asked later, and so is what a field may hold. */
const dimensions = z.optional(z.array(z.object({ Name: text, Value: text })))
const metricStat = z.object({
  Metric: z.object({ Namespace: text, MetricName: text, Dimensions: dimensions }),
  Period: number,
  Stat: z.string(),
  Unit: text,
})
const query = z.object({
  Id: text,
  MetricStat: z.optional(metricStat),
  Expression: text,
  Label: text,
  Period: number,
  ReturnData: truth,
})

const ALARM = z.object({
  AlarmName: text,
  AlarmDescription: text,
  ActionsEnabled: truth,
  OKActions: texts,
  AlarmActions: texts,
  InsufficientDataActions: texts,
  Namespace: text,
  MetricName: text,
  Dimensions: dimensions,
  Statistic: text,
  ExtendedStatistic: text,
  Period: number,
  Unit: text,
  Metrics: z.optional(z.array(query)),
  EvaluationPeriods: number,
  DatapointsToAlarm: number,
  Threshold: number,
  ThresholdMetricId: text,
  ComparisonOperator: text,
  TreatMissingData: text,
  EvaluateLowSampleCountPercentile: text,
} satisfies Record<keyof MetricAlarmInput, z.ZodMiniType>)

/** The fields of a metric alarm that are texts, numbers or lists where others are asked for. */
export function shapeFaults(config: Partial<MetricAlarmInput>): ServiceError[] {
  const issues = ALARM.safeParse(config).error?.issues ?? []
  return issues.map(({ path: [field] }) => {
    const name = String(field ?? 'AlarmName')
    return invalid(name, `${name} is not of the type that is expected.`)
  })
}
