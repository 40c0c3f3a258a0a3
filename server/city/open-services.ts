import { alarmArn, busArn, functionArn, ruleArn, toArn } from '../../shared/aws/account.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { invariant } from '../../shared/assert.ts'
import type { Scenario } from '../../shared/content/scenario.ts'
import type { UnitDefinition } from '../../shared/content/scenario-services.ts'
import { openBridge } from '../services/bridge/bridge.ts'
import type { BridgeState } from '../services/bridge/state.ts'
import { openConfig } from '../services/config/config.ts'
import type { ConfigState } from '../services/config/state.ts'
import { putFunctionConcurrency } from '../services/lambda/concurrency.ts'
import { createFunction } from '../services/lambda/control.ts'
import { putEventInvokeConfig } from '../services/lambda/event-invoke.ts'
import { openLambda } from '../services/lambda/lambda.ts'
import { addPermission } from '../services/lambda/permission.ts'
import type { LambdaState } from '../services/lambda/state.ts'
import { openTrail } from '../services/trail/trail.ts'
import type { TrailState } from '../services/trail/state.ts'
import { putCompositeAlarm, putMetricAlarm } from '../services/watch/alarm-control.ts'
import type { WatchState } from '../services/watch/state.ts'
import { openWatch } from '../services/watch/watch.ts'
import { placeConfigRule } from './hall.ts'
import { VEHICLE_TYPE } from './to-services.ts'

/** How long a room's metrics are kept, in ms: a lesson lasts hours, not months. Alarms keep what they read either way. */
const RETENTION = { subMinute: 900_000, minute: 3_600_000, fiveMinutes: 10_800_000, hour: 21_600_000 }
/** Lines that each unit's log group keeps. */
const LOG_EVENTS = 500
/** Records of each district's event history that a room keeps. */
const HISTORY_CAP = 1000
/** Lines of alarm history that a room keeps. */
const ALARM_HISTORY = 500

/** What stands ready when the city opens names no cause but the opening itself. */
const OPENING = '0/0'

type Services = Scenario['services']
type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly message: string } }

/** Content is checked before it is served: what a service refuses here is a fault of the scenario's file. */
function accept<T>(answer: Answer<T>, name: string): T {
  invariant(answer.ok, answer.ok ? '' : `${name}: ${answer.error.message}`)
  return answer.value
}

const SERVICE_OF = { queue: 'sqs', topic: 'sns' } as const

/** The ARN of an address of the scenario, as `function:repair-car`. */
function addressArn(address: string): string {
  const [kind = '', name = ''] = address.split(':')
  if (kind === 'function') return functionArn(name)
  return kind === 'bus' ? busArn(name) : toArn(SERVICE_OF[kind === 'queue' ? 'queue' : 'topic'], name)
}

/** The actions of an alarm in AWS's spelling. */
export const alarmActions = ({
  alarmActions: onAlarm = [],
  okActions = [],
}: Pick<Services['alarms'][number], 'alarmActions' | 'okActions'>) => ({
  AlarmActions: onAlarm.map(addressArn),
  OKActions: okActions.map(addressArn),
})

export function openAlarms({ metricAlarms = [], compositeAlarms = [] }: Services, ctx: StepContext): WatchState {
  const opening = { ...ctx, cause: OPENING } as const
  const empty = openWatch({ now: ctx.now, retention: RETENTION, historyItems: ALARM_HISTORY, logEvents: LOG_EVENTS })
  const simple = metricAlarms.reduce((state, alarm) => {
    const put = putMetricAlarm(
      state,
      {
        AlarmName: alarm.name,
        Namespace: alarm.namespace,
        MetricName: alarm.metricName,
        Dimensions: Object.entries(alarm.dimensions).map(([Name, Value]) => ({ Name, Value })),
        Statistic: alarm.statistic,
        Period: alarm.period,
        EvaluationPeriods: alarm.evaluationPeriods,
        DatapointsToAlarm: alarm.datapointsToAlarm,
        Threshold: alarm.threshold,
        ComparisonOperator: alarm.comparisonOperator,
        TreatMissingData: alarm.treatMissingData,
        ...alarmActions(alarm),
      },
      opening,
    )
    return accept(put, alarm.name).state
  }, empty)
  return compositeAlarms.reduce((state, alarm) => {
    const input = { AlarmName: alarm.name, AlarmRule: alarm.rule, ...alarmActions(alarm) }
    return accept(putCompositeAlarm(state, input, opening), alarm.name).state
  }, simple)
}

export const openInspector = ({ configRules }: Services, ctx: StepContext): ConfigState =>
  configRules.reduce((state, rule) => placeConfigRule(state, { rule, cause: null }, ctx), openConfig())

export const openCommandCentre = ({ rules }: Services, { now }: StepContext): BridgeState =>
  openBridge(
    {
      rules: rules.map(({ name, eventPattern, targets }) => ({
        name,
        eventPattern: JSON.stringify(eventPattern),
        targets: targets.map(({ id, functionName, deadLetterQueue }) => ({
          id,
          arn: functionArn(functionName),
          ...(deadLetterQueue === undefined ? {} : { deadLetterConfig: { arn: toArn('sqs', deadLetterQueue) } }),
        })),
      })),
    },
    now,
  )

