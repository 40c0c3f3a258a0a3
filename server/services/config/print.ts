import type { JsonObject } from '../../../shared/json.ts'
import { ok } from '../../../shared/result.ts'
import type { Page, PageRequest } from './page.ts'
import { toPage } from './page.ts'
import { findRule } from './rules.ts'
import type { ConfigResult, ConfigState, RuleState } from './state.ts'

/** `ConfigRules` as the API prints them, in the order in which they were put (AWS Config API, "DescribeConfigRules"). */
export function describeConfigRules(
  state: ConfigState,
  request: PageRequest & { readonly configRuleNames?: readonly string[] } = {},
): ConfigResult<Page<JsonObject>> {
  const { configRuleNames = [] } = request
  for (const name of configRuleNames) {
    const found = findRule(state, name)
    if (!found.ok) return found
  }
  const wanted = state.rules.filter(
    ({ definition }) => configRuleNames.length === 0 || configRuleNames.includes(definition.configRuleName),
  )
  return toPage(wanted.map(toConfigRule), request, 25)
}

function toConfigRule(rule: RuleState): JsonObject {
  const { definition, configRuleArn, configRuleId, state, packName } = rule
  const { configRuleName, description, inputParameters, maximumExecutionFrequency: frequency } = definition
  return {
    ConfigRuleName: configRuleName,
    ConfigRuleArn: configRuleArn,
    ConfigRuleId: configRuleId,
    ...(description === '' ? {} : { Description: description }),
    Scope: toScope(rule),
    Source: toSource(rule),
    ...(inputParameters === '{}' ? {} : { InputParameters: inputParameters }),
    ...(frequency === null ? {} : { MaximumExecutionFrequency: frequency }),
    ConfigRuleState: state,
    ...(packName === null ? {} : { CreatedBy: 'config-conforms.amazonaws.com' }),
    EvaluationModes: [{ Mode: 'DETECTIVE' }],
  }
}

function toScope({ definition }: RuleState): JsonObject {
  const { complianceResourceTypes, complianceResourceId, tagKey, tagValue } = definition.scope
  return {
    ...(complianceResourceTypes === undefined ? {} : { ComplianceResourceTypes: complianceResourceTypes }),
    ...(complianceResourceId === undefined ? {} : { ComplianceResourceId: complianceResourceId }),
    ...(tagKey === undefined ? {} : { TagKey: tagKey }),
    ...(tagValue === undefined ? {} : { TagValue: tagValue }),
  }
}

function toSource({ definition }: RuleState): JsonObject {
  const { source } = definition
  const details = source.messageTypes?.map((MessageType) => ({ EventSource: 'aws.config', MessageType }))
  return {
    Owner: source.owner,
    ...(source.owner === 'CUSTOM_POLICY'
      ? { CustomPolicyDetails: { PolicyRuntime: 'guard-2.x.x', PolicyText: source.policyText } }
      : { SourceIdentifier: source.sourceIdentifier }),
    ...(details === undefined ? {} : { SourceDetails: details }),
  }
}

/** `RemediationConfigurations` of rules (AWS Config API, "DescribeRemediationConfigurations"). */
export function describeRemediationConfigurations(
  state: ConfigState,
  request: { readonly configRuleNames: readonly string[] },
): ConfigResult<readonly JsonObject[]> {
  const wanted = state.remediations.filter((entry) => request.configRuleNames.includes(entry.configRuleName))
  return ok(
    wanted.map((remediation) => ({
      ConfigRuleName: remediation.configRuleName,
      TargetType: 'SSM_DOCUMENT',
      TargetId: remediation.targetId,
      Parameters: Object.fromEntries(
        Object.entries(remediation.parameters).map(([name, value]) => [
          name,
          'staticValues' in value
            ? { StaticValue: { Values: value.staticValues } }
            : { ResourceValue: { Value: value.resourceValue } },
        ]),
      ),
      Automatic: remediation.automatic,
      MaximumAutomaticAttempts: remediation.maximumAutomaticAttempts,
      RetryAttemptSeconds: remediation.retryAttemptSeconds,
    })),
  )
}

/** `RemediationExceptions` of a rule; times are epoch seconds (AWS Config API, "DescribeRemediationExceptions"). */
export function describeRemediationExceptions(
  state: ConfigState,
  request: PageRequest & { readonly configRuleName: string },
): ConfigResult<Page<JsonObject>> {
  const found = findRule(state, request.configRuleName)
  if (!found.ok) return found
  const list = state.exceptions
    .filter((exception) => exception.configRuleName === request.configRuleName)
    .map(({ configRuleName, resourceKey, message, expiresAt }) => ({
      ConfigRuleName: configRuleName,
      ResourceType: resourceKey.slice(0, resourceKey.indexOf('/')),
      ResourceId: resourceKey.slice(resourceKey.indexOf('/') + 1),
      ...(message === '' ? {} : { Message: message }),
      ...(expiresAt === null ? {} : { ExpirationTime: expiresAt / 1000 }),
    }))
  return toPage(list, request, 25)
}
