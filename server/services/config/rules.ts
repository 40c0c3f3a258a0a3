import { toArn } from '../../../shared/aws/account.ts'
import type { ServiceError, StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import { randomWord, streamOf } from '../../../shared/random.ts'
import { ok } from '../../../shared/result.ts'
import { FREQUENCY_MS, firstRunAt, triggersOf } from './frequency.ts'
import { RULE_LIMIT } from './limits.ts'
import { managedRule } from './managed-rules.ts'
import { decodeParameters } from './parameters.ts'
import { parsePolicy } from './policy-parse.ts'
import type { ConfigResult, ConfigState, Frequency, RuleDefinition, RuleState, Scope } from './state.ts'
import { refusal } from './state.ts'

export interface PutConfigRule {
  readonly configRuleName: string
  readonly source: RuleDefinition['source']
  readonly description?: string
  readonly scope?: Scope
  /** JSON text of an object, at most 1024 characters. */
  readonly inputParameters?: string
  readonly maximumExecutionFrequency?: Frequency
  /** The record of the call: the run that follows names it as its cause, and the run's verdicts name the run. */
  readonly cause?: CauseId
}

/**
 * Adds a rule, or changes the one of that name; either way it looks at every known resource in the next tick (AWS
 * Config API, "PutConfigRule").
 *
 * @returns `NoAvailableConfigurationRecorderException`, `InvalidParameterValueException` with its field,
 *   `ResourceInUseException`, `AccessDeniedException` for a rule of a pack, `MaxNumberOfConfigRulesExceededException`
 */
export function putConfigRule(state: ConfigState, input: PutConfigRule, ctx: StepContext): ConfigResult {
  const known = state.rules.find((rule) => rule.definition.configRuleName === input.configRuleName)
  const refused = known && refuseChange(known)
  return refused ?? placeRule(state, input, { ctx, packName: null })
}

export interface Placement {
  readonly ctx: StepContext
  /** The pack that deploys the rule; `null` for one put singly. */
  readonly packName: string | null
}

/** Checks the rule and puts it in its place, whoever owns the one that stood there. */
export function placeRule(state: ConfigState, input: PutConfigRule, { ctx, packName }: Placement): ConfigResult {
  if (!state.recorder)
    return refusal('NoAvailableConfigurationRecorderException', 'There is no configuration recorder.')
  const definition = toDefinition(input)
  const fault = faultOf(definition)
  if (fault) return fault
  const known = state.rules.find((rule) => rule.definition.configRuleName === definition.configRuleName)
  if (!known && state.rules.length >= RULE_LIMIT) {
    return refusal('MaxNumberOfConfigRulesExceededException', `An account has at most ${RULE_LIMIT} rules.`)
  }
  const rule = { ...(known ?? openRule(state, definition, ctx)), definition, packName }
  const run = { runDue: true, runCause: input.cause ?? null, nextPeriodicAt: firstRunAt(definition, ctx.now) }
  const put: RuleState = { ...rule, ...run, lastError: null }
  const rules = known ? state.rules.map((other) => (other === known ? put : other)) : [...state.rules, put]
  return ok({ ...state, rules, count: state.count + 1 })
}

function toDefinition(input: PutConfigRule): RuleDefinition {
  const { configRuleName, source, description = '', scope = {}, inputParameters = '' } = input
  return {
    configRuleName,
    source,
    description,
    scope,
    inputParameters: inputParameters === '' ? '{}' : inputParameters,
    maximumExecutionFrequency: input.maximumExecutionFrequency ?? null,
  }
}

function openRule(state: ConfigState, definition: RuleDefinition, { seed }: StepContext): RuleState {
  const word = randomWord(seed, streamOf('config/rule'), state.count)
  // The running number keeps two rules apart whose chance parts are equal.
  const configRuleId = `config-rule-${(word % 2_176_782_336).toString(36).padStart(6, '0')}${state.count.toString(36)}`
  return {
    definition,
    configRuleId,
    configRuleArn: toArn('config', `config-rule/${configRuleId}`),
    state: 'ACTIVE',
    packName: null,
    runDue: true,
    runCause: null,
    nextPeriodicAt: null,
    results: {},
    lastInvokedAt: null,
    lastEvaluatedAt: null,
    lastError: null,
  }
}

/** A rule that is being deleted or evaluated, or that a pack owns, is not changed. */
function refuseChange(rule: RuleState): { ok: false; error: ServiceError } | null {
  const name = rule.definition.configRuleName
  if (rule.packName !== null) {
    return refusal('AccessDeniedException', `${name} belongs to the conformance pack ${rule.packName}.`)
  }
  if (rule.state === 'ACTIVE') return null
  return refusal('ResourceInUseException', `${name} is being ${rule.state === 'DELETING' ? 'deleted' : 'evaluated'}.`)
}

const invalid = (message: string, field: string) => refusal('InvalidParameterValueException', message, field)

function faultOf(definition: RuleDefinition): { ok: false; error: ServiceError } | null {
  const { configRuleName, inputParameters, description, maximumExecutionFrequency } = definition
  if (!/^.*\S.*$/.test(configRuleName) || configRuleName.length > 128) {
    return invalid('A rule has a name of 1 to 128 characters.', 'configRuleName')
  }
  if (description.length > 256) return invalid('A description has at most 256 characters.', 'description')
  if (inputParameters.length > 1024) return invalid('Parameters have at most 1024 characters.', 'inputParameters')
  if (maximumExecutionFrequency !== null && !Object.hasOwn(FREQUENCY_MS, maximumExecutionFrequency)) {
    return invalid('Unknown frequency.', 'maximumExecutionFrequency')
  }
  return faultOfParameters(definition) ?? faultOfScope(definition.scope) ?? faultOfSource(definition)
}

function faultOfParameters({ inputParameters, source }: RuleDefinition) {
  const parameters = decodeParameters(inputParameters)
  if (!parameters) return invalid('InputParameters must be the JSON text of an object.', 'inputParameters')
  if (source.owner !== 'AWS') return null
  const known = managedRule(source.sourceIdentifier)?.parameters ?? []
  const stranger = Object.keys(parameters).find((name) => !known.includes(name))
  return stranger === undefined ? null : invalid(`Unknown parameter ${stranger}.`, 'inputParameters')
}

function faultOfScope({ complianceResourceTypes, complianceResourceId, tagKey, tagValue }: Scope) {
  const byType = complianceResourceTypes !== undefined
  if (byType && (complianceResourceTypes.length === 0 || complianceResourceTypes.length > 100)) {
    return invalid('A scope has 1 to 100 resource types.', 'scope')
  }
  if (complianceResourceId !== undefined && complianceResourceTypes?.length !== 1) {
    return invalid('A resource id needs exactly one resource type.', 'scope')
  }
  if (tagValue !== undefined && tagKey === undefined) return invalid('A tag value needs its key.', 'scope')
  return tagKey !== undefined && byType ? invalid('A scope is by type or by tag.', 'scope') : null
}

function faultOfSource(definition: RuleDefinition) {
  const { source, maximumExecutionFrequency } = definition
  if (source.messageTypes?.length === 0) return invalid('A source needs a message type.', 'source')
  switch (source.owner) {
    case 'AWS':
      return managedRule(source.sourceIdentifier) ? null : invalid('Unknown managed rule.', 'source')
    case 'CUSTOM_LAMBDA': {
      const isFunction = /^arn:aws:lambda:[^:]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/.test(source.sourceIdentifier)
      if (!isFunction) return invalid('A custom rule names the ARN of its function.', 'source')
      break
    }
    case 'CUSTOM_POLICY': {
      const policy = parsePolicy(source.policyText)
      if (!policy.ok) return invalid(`line ${policy.error.line}: ${policy.error.message}`, 'source')
      break
    }
  }
  const isIdle = maximumExecutionFrequency !== null && !triggersOf(definition).periodic
  return isIdle ? invalid('A frequency needs a periodic trigger.', 'maximumExecutionFrequency') : null
}

const noSuchRule = (name: string) => refusal('NoSuchConfigRuleException', `There is no rule ${name}.`, 'configRuleName')

export function findRule(state: Pick<ConfigState, 'rules'>, name: string): ConfigResult<RuleState> {
  const rule = state.rules.find((candidate) => candidate.definition.configRuleName === name)
  return rule ? ok(rule) : noSuchRule(name)
}

/**
 * Marks the rule for deletion; it goes, with its verdicts, in the next tick (AWS Config API, "DeleteConfigRule").
 * Refused while a remediation is set on it.
 */
export function deleteConfigRule(state: ConfigState, input: { readonly configRuleName: string }): ConfigResult {
  const { configRuleName } = input
  const found = findRule(state, configRuleName)
  if (!found.ok) return found
  const refused = refuseChange(found.value)
  if (refused) return refused
  if (state.remediations.some((remediation) => remediation.configRuleName === configRuleName)) {
    return refusal('ResourceInUseException', `Delete the remediation of ${configRuleName} first.`)
  }
  return ok(markDeleted(state, [configRuleName]))
}

/** The rules stop at once; the next tick takes them out. */
export function markDeleted(state: ConfigState, names: readonly string[]): ConfigState {
  const rules = state.rules.map((rule) =>
    names.includes(rule.definition.configRuleName)
      ? { ...rule, state: 'DELETING' as const, runDue: false, nextPeriodicAt: null }
      : rule,
  )
  return { ...state, rules, exceptions: state.exceptions.filter((entry) => !names.includes(entry.configRuleName)) }
}

/** Forgets what a rule has found; its next run begins from nothing (AWS Config API, "DeleteEvaluationResults"). */
export function deleteEvaluationResults(state: ConfigState, input: { readonly configRuleName: string }): ConfigResult {
  const found = findRule(state, input.configRuleName)
  if (!found.ok) return found
  const rule = found.value
  if (rule.state !== 'ACTIVE') return refusal('ResourceInUseException', `${input.configRuleName} is being evaluated.`)
  return ok({ ...state, rules: state.rules.map((other) => (other === rule ? { ...rule, results: {} } : other)) })
}

const EVALUATION_LIMIT = 25

/** Runs rules once more over the last known state; nothing new is recorded (AWS Config API, "StartConfigRulesEvaluation"). */
export function startConfigRulesEvaluation(
  state: ConfigState,
  input: { readonly configRuleNames: readonly string[] },
): ConfigResult {
  const { configRuleNames } = input
  if (configRuleNames.length === 0 || configRuleNames.length > EVALUATION_LIMIT) {
    return invalid(`1 to ${EVALUATION_LIMIT} rules at a time.`, 'configRuleNames')
  }
  for (const name of configRuleNames) {
    const found = findRule(state, name)
    if (!found.ok) return found
    if (found.value.state === 'DELETING') return refusal('ResourceInUseException', `${name} is being deleted.`)
    if (found.value.state === 'EVALUATING') return refusal('LimitExceededException', `${name} is being evaluated.`)
  }
  const rules = state.rules.map((rule) =>
    configRuleNames.includes(rule.definition.configRuleName)
      ? { ...rule, state: 'EVALUATING' as const, runDue: true }
      : rule,
  )
  return ok({ ...state, rules })
}