export function openUnits(services: Services, ctx: StepContext): LambdaState {
  const { account: accountConcurrency = 1000, unreserved: unreservedMinimum = 100 } = services.concurrency ?? {}
  return services.units.reduce(
    (state, unit) => permit(services, configure(state, unit, ctx), { unit, ctx }),
    openLambda({ accountConcurrency, unreservedMinimum }),
  )
}

function configure(state: LambdaState, unit: UnitDefinition, ctx: StepContext): LambdaState {
  const { functionName, role, timeout, reservedConcurrency, deadLetterTarget } = unit
  const created = createFunction(
    state,
    {
      functionName,
      role: toArn('iam', `role/${role}`, ''),
      timeout,
      deadLetterTargetArn: deadLetterTarget === undefined ? null : addressArn(deadLetterTarget),
      ...('code' in unit ? { code: unit.code, environment: unit.variables ?? {} } : {}),
    },
    ctx,
  )
  const reserved =
    reservedConcurrency === undefined
      ? created
      : putFunctionConcurrency(
          accept(created, functionName),
          { functionName, reservedConcurrentExecutions: reservedConcurrency },
          ctx,
        )
  return configureAsync(accept(reserved, functionName), unit, ctx)
}

function configureAsync(state: LambdaState, unit: UnitDefinition, ctx: StepContext): LambdaState {
  const { functionName, maximumRetryAttempts, maximumEventAge, onSuccess, onFailure } = unit
  const settings = {
    ...(maximumRetryAttempts === undefined ? {} : { maximumRetryAttempts }),
    ...(maximumEventAge === undefined ? {} : { maximumEventAgeInSeconds: maximumEventAge }),
    ...(onSuccess === undefined ? {} : { onSuccess: addressArn(onSuccess) }),
    ...(onFailure === undefined ? {} : { onFailure: addressArn(onFailure) }),
  }
  if (Object.keys(settings).length === 0) return state
  return accept(putEventInvokeConfig(state, { functionName, ...settings }, ctx), functionName)
}

/** Whoever calls a unit in the scenario may do so, as AddPermission would say. */
function permit(
  services: Services,
  state: LambdaState,
  { unit: { functionName }, ctx }: { readonly unit: UnitDefinition; readonly ctx: StepContext },
): LambdaState {
  const address = `function:${functionName}`
  const { alarms, metricAlarms = [], compositeAlarms = [], configRules } = services
  const callsIt = ({ alarmActions: onAlarm = [], okActions = [] }: Parameters<typeof alarmActions>[0]) =>
    onAlarm.includes(address) || okActions.includes(address)
  const rules = services.rules.filter(({ targets }) => targets.some((target) => target.functionName === functionName))
  const callers = [
    ...rules.map(({ name }) => ({ name, principal: 'events.amazonaws.com', sourceArn: ruleArn(name) })),
    ...alarms.filter(callsIt).map(({ name }) => alarmCaller(`${name}-*`, name)),
    ...[...metricAlarms, ...compositeAlarms].filter(callsIt).map(({ name }) => alarmCaller(name, name)),
    ...configRules.filter((rule) => 'functionName' in rule && rule.functionName === functionName).map(ruleCaller),
  ]
  return callers.reduce((permitted, { name, principal, sourceArn }) => {
    const statementId = name.replaceAll('.', '_')
    const statement = { functionName, statementId, action: 'lambda:InvokeFunction', principal, sourceArn }
    return accept(addPermission(permitted, statement, ctx), functionName)
  }, state)
}

/** The rule's ARN holds an id that Config draws, so that it is not known beforehand. */
const ruleCaller = ({ name }: Services['configRules'][number]) => ({
  name: `config-${name}`,
  principal: 'config.amazonaws.com',
  sourceArn: toArn('config', 'config-rule/*'),
})

const alarmCaller = (pattern: string, name: string) => ({
  name: `alarm-${name}`,
  principal: 'lambda.alarms.cloudwatch.amazonaws.com',
  sourceArn: alarmArn(pattern),
})

const selectData = (type: string) => ({
  FieldSelectors: [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: [type] },
  ],
})
const MANAGEMENT = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }

/** Management events always; manoeuvres and the units' calls where they are asked for. */
export const trailSelectors = ({
  dataEvents,
  invocations = false,
}: Pick<Services['trail'], 'dataEvents' | 'invocations'>) => [
  MANAGEMENT,
  ...(dataEvents ? [selectData(VEHICLE_TYPE)] : []),
  ...(invocations ? [selectData('AWS::Lambda::Function')] : []),
]

export const openLogbook = ({ trail }: Services, regions: readonly string[], { now }: StepContext): TrailState =>
  openTrail({
    now,
    regions,
    historyCap: HISTORY_CAP,
    trails: [
      {
        Name: trail.name,
        S3BucketName: `${trail.name}-archive`,
        IsMultiRegionTrail: trail.isMultiRegion,
        EnableLogFileValidation: true,
        AdvancedEventSelectors: trailSelectors(trail),
      },
    ],
  })
