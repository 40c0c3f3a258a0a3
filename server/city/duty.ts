import { HOME_REGION, alarmArn, functionArn, ruleArn, toArn } from '../../shared/aws/account.ts'
import type { EventEntry } from '../../shared/aws/event.ts'
import type { ApiCall, ResourceRef, TrailRecord } from '../../shared/aws/record.ts'
import type { ServiceError, StepContext } from '../../shared/aws/step.ts'
import type { AlarmTemplate } from '../../shared/content/scenario-services.ts'
import type { CauseId } from '../../shared/ids.ts'
import type { JsonObject } from '../../shared/json.ts'
import type { DutyAct } from '../../shared/protocol/duty.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { disableRule, enableRule, putRule } from '../services/bridge/rules.ts'
import { putFunctionConcurrency } from '../services/lambda/concurrency.ts'
import { putConfigRule, startConfigRulesEvaluation } from '../services/config/rules.ts'
import { startLogging, stopLogging } from '../services/trail/logging.ts'
import { putEventSelectors } from '../services/trail/put-selectors.ts'
import { putMetricAlarm } from '../services/watch/alarm-control.ts'
import type { City } from './city.ts'
import { trailSelectors } from './open-services.ts'
import { toCall, VEHICLE_TYPE } from './to-services.ts'

/** What somebody at a desk asked of a service, as the journal has it. */
export interface DutyCommand {
  readonly kind: 'operate'
  readonly seatId: string
  /** The principal: the plate of the seat. */
  readonly by: string
  readonly act: DutyAct
}

type Services = Pick<City, 'watch' | 'config' | 'bridge' | 'lambda' | 'trail' | 'dials'>

/** The services afterwards, and what they have to say on the bus. */
interface Done {
  readonly services: Services
  readonly events: readonly EventEntry[]
}

/** An act and the call that stands for it in the logbook. */
export interface DutyOrder {
  readonly seatId: string
  readonly act: DutyAct
  readonly call: ApiCall
}

interface DutyContext extends StepContext {
  readonly cause: CauseId
}

/** The acts as calls, with the service's own refusal where it would refuse: a refused call is written down as well. */
export function toDutyOrders(city: City, asked: readonly DutyCommand[], ctx: StepContext): DutyOrder[] {
  return asked.map(({ seatId, by, act }) => {
    const tried = perform(city, city, act, { ...ctx, cause: '0/0' })
    const refusal = tried.ok ? {} : { errorCode: tried.error.code, errorMessage: tried.error.message }
    const principal = { type: 'IAMUser', userName: by } as const
    return { seatId, act, call: toCall(ctx.now, { cause: null, principal, ...describe(city, act), ...refusal }) }
  })
}

/** Carries out what the logbook has just recorded, so that whatever follows can be walked back to the record. */
export function carryOutDuties(
  city: City,
  orders: readonly DutyOrder[],
  { records, ctx }: { readonly records: readonly TrailRecord[]; readonly ctx: StepContext },
): City {
  return orders.reduce((next, { act, call }) => {
    if (call.errorCode !== undefined) return next
    const cause = records.find((record) => record.call === call)?.id ?? '0/0'
    const done = perform(next, next, act, { ...ctx, cause })
    if (!done.ok) return next
    const entries = [...next.carried.entries, ...done.value.events]
    return { ...next, ...done.value.services, carried: { ...next.carried, entries } }
  }, city)
}

const quiet = (services: Services): Result<Done, ServiceError> => ok({ services, events: [] })

function perform(city: City, services: Services, act: DutyAct, ctx: DutyContext): Result<Done, ServiceError> {
  const { bridge, lambda } = services
  switch (act.do) {
    case 'PutMetricAlarm':
      return setCamera(city, services, act, ctx)
    case 'PutRule': {
      const put = putRule(bridge, { name: act.rule, eventPattern: act.eventPattern }, ctx.now)
      return put.ok ? quiet({ ...services, bridge: put.value.state }) : put
    }
    case 'EnableRule':
    case 'DisableRule': {
      const change = act.do === 'EnableRule' ? enableRule : disableRule
      const done = change(bridge, { name: act.rule }, ctx.now)
      return done.ok ? quiet({ ...services, bridge: done.value.state }) : done
    }
    case 'PutFunctionConcurrency': {
      const input = { functionName: act.function, reservedConcurrentExecutions: act.reserved }
      const put = putFunctionConcurrency(lambda, input, ctx)
      return put.ok ? quiet({ ...services, lambda: put.value }) : put
    }
    case 'PutConfigRule':
    case 'StartConfigRulesEvaluation':
      return inspect(services, act, ctx)
    case 'StartLogging':
    case 'StopLogging':
    case 'PutEventSelectors':
      return archive(services, act, ctx)
  }
}

