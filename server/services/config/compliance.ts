import type { ComplianceType } from '../../../shared/aws/item.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { ok } from '../../../shared/result.ts'
import type { Page, PageRequest } from './page.ts'
import { toPage } from './page.ts'
import { findRule } from './rules.ts'
import type { ConfigResult, ConfigState, Evaluation, RuleState } from './state.ts'
import { refusal, resourceKey } from './state.ts'

export type RolledUp = 'COMPLIANT' | 'NON_COMPLIANT' | 'INSUFFICIENT_DATA'

/** One NON_COMPLIANT is enough; else one COMPLIANT; what was never judged, or does not apply, says nothing. */
export function rollUp(types: readonly ComplianceType[]): RolledUp {
  if (types.includes('NON_COMPLIANT')) return 'NON_COMPLIANT'
  return types.includes('COMPLIANT') ? 'COMPLIANT' : 'INSUFFICIENT_DATA'
}

/** Contributors are counted up to a cap: 25 resources of a rule, 100 rules of a resource. */
const RESOURCE_CAP = 25
const RULE_CAP = 100

function toCompliance(types: readonly ComplianceType[], cap: number): JsonObject {
  const ComplianceType = rollUp(types)
  if (ComplianceType !== 'NON_COMPLIANT') return { ComplianceType }
  const count = types.filter((type) => type === 'NON_COMPLIANT').length
  return { ComplianceType, ComplianceContributorCount: { CappedCount: Math.min(count, cap), CapExceeded: count > cap } }
}

const typesOf = (evaluations: readonly Evaluation[]) => evaluations.map((evaluation) => evaluation.complianceType)

const wants = (filter: readonly string[] | undefined, type: string) => !filter?.length || filter.includes(type)

export interface ByRule extends PageRequest {
  readonly configRuleNames?: readonly string[]
  readonly complianceTypes?: readonly RolledUp[]
}

/** `ComplianceByConfigRules`, in the order in which the rules were put (AWS Config API, "DescribeComplianceByConfigRule"). */
export function describeComplianceByConfigRule(
  state: ConfigState,
  request: ByRule = {},
): ConfigResult<Page<JsonObject>> {
  for (const name of request.configRuleNames ?? []) {
    const found = findRule(state, name)
    if (!found.ok) return found
  }
  const list = state.rules
    .filter((rule) => wants(request.configRuleNames, rule.definition.configRuleName))
    .map((rule) => ({ rule, types: typesOf(Object.values(rule.results)) }))
    .filter(({ types }) => wants(request.complianceTypes, rollUp(types)))
    .map(({ rule, types }) => ({
      ConfigRuleName: rule.definition.configRuleName,
      Compliance: toCompliance(types, RESOURCE_CAP),
    }))
  return toPage(list, request, 100)
}

export interface ByResource extends PageRequest {
  readonly resourceType?: string
  readonly resourceId?: string
  readonly complianceTypes?: readonly RolledUp[]
}

/** `ComplianceByResources` of everything recorded and still there (AWS Config API, "DescribeComplianceByResource"). */
export function describeComplianceByResource(
  state: ConfigState,
  request: ByResource = {},
): ConfigResult<Page<JsonObject>> {
  const { resourceType, resourceId, complianceTypes } = request
  if (resourceId !== undefined && resourceType === undefined) {
    return refusal('InvalidParameterValueException', 'A resource id needs its type.', 'resourceType')
  }
  const list = Object.values(state.resources)
    .filter((timeline) => (timeline.items.at(-1)?.configuration ?? null) !== null)
    .filter((timeline) => resourceType === undefined || timeline.resourceType === resourceType)
    .filter((timeline) => resourceId === undefined || timeline.resourceId === resourceId)
    .map((timeline) => ({ timeline, types: typesOf(evaluationsOf(state, timeline).map((entry) => entry.evaluation)) }))
    .filter(({ types }) => wants(complianceTypes, rollUp(types)))
    .map(({ timeline, types }) => ({
      ResourceType: timeline.resourceType,
      ResourceId: timeline.resourceId,
      Compliance: toCompliance(types, RULE_CAP),
    }))
  return toPage(list, request, 10)
}

