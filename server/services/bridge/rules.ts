import { ruleArn } from '../../../shared/aws/account.ts'
import type { BusRule, RuleState } from '../../../shared/aws/rule.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { badPattern, invalid, managed, noBus, noRule, tooMany } from './faults.ts'
import { compilePattern } from './pattern.ts'
import { nextFiring, parseSchedule } from './schedule.ts'
import { DEFAULT_BUS, withDue, type BridgeState } from './state.ts'

/** What PutRule takes. */
export interface PutRuleInput {
  readonly name: string
  readonly eventBusName?: string
  readonly eventPattern?: string
  readonly scheduleExpression?: string
  readonly state?: RuleState
  readonly description?: string
  readonly roleArn?: string
  readonly managedBy?: string
}

/** Names a rule: on the bus `default` unless another is given. */
export interface RuleRef {
  readonly name: string
  readonly eventBusName?: string
  /** Lets a customer change a rule that a service keeps. */
  readonly force?: boolean
}

type Outcome = Result<{ readonly state: BridgeState }, ServiceError>

const RULES_PER_BUS = 300
const LONGEST_DESCRIPTION = 512
const NAME = /^[.\-_A-Za-z0-9]{1,64}$/
const STATES: ReadonlySet<string> = new Set(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'])

/**
 * Creates a rule or replaces it: what is left out of an update is cleared; targets stay (EventBridge API Reference,
 * "PutRule").
 */
export function putRule(
  state: BridgeState,
  input: PutRuleInput,
  now: ServiceMs,
): Result<{ readonly state: BridgeState; readonly ruleArn: string }, ServiceError> {
  const eventBusName = input.eventBusName ?? DEFAULT_BUS
  const fault = checkRule(state, { ...input, eventBusName })
  if (fault) return fault
  const arn = ruleArn(input.name, eventBusName)
  const {
    name,
    state: ruleState = 'ENABLED',
    eventPattern,
    scheduleExpression,
    description,
    roleArn,
    managedBy,
  } = input
  const rule: BusRule = {
    name,
    arn,
    eventBusName,
    state: ruleState,
    ...(eventPattern === undefined ? {} : { eventPattern }),
    ...(scheduleExpression === undefined ? {} : { scheduleExpression }),
    ...(description === undefined ? {} : { description }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(managedBy === undefined ? {} : { managedBy }),
  }
  return ok({ state: withRule(state, rule, now), ruleArn: arn })
}

function checkRule(state: BridgeState, input: PutRuleInput & { readonly eventBusName: string }) {
  const { name, eventBusName, eventPattern, scheduleExpression } = input
  if (!NAME.test(name)) return invalid('Parameter Name is not valid.', 'name')
  if (!STATES.has(input.state ?? 'ENABLED')) return invalid('Parameter State is not valid.', 'state')
  if ((input.description ?? '').length > LONGEST_DESCRIPTION)
    return invalid(`Description is longer than ${LONGEST_DESCRIPTION} characters.`, 'description')
  if (!state.buses.some((bus) => bus.name === eventBusName)) return noBus(eventBusName)
  if (eventPattern === undefined && scheduleExpression === undefined)
    return invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.')
  const existing = findRule(state, input)
  if (existing?.managedBy !== undefined) return managedBy(existing)
  if (!existing && state.rules.filter((rule) => rule.eventBusName === eventBusName).length >= RULES_PER_BUS)
    return tooMany()
  return checkPattern(eventPattern, state.patternLimit) ?? checkSchedule(scheduleExpression, eventBusName)
}

/** What is wrong with a pattern's text, if anything: also asked for archives. */
export function checkPattern(pattern: string | undefined, limit: number) {
  if (pattern === undefined) return null
  if (pattern.length > limit) return invalid(`EventPattern is longer than ${limit} characters.`, 'eventPattern')
  const compiled = compilePattern(pattern)
  return compiled.ok ? null : badPattern(compiled.error.message, 'eventPattern')
}

function checkSchedule(expression: string | undefined, eventBusName: string) {
  if (expression === undefined) return null
  if (eventBusName !== DEFAULT_BUS)
    return invalid('ScheduleExpression is supported only on the default event bus.', 'scheduleExpression')
  return parseSchedule(expression) ? null : invalid('Parameter ScheduleExpression is not valid.', 'scheduleExpression')
}

const findRule = (state: BridgeState, { name, eventBusName = DEFAULT_BUS }: RuleRef): BusRule | undefined =>
  state.rules.find((rule) => rule.name === name && rule.eventBusName === eventBusName)

/** The rule, or why it may not be changed. */
export function changeableRule(state: BridgeState, ref: RuleRef): Result<BusRule, ServiceError> {
  const found = describeRule(state, ref)
  if (!found.ok) return found
  return found.value.managedBy !== undefined && !ref.force ? managedBy(found.value) : found
}

const managedBy = (rule: BusRule) =>
  managed(`Rule ${rule.name} is managed by ${rule.managedBy ?? ''} and can only be modified if force is set.`, 'name')

/** Puts a rule in the place of the one with its ARN, or at the end, and sets its schedule anew. */
function withRule(state: BridgeState, rule: BusRule, now: ServiceMs): BridgeState {
  const index = state.rules.findIndex((one) => one.arn === rule.arn)
  const rules = index < 0 ? [...state.rules, rule] : state.rules.with(index, rule)
  const others = state.schedules.filter((schedule) => schedule.ruleArn !== rule.arn)
  const schedule = rule.state === 'DISABLED' ? null : parseSchedule(rule.scheduleExpression ?? '')
  const next = schedule && nextFiring(schedule, now)
  return withDue({ ...state, rules, schedules: next === null ? others : [...others, { ruleArn: rule.arn, next }] }, now)
}

/** Its targets have to be removed first (EventBridge API Reference, "DeleteRule"); an unknown rule is no error. */
export function deleteRule(state: BridgeState, ref: RuleRef, now: ServiceMs): Outcome {
  const bus = ref.eventBusName ?? DEFAULT_BUS
  if (!state.buses.some((one) => one.name === bus)) return noBus(bus)
  if (!findRule(state, ref)) return ok({ state })
  const rule = changeableRule(state, ref)
  if (!rule.ok) return rule
  const { arn } = rule.value
  if ((state.targets[arn] ?? []).length > 0) return invalid("Rule can't be deleted since it has targets.")
  const rules = state.rules.filter((one) => one.arn !== arn)
  const schedules = state.schedules.filter((schedule) => schedule.ruleArn !== arn)
  return ok({ state: withDue({ ...state, rules, schedules }, now) })
}

/** A rate counts from now on (EventBridge API Reference, "EnableRule"). */
export function enableRule(state: BridgeState, ref: RuleRef, now: ServiceMs): Outcome {
  const rule = changeableRule(state, ref)
  if (!rule.ok) return rule
  if (rule.value.state !== 'DISABLED') return ok({ state })
  return ok({ state: withRule(state, { ...rule.value, state: 'ENABLED' }, now) })
}

/** Keeps everything but matches nothing (EventBridge API Reference, "DisableRule"). */
export function disableRule(state: BridgeState, ref: RuleRef, now: ServiceMs): Outcome {
  const rule = changeableRule(state, ref)
  return rule.ok ? ok({ state: withRule(state, { ...rule.value, state: 'DISABLED' }, now) }) : rule
}

/** (EventBridge API Reference, "DescribeRule") */
export function describeRule(state: BridgeState, ref: RuleRef): Result<BusRule, ServiceError> {
  const bus = ref.eventBusName ?? DEFAULT_BUS
  if (!state.buses.some((one) => one.name === bus)) return noBus(bus)
  const rule = findRule(state, ref)
  return rule ? ok(rule) : noRule(ref.name, bus)
}

/** The rules of a bus, sorted by name (EventBridge API Reference, "ListRules"). */
export function listRules(
  state: BridgeState,
  { eventBusName = DEFAULT_BUS, namePrefix = '' }: { readonly eventBusName?: string; readonly namePrefix?: string },
): Result<readonly BusRule[], ServiceError> {
  if (!state.buses.some((bus) => bus.name === eventBusName)) return noBus(eventBusName)
  const rules = state.rules.filter((rule) => rule.eventBusName === eventBusName && rule.name.startsWith(namePrefix))
  return ok(rules.sort((a, b) => (a.name < b.name ? -1 : 1)))
}
