import { busArn, functionArn } from '../../../shared/aws/account.ts'
import type { BusRule, Target } from '../../../shared/aws/rule.ts'
import type { JsonObject } from '../../../shared/json.ts'
import type { RelatedThing, ThingCard } from '../../../shared/protocol/xray.ts'
import type { City } from '../city.ts'
import { fact, names, newsOf, toAnswer, toCard } from './card.ts'

const RULE_TYPE = 'AWS::Events::Rule'

/** The command centre: a bus, and its rules with how often each has matched. */
export function describeBus(city: City, name: string): ThingCard | null {
  const { bridge, boards } = city
  const bus = bridge.buses.find((each) => each.name === name)
  if (bus === undefined) return null
  const rules = bridge.rules.filter(({ eventBusName }) => eventBusName === name)
  const matches = rules.reduce((sum, rule) => sum + (boards.matches[rule.name] ?? 0), 0)
  return toCard({
    ref: { kind: 'bus', id: name },
    speaker: 'bridge',
    type: 'AWS::Events::EventBus',
    name,
    arn: busArn(name),
    about: { key: 'thing.bus.about', params: {} },
    facts: [fact('rules', rules.length), fact('matches', matches), fact('under-way', bridge.deliveries.length)],
    news: newsOf(city, ({ speaker }) => speaker === 'bridge'),
    related: rules.map((rule) => toRelated(rule)),
    answers: [
      toAnswer('DescribeEventBus', { Name: bus.name, Arn: bus.arn }),
      toAnswer('ListRules', { Rules: rules.map(printRule) }),
    ],
  })
}

export const toRelated = ({ name, state }: BusRule): RelatedThing => ({
  ref: { kind: 'rule', id: name },
  type: RULE_TYPE,
  name,
  state,
})

/** A rule of the bus: its pattern and whom it calls. */
export function describeRule(city: City, name: string): ThingCard | null {
  const { bridge, boards } = city
  const rule = bridge.rules.find((each) => each.name === name)
  if (rule === undefined) return null
  const targets = bridge.targets[rule.arn] ?? []
  return toCard({
    ref: { kind: 'rule', id: name },
    speaker: 'bridge',
    type: RULE_TYPE,
    name,
    arn: rule.arn,
    about: { key: 'thing.rule.about', params: {} },
    facts: [fact('state', rule.state), fact('matches', boards.matches[name] ?? 0), fact('targets', targets.length)],
    news: newsOf(city, names(name)),
    related: [
      ...targets.flatMap((target) => relatedUnit(city, target)),
      {
        ref: { kind: 'bus', id: rule.eventBusName },
        type: 'AWS::Events::EventBus',
        name: rule.eventBusName,
        state: null,
      },
    ],
    answers: [
      ...(rule.eventPattern === undefined
        ? []
        : [toAnswer('EventPattern', JSON.parse(rule.eventPattern) as JsonObject)]),
      toAnswer('DescribeRule', printRule(rule)),
      toAnswer('ListTargetsByRule', { Targets: targets.map(printTarget) }),
    ],
  })
}

function relatedUnit({ lambda }: City, { arn }: Target): RelatedThing[] {
  const unit = lambda.functions.find((fn) => functionArn(fn.name) === arn)
  if (unit === undefined) return []
  return [{ ref: { kind: 'function', id: unit.name }, type: 'AWS::Lambda::Function', name: unit.name, state: 'Active' }]
}

/** As the API prints it (EventBridge API Reference, "DescribeRule"). */
const printRule = (rule: BusRule): object => ({
  Name: rule.name,
  Arn: rule.arn,
  EventPattern: rule.eventPattern,
  ScheduleExpression: rule.scheduleExpression,
  State: rule.state,
  Description: rule.description,
  RoleArn: rule.roleArn,
  ManagedBy: rule.managedBy,
  EventBusName: rule.eventBusName,
})

/** As the API prints it (EventBridge API Reference, "Target"). */
const printTarget = ({
  id,
  arn,
  roleArn,
  input,
  inputPath,
  inputTransformer,
  retryPolicy,
  deadLetterConfig,
}: Target) => ({
  Id: id,
  Arn: arn,
  RoleArn: roleArn,
  Input: input,
  InputPath: inputPath,
  InputTransformer: inputTransformer && {
    InputPathsMap: inputTransformer.inputPathsMap,
    InputTemplate: inputTransformer.inputTemplate,
  },
  RetryPolicy: retryPolicy && {
    MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
    MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
  },
  DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
})