interface Judgement {
  readonly rule: RuleState
  readonly key: string
  readonly evaluation: Evaluation
}

function evaluationsOf(
  state: ConfigState,
  resource: { readonly resourceType: string; readonly resourceId: string },
): readonly Judgement[] {
  const key = resourceKey(resource.resourceType, resource.resourceId)
  return state.rules.flatMap((rule) => {
    const evaluation = Object.hasOwn(rule.results, key) ? rule.results[key] : undefined
    return evaluation ? [{ rule, key, evaluation }] : []
  })
}

export interface Details extends PageRequest {
  readonly complianceTypes?: readonly ComplianceType[]
}

/** `EvaluationResults` of a rule, resource by resource (AWS Config API, "GetComplianceDetailsByConfigRule"). */
export function getComplianceDetailsByConfigRule(
  state: ConfigState,
  request: Details & { readonly configRuleName: string },
): ConfigResult<Page<JsonObject>> {
  const found = findRule(state, request.configRuleName)
  if (!found.ok) return found
  const rule = found.value
  const judgements = Object.entries(rule.results).map(([key, evaluation]) => ({ rule, key, evaluation }))
  return toPage(toResults(judgements, request), request, 10)
}

/** `EvaluationResults` of a resource, rule by rule (AWS Config API, "GetComplianceDetailsByResource"). */
export function getComplianceDetailsByResource(
  state: ConfigState,
  request: Details & { readonly resourceType: string; readonly resourceId: string },
): ConfigResult<Page<JsonObject>> {
  return toPage(toResults(evaluationsOf(state, request), request), request, 10)
}

/** Times are epoch seconds. */
function toResults(judgements: readonly Judgement[], { complianceTypes }: Details): readonly JsonObject[] {
  return judgements
    .filter(({ evaluation }) => wants(complianceTypes, evaluation.complianceType))
    .map(({ rule, key, evaluation }) => ({
      EvaluationResultIdentifier: {
        EvaluationResultQualifier: {
          ConfigRuleName: rule.definition.configRuleName,
          ResourceType: key.slice(0, key.indexOf('/')),
          ResourceId: key.slice(key.indexOf('/') + 1),
        },
        OrderingTimestamp: evaluation.orderingTimestamp / 1000,
      },
      ComplianceType: evaluation.complianceType,
      ResultRecordedTime: evaluation.resultRecordedTime / 1000,
      ConfigRuleInvokedTime: evaluation.configRuleInvokedTime / 1000,
      ...(evaluation.annotation === '' ? {} : { Annotation: evaluation.annotation }),
    }))
}

/**
 * How a rule's runs went. A rule whose parameters cannot be used shows ERROR instead of verdicts; the API tells it by
 * `LastErrorCode` (AWS Config API, "DescribeConfigRuleEvaluationStatus").
 */
export function describeConfigRuleEvaluationStatus(
  state: ConfigState,
  request: { readonly configRuleName: string },
): ConfigResult<JsonObject> {
  const found = findRule(state, request.configRuleName)
  if (!found.ok) return found
  const { definition, configRuleArn, configRuleId, lastInvokedAt, lastEvaluatedAt, lastError } = found.value
  return ok({
    ConfigRuleName: definition.configRuleName,
    ConfigRuleArn: configRuleArn,
    ConfigRuleId: configRuleId,
    ...(lastInvokedAt === null ? {} : { LastSuccessfulInvocationTime: lastInvokedAt / 1000 }),
    ...(lastEvaluatedAt === null ? {} : { LastSuccessfulEvaluationTime: lastEvaluatedAt / 1000 }),
    ...(lastError === null ? {} : { LastErrorCode: lastError.code, LastErrorMessage: lastError.message }),
    FirstEvaluationStarted: lastInvokedAt !== null,
  })
}
