import { functionArn } from '../../shared/aws/account.ts'
import type { ApiCall, TrailRecord } from '../../shared/aws/record.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { invariant } from '../../shared/assert.ts'
import type { ConfigRuleDefinition } from '../../shared/content/scenario-services.ts'
import type { CauseId } from '../../shared/ids.ts'
import type { JsonObject } from '../../shared/json.ts'
import { putRemediationConfiguration } from '../services/config/remediation.ts'
import { putConfigRule } from '../services/config/rules.ts'
import type { ConfigState, RuleDefinition } from '../services/config/state.ts'
import type { HallAct } from './director.ts'
import { CITY_HALL, toCall, VEHICLE_TYPE } from './to-services.ts'

/** A rule of a scenario, and the record of the call that puts it; `null` for what stands ready at the opening. */
interface Placement {
  readonly rule: ConfigRuleDefinition
  readonly cause: CauseId | null
}

/** Puts a rule of a scenario, with its repair; in the next tick it looks at every vehicle known to the inspector. */
export function placeConfigRule(config: ConfigState, { rule, cause }: Placement, ctx: StepContext): ConfigState {
  const { name: configRuleName, inputParameters, remediation } = rule
  const put = putConfigRule(
    config,
    {
      configRuleName,
      source: toSource(rule),
      scope: { complianceResourceTypes: [VEHICLE_TYPE] },
      inputParameters: JSON.stringify(inputParameters),
      ...(cause === null ? {} : { cause }),
    },
    ctx,
  )
  invariant(put.ok, put.ok ? '' : `${configRuleName}: ${put.error.message}`)
  if (remediation === undefined) return put.value
  const { document: targetId, ...dials } = remediation
  const parameters = { Plate: { resourceValue: 'RESOURCE_ID' } } as const
  const repair = { configRuleName, targetType: 'SSM_DOCUMENT', targetId, parameters, ...dials }
  const repaired = putRemediationConfiguration(put.value, repair, ctx)
  invariant(repaired.ok, repaired.ok ? '' : `${configRuleName}: ${repaired.error.message}`)
  return repaired.value
}

const ON_CHANGE = 'ConfigurationItemChangeNotification'
const sourceDetails = [{ eventSource: 'aws.config', messageType: ON_CHANGE }]

function toSource(rule: ConfigRuleDefinition): RuleDefinition['source'] {
  if ('sourceIdentifier' in rule) return { owner: 'AWS', sourceIdentifier: rule.sourceIdentifier }
  const messageTypes = [ON_CHANGE] as const
  return 'policy' in rule
    ? { owner: 'CUSTOM_POLICY', policyText: rule.policy, messageTypes }
    : { owner: 'CUSTOM_LAMBDA', sourceIdentifier: functionArn(rule.functionName), messageTypes }
}

/** As the logbook has it (AWS Config API, "Source"). */
function printSource(rule: ConfigRuleDefinition): JsonObject {
  const source = toSource(rule)
  if (source.owner === 'AWS') return { owner: source.owner, sourceIdentifier: source.sourceIdentifier }
  if (source.owner === 'CUSTOM_LAMBDA')
    return { owner: source.owner, sourceIdentifier: source.sourceIdentifier, sourceDetails }
  const customPolicyDetails = { policyRuntime: 'guard-2.x.x', policyText: source.policyText }
  return { owner: source.owner, sourceDetails, customPolicyDetails }
}

/** City hall's changes of the inspector's rules as calls; the logbook notes who made them. */
export function toHallCalls(acts: readonly HallAct[], { now }: StepContext): HallCall[] {
  return acts.flatMap((act) => {
    if (act.kind !== 'put-config-rule') return []
    const { name: configRuleName, inputParameters } = act.rule
    const configRule = {
      configRuleName,
      source: printSource(act.rule),
      inputParameters: JSON.stringify(inputParameters),
    }
    const call = toCall(now, {
      cause: act.cause,
      principal: CITY_HALL,
      eventSource: 'config.amazonaws.com',
      eventName: 'PutConfigRule',
      requestParameters: { configRule },
    })
    return [{ rule: act.rule, call }]
  })
}

export interface HallCall {
  readonly rule: ConfigRuleDefinition
  readonly call: ApiCall
}

/**
 * Carries out what the logbook has just recorded: so the run that follows names the record as its cause, and a verdict
 * that it changes can be walked back to city hall, and from there to the fine.
 */
export const putRules = (
  config: ConfigState,
  puts: readonly HallCall[],
  { records, ctx }: { readonly records: readonly TrailRecord[]; readonly ctx: StepContext },
): ConfigState =>
  puts.reduce((state, { rule, call }) => {
    const cause = records.find((record) => record.call === call)?.id ?? call.cause
    return placeConfigRule(state, { rule, cause }, ctx)
  }, config)