/** Sets a camera's alarms: those of the plates it knows now, and by its dial those to come. */
function setCamera(
  city: City,
  services: Services,
  act: Extract<DutyAct, { do: 'PutMetricAlarm' }>,
  ctx: DutyContext,
): Result<Done, ServiceError> {
  const { do: _do, camera, ...dial } = act
  if (!city.map.cameras.some(({ id }) => id === camera))
    return fail({ code: 'ResourceNotFound', message: `Camera ${camera} does not exist.` })
  const [template] = city.scenario.services.alarms
  let { watch } = services
  const events: EventEntry[] = []
  const names = Object.keys(watch.alarms).filter((name) => name.startsWith(`${template?.name}-${camera}-`))
  for (const AlarmName of [...names, `${template?.name}-${camera}-trial`]) {
    const known = services.watch.alarms[AlarmName]
    const Metric =
      known?.kind === 'metric' ? known.config : { AlarmName, Namespace: 'City/Traffic', MetricName: 'SpeedKmh' }
    const put = putMetricAlarm(watch, { ...Metric, ...toAlarmInput(dial), ...comparing(template) }, ctx)
    if (!put.ok) return put
    // The trial only asks the service whether it would take such an alarm.
    if (known === undefined) continue
    watch = put.value.state
    events.push(...put.value.events)
  }
  return ok({ services: { ...services, watch, dials: { ...services.dials, [camera]: dial } }, events })
}

const comparing = (template: AlarmTemplate | undefined) => ({
  Statistic: template?.statistic ?? 'Maximum',
  ComparisonOperator: template?.comparisonOperator ?? 'GreaterThanThreshold',
})

const toAlarmInput = (dial: Omit<Extract<DutyAct, { do: 'PutMetricAlarm' }>, 'do' | 'camera'>) => ({
  Threshold: dial.threshold,
  Period: dial.period,
  EvaluationPeriods: dial.evaluationPeriods,
  DatapointsToAlarm: dial.datapointsToAlarm,
  TreatMissingData: dial.treatMissingData,
})

function inspect(
  services: Services,
  act: Extract<DutyAct, { do: 'PutConfigRule' | 'StartConfigRulesEvaluation' }>,
  ctx: DutyContext,
): Result<Done, ServiceError> {
  const { config } = services
  if (act.do === 'StartConfigRulesEvaluation') {
    const started = startConfigRulesEvaluation(config, { configRuleNames: [act.rule] })
    return started.ok ? quiet({ ...services, config: started.value }) : started
  }
  const known = config.rules.find(({ definition }) => definition.configRuleName === act.rule)
  if (known === undefined)
    return fail({ code: 'NoSuchConfigRuleException', message: `The ConfigRule ${act.rule} does not exist.` })
  const { configRuleName, source } = known.definition
  const scope = { complianceResourceTypes: [VEHICLE_TYPE] }
  const { inputParameters } = act
  const put = putConfigRule(config, { configRuleName, source, scope, inputParameters, cause: ctx.cause }, ctx)
  return put.ok ? quiet({ ...services, config: put.value }) : put
}

function archive(
  services: Services,
  act: Extract<DutyAct, { do: 'StartLogging' | 'StopLogging' | 'PutEventSelectors' }>,
  ctx: DutyContext,
): Result<Done, ServiceError> {
  const { trail } = services
  const [first] = trail.trails
  const name = first?.settings.name ?? ''
  const at = { now: ctx.now, region: HOME_REGION }
  const selectors = act.do === 'PutEventSelectors' ? trailSelectors(act) : []
  const done =
    act.do === 'StartLogging'
      ? startLogging(trail, { Name: name }, at)
      : act.do === 'StopLogging'
        ? stopLogging(trail, { Name: name }, at)
        : putEventSelectors(trail, { TrailName: name, AdvancedEventSelectors: selectors }, at)
  return done.ok ? quiet({ ...services, trail: done.value.state }) : done
}

type Described = Pick<ApiCall, 'eventSource' | 'eventName' | 'requestParameters' | 'resources'>

/** How the logbook writes an act down: AWS's source, name and parameters. */
function describe(city: City, act: DutyAct): Described {
  const on = (type: string, ARN: string): ResourceRef[] => [{ ARN, type }]
  const as = (source: string, requestParameters: JsonObject, resources: ResourceRef[] = []): Described => ({
    eventSource: `${source}.amazonaws.com`,
    eventName: act.do,
    requestParameters,
    resources,
  })
  switch (act.do) {
    case 'PutMetricAlarm': {
      const { do: _do, camera, ...dial } = act
      const alarmName = `${city.scenario.services.alarms[0]?.name ?? 'alarm'}-${camera}`
      return as('monitoring', { alarmName, ...dial }, on('AWS::CloudWatch::Alarm', alarmArn(alarmName)))
    }
    case 'PutRule':
      return as(
        'events',
        { name: act.rule, eventPattern: act.eventPattern },
        on('AWS::Events::Rule', ruleArn(act.rule)),
      )
    case 'EnableRule':
    case 'DisableRule':
      return as('events', { name: act.rule }, on('AWS::Events::Rule', ruleArn(act.rule)))
    case 'PutFunctionConcurrency':
      return as(
        'lambda',
        { functionName: act.function, reservedConcurrentExecutions: act.reserved },
        on('AWS::Lambda::Function', functionArn(act.function)),
      )
    case 'PutConfigRule':
      return as('config', { configRule: { configRuleName: act.rule, inputParameters: act.inputParameters } })
    case 'StartConfigRulesEvaluation':
      return as('config', { configRuleNames: [act.rule] })
    case 'StartLogging':
    case 'StopLogging':
    case 'PutEventSelectors': {
      const name = city.trail.trails[0]?.settings.name ?? ''
      const resources = on('AWS::CloudTrail::Trail', toArn('cloudtrail', `trail/${name}`))
      return act.do === 'PutEventSelectors'
        ? as('cloudtrail', { trailName: name, advancedEventSelectors: trailSelectors(act) }, resources)
        : as('cloudtrail', { name }, resources)
    }
  }
}
