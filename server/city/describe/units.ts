import { functionArn } from '../../../shared/aws/account.ts'
import type { RelatedThing, ThingCard } from '../../../shared/protocol/xray.ts'
import { toPolicy } from '../../services/lambda/function.ts'
import { toAccountSettings, toEventInvokeConfig, toFunctionConfiguration } from '../../services/lambda/print.ts'
import { describeRemediationConfigurations } from '../../services/config/print.ts'
import type { City } from '../city.ts'
import { unitLines } from '../views.ts'
import { answered, fact, names, newsOf, textIn, toAnswer, toCard } from './card.ts'
import { toRelated } from './command-centre.ts'

const FUNCTION_TYPE = 'AWS::Lambda::Function'

/** A response unit: a function, how many of it run, and who may call it. */
export function describeFunction(city: City, name: string): ThingCard | null {
  const { lambda, bridge } = city
  const fn = lambda.functions.find((each) => each.name === name)
  const line = unitLines(city).find(({ functionName }) => functionName === name)
  if (fn === undefined || line === undefined) return null
  const callers = bridge.rules.filter(({ arn }) =>
    (bridge.targets[arn] ?? []).some((target) => target.arn === functionArn(name)),
  )
  const invokeConfig = toEventInvokeConfig(fn)
  return toCard({
    ref: { kind: 'function', id: name },
    speaker: 'lambda',
    type: FUNCTION_TYPE,
    name,
    arn: functionArn(name),
    about: { key: 'thing.function.about', params: {} },
    facts: [
      fact('running', line.running),
      fact('warm', line.warm),
      fact('queued', line.queued),
      fact('throttled', line.throttles),
      ...(line.reservedConcurrency === null ? [] : [fact('reserved', line.reservedConcurrency)]),
    ],
    news: newsOf(city, names(name)),
    related: callers.map(toRelated),
    answers: [
      toAnswer('GetFunctionConfiguration', toFunctionConfiguration(fn) ?? {}),
      toAnswer(
        'GetFunctionConcurrency',
        fn.reservedConcurrency === null ? {} : { ReservedConcurrentExecutions: fn.reservedConcurrency },
      ),
      ...(invokeConfig === null ? [] : [toAnswer('GetFunctionEventInvokeConfig', invokeConfig)]),
      toAnswer('GetPolicy', { Policy: JSON.stringify(toPolicy(fn)) }),
    ],
  })
}

const relatedFunctions = (city: City): RelatedThing[] =>
  city.lambda.functions.map(({ name }) => ({
    ref: { kind: 'function', id: name },
    type: FUNCTION_TYPE,
    name,
    state: 'Active',
  }))

/** The station of the response units: the account's functions and what they share. */
export function describeUnits(city: City, stationId: string): ThingCard {
  const lines = unitLines(city)
  const sum = (part: 'running' | 'warm' | 'queued') => lines.reduce((total, line) => total + line[part], 0)
  return toCard({
    ref: { kind: 'station', id: stationId },
    speaker: 'lambda',
    type: FUNCTION_TYPE,
    name: stationId,
    arn: functionArn('*'),
    about: { key: 'thing.response.about', params: {} },
    facts: [
      fact('concurrency', city.lambda.limits.accountConcurrency),
      fact('running', sum('running')),
      fact('warm', sum('warm')),
      fact('queued', sum('queued')),
    ],
    news: newsOf(city, ({ speaker }) => speaker === 'lambda'),
    related: relatedFunctions(city),
    answers: [toAnswer('GetAccountSettings', toAccountSettings(city.lambda))],
  })
}

/** The garage: what Config's rules ask of Systems Manager, and the unit that repairs without being asked by a rule. */
export function describeGarage(city: City, stationId: string): ThingCard {
  const rules = city.config.rules.map(({ definition }) => definition.configRuleName)
  const orders = answered(describeRemediationConfigurations(city.config, { configRuleNames: rules })) ?? []
  return toCard({
    ref: { kind: 'station', id: stationId },
    speaker: 'config',
    type: 'AWS::SSM::Document',
    name: stationId,
    arn: null,
    about: { key: 'thing.garage.about', params: {} },
    facts: [fact('work-orders', orders.length)],
    news: newsOf(city, ({ text }) => text.key === 'chain.remediation' || text.key === 'chain.part-repaired'),
    related: orders.map((order) => ({
      ref: { kind: 'config-rule', id: textIn(order, 'ConfigRuleName') },
      type: 'AWS::Config::ConfigRule',
      name: textIn(order, 'ConfigRuleName'),
      state: null,
    })),
    answers: [toAnswer('DescribeRemediationConfigurations', { RemediationConfigurations: orders })],
  })
}
