import { alarmArn } from '../../shared/aws/account.ts'
import type { EventEntry } from '../../shared/aws/event.ts'
import type { ApiCall } from '../../shared/aws/record.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { invariant } from '../../shared/assert.ts'
import type { Scenario } from '../../shared/content/scenario.ts'
import type { AlarmTemplate } from '../../shared/content/scenario-services.ts'
import type { Fact, FactOf } from '../../shared/model/fact.ts'
import { deleteAlarms, putMetricAlarm } from '../services/watch/alarm-control.ts'
import type { WatchState } from '../services/watch/state.ts'
import type { Dials } from './dials.ts'
import { alarmActions } from './open-services.ts'
import { CITY_HALL, SPEED_NAMESPACE, toCall } from './to-services.ts'

export interface Armed {
  readonly watch: WatchState
  /** PutMetricAlarm and DeleteAlarms, as the logbook has them. */
  readonly calls: readonly ApiCall[]
  readonly entries: readonly EventEntry[]
}

/**
 * An alarm watches one metric, and a metric is its exact dimensions: so city hall makes an alarm for a camera and a
 * plate when that car first passes there (a bot: when it first passes too fast), and removes a car's alarms when it
 * leaves. CloudWatch has no alarm "for every plate" (CloudWatch User Guide, "Dimensions").
 */
export function armCameras(
  watch: WatchState,
  facts: readonly Fact[],
  { scenario, dials }: { readonly scenario: Scenario; readonly dials: Dials },
  ctx: StepContext,
): Armed {
  let armed: Armed = { watch, calls: [], entries: [] }
  for (const fact of facts) {
    if (fact.kind === 'vehicle-left') armed = disarm(armed, fact, ctx)
    if (fact.kind !== 'camera-passed') continue
    const set = scenario.services.alarms.map((each) => ({ ...each, ...dials[fact.cameraId] }))
    for (const template of set.filter((each) => isWatched(each, fact))) armed = arm(armed, template, fact, ctx)
  }
  return armed
}

const isWatched = (template: AlarmTemplate, fact: FactOf<'camera-passed'>) =>
  fact.seatId !== null || fact.speedKmh > template.threshold

function arm(armed: Armed, template: AlarmTemplate, fact: FactOf<'camera-passed'>, ctx: StepContext): Armed {
  const name = `${template.name}-${fact.cameraId}-${fact.plate}`
  if (name in armed.watch.alarms) return armed
  const input = {
    AlarmName: name,
    Namespace: SPEED_NAMESPACE,
    MetricName: template.metricName,
    Dimensions: [
      { Name: 'Camera', Value: fact.cameraId },
      { Name: 'Plate', Value: fact.plate },
    ],
    Statistic: template.statistic,
    Period: template.period,
    EvaluationPeriods: template.evaluationPeriods,
    DatapointsToAlarm: template.datapointsToAlarm,
    Threshold: template.threshold,
    ComparisonOperator: template.comparisonOperator,
    TreatMissingData: template.treatMissingData,
    ...alarmActions(template),
  }
  const put = putMetricAlarm(armed.watch, input, { ...ctx, cause: fact.id })
  invariant(put.ok, put.ok ? '' : `${name}: ${put.error.message}`)
  const call = hallCall(ctx, fact, { eventName: 'PutMetricAlarm', names: [name], requestParameters: input })
  return { watch: put.value.state, calls: [...armed.calls, call], entries: [...armed.entries, ...put.value.events] }
}

function disarm(armed: Armed, fact: FactOf<'vehicle-left'>, ctx: StepContext): Armed {
  const names = Object.keys(armed.watch.alarms).filter((name) => name.endsWith(`-${fact.plate}`))
  if (names.length === 0) return armed
  const deleted = deleteAlarms(armed.watch, { AlarmNames: names }, { ...ctx, cause: fact.id })
  invariant(deleted.ok, deleted.ok ? '' : deleted.error.message)
  const call = hallCall(ctx, fact, { eventName: 'DeleteAlarms', names, requestParameters: { AlarmNames: names } })
  return {
    watch: deleted.value.state,
    calls: [...armed.calls, call],
    entries: [...armed.entries, ...deleted.value.events],
  }
}

const hallCall = (
  ctx: StepContext,
  fact: Fact,
  {
    eventName,
    names,
    requestParameters,
  }: { eventName: string; names: readonly string[]; requestParameters: NonNullable<ApiCall['requestParameters']> },
): ApiCall =>
  toCall(ctx.now, {
    cause: fact.id,
    principal: CITY_HALL,
    eventSource: 'monitoring.amazonaws.com',
    eventName,
    requestParameters,
    resources: names.map((name) => ({ ARN: alarmArn(name), type: 'AWS::CloudWatch::Alarm' })),
  })
