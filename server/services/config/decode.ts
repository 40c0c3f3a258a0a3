import type { Json, JsonObject } from '../../../shared/json.ts'
import { ok } from '../../../shared/result.ts'
import type { PutRemediationConfiguration } from './remediation.ts'
import type { PutConfigRule } from './rules.ts'
import type { ConfigResult, Frequency, MessageType, RemediationConfiguration, RuleSource, Scope } from './state.ts'
import { refusal } from './state.ts'

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []

/** Reads a rule in AWS's own spelling, of a template or of the API; values are checked where the rule is put. */
export function decodeConfigRule(json: JsonObject): ConfigResult<PutConfigRule> {
  const source = decodeSource(object(json['Source']))
  if (!source) return refusal('InvalidParameterValueException', 'Unknown owner.', 'Source')
  const details = sourceDetails(object(json['Source']))
  const frequency =
    json['MaximumExecutionFrequency'] ??
    details.find((d) => d['MaximumExecutionFrequency'])?.['MaximumExecutionFrequency']
  const parameters = json['InputParameters']
  return ok({
    configRuleName: text(json['ConfigRuleName']),
    source,
    scope: decodeScope(object(json['Scope'])),
    description: text(json['Description']),
    inputParameters: isObject(parameters) ? JSON.stringify(parameters) : text(parameters),
    ...(frequency === undefined ? {} : { maximumExecutionFrequency: text(frequency) as Frequency }),
  })
}

const sourceDetails = (source: JsonObject): readonly JsonObject[] =>
  Array.isArray(source['SourceDetails']) ? source['SourceDetails'].filter(isObject) : []

function decodeSource(source: JsonObject): RuleSource | null {
  const messageTypes = sourceDetails(source).map((details) => text(details['MessageType']) as MessageType)
  const sourceIdentifier = text(source['SourceIdentifier'])
  const owner = text(source['Owner'])
  if (owner === 'AWS') return { owner, sourceIdentifier, ...(messageTypes.length > 0 ? { messageTypes } : {}) }
  if (owner === 'CUSTOM_LAMBDA') return { owner, sourceIdentifier, messageTypes }
  if (owner !== 'CUSTOM_POLICY') return null
  return { owner, policyText: text(object(source['CustomPolicyDetails'])['PolicyText']), messageTypes }
}

function decodeScope(scope: JsonObject): Scope {
  const { ComplianceResourceTypes: types, ComplianceResourceId: id, TagKey: key, TagValue: value } = scope
  return {
    ...(types === undefined ? {} : { complianceResourceTypes: texts(types) }),
    ...(id === undefined ? {} : { complianceResourceId: text(id) }),
    ...(key === undefined ? {} : { tagKey: text(key) }),
    ...(value === undefined ? {} : { tagValue: text(value) }),
  }
}

/** Reads a remediation in AWS's own spelling. */
export function decodeRemediation(json: JsonObject): PutRemediationConfiguration {
  const { MaximumAutomaticAttempts: attempts, RetryAttemptSeconds: seconds } = json
  return {
    configRuleName: text(json['ConfigRuleName']),
    targetType: text(json['TargetType']),
    targetId: text(json['TargetId']),
    parameters: decodeRemediationParameters(object(json['Parameters'])),
    automatic: json['Automatic'] === true,
    ...(attempts === undefined ? {} : { maximumAutomaticAttempts: Number(attempts) }),
    ...(seconds === undefined ? {} : { retryAttemptSeconds: Number(seconds) }),
  }
}

function decodeRemediationParameters(parameters: JsonObject): RemediationConfiguration['parameters'] {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const given = object(value)
      return given['ResourceValue'] === undefined
        ? [name, { staticValues: texts(object(given['StaticValue'])['Values']) }]
        : [name, { resourceValue: 'RESOURCE_ID' as const }]
    }),
  )
}
