import { HOME_REGION } from '../../../shared/aws/account.ts'
import type { ComplianceType } from '../../../shared/aws/item.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { storeFinding } from './evaluate.ts'
import { runRepairs } from './repair.ts'
import type { ConfigOutput, ConfigResult, ConfigState, Draft, ResultToken } from './state.ts'
import { closeDraft, openDraft, refusal, resourceKey } from './state.ts'

export interface PutEvaluation {
  readonly complianceResourceType: string
  readonly complianceResourceId: string
  /** Whatever the caller sent: only COMPLIANT, NON_COMPLIANT and NOT_APPLICABLE are taken. */
  readonly complianceType: string
  /** At most 256 characters. */
  readonly annotation?: string
  readonly orderingTimestamp: ServiceMs
}

export interface PutEvaluations {
  readonly resultToken: string
  readonly evaluations: readonly PutEvaluation[]
  /** Checks everything but the token and stores nothing. */
  readonly testMode?: boolean
  /** The run of the function that answers; left out: what the token was given for. */
  readonly cause?: CauseId
}

const EVALUATION_LIMIT = 100
const TYPES: readonly string[] = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'] satisfies ComplianceType[]
const isComplianceType = (text: string): text is ComplianceType => TYPES.includes(text)

/**
 * Takes the verdicts of a custom rule's function, by the token it was called with (AWS Config API, "PutEvaluations"). A
 * verdict older than the stored one is ignored.
 *
 * @returns `InvalidParameterValueException`, `InvalidResultTokenException`, `NoSuchConfigRuleException`
 */
export function putEvaluations(
  state: ConfigState,
  input: PutEvaluations,
  ctx: StepContext,
): ConfigResult<{ state: ConfigState } & ConfigOutput> {
  const draft = openDraft(state, ctx)
  const fault = faultOfEvaluations(input) ?? (input.testMode ? null : faultOfToken(state, input))
  if (fault) return fault
  if (input.testMode) return ok({ state, ...draft.out })
  takeEvaluations(draft, input)
  runRepairs(draft)
  return ok({ state: closeDraft(draft), ...draft.out })
}

function faultOfEvaluations(input: PutEvaluations) {
  if (input.evaluations.length > EVALUATION_LIMIT) {
    return refusal('InvalidParameterValueException', `At most ${EVALUATION_LIMIT} evaluations.`, 'evaluations')
  }
  for (const { complianceType, annotation = '' } of input.evaluations) {
    if (!isComplianceType(complianceType)) {
      return refusal('InvalidParameterValueException', `${complianceType} is not taken.`, 'complianceType')
    }
    if (annotation.length > 256) {
      return refusal('InvalidParameterValueException', 'An annotation has at most 256 characters.', 'annotation')
    }
  }
  return null
}

const tokenOf = ({ tokens }: Pick<ConfigState, 'tokens'>, { resultToken }: PutEvaluations): ResultToken | undefined =>
  tokens.find(({ token }) => token === resultToken)

function faultOfToken(state: Pick<ConfigState, 'tokens' | 'rules'>, input: PutEvaluations) {
  const token = tokenOf(state, input)
  if (!token) return refusal('InvalidResultTokenException', 'The result token is not valid.', 'resultToken')
  const rule = state.rules.find((candidate) => candidate.definition.configRuleName === token.configRuleName)
  return rule && rule.state !== 'DELETING' ? null : refusal('NoSuchConfigRuleException', 'The rule is gone.')
}

/** Stores what a function has answered within a step; an answer that Config does not wait for is ignored. */
export function takeEvaluations(draft: Draft, input: PutEvaluations): void {
  const token = tokenOf(draft, input)
  if (!token || faultOfEvaluations(input) || faultOfToken(draft, input)) return
  const cause = input.cause ?? token.cause
  for (const evaluation of input.evaluations) {
    const { complianceResourceType: resourceType, complianceResourceId: resourceId, complianceType } = evaluation
    const rule = draft.rules.find((candidate) => candidate.definition.configRuleName === token.configRuleName)
    if (!rule || !isComplianceType(complianceType)) continue
    const key = resourceKey(resourceType, resourceId)
    const known = Object.hasOwn(draft.resources, key) ? draft.resources[key] : undefined
    storeFinding(draft, rule, {
      complianceType,
      annotation: evaluation.annotation ?? '',
      timeline: known ?? { resourceType, resourceId, awsRegion: HOME_REGION },
      orderingTimestamp: evaluation.orderingTimestamp,
      invokedAt: token.invokedAt,
      cause,
      hops: token.hops,
    })
  }
  draft.rules = draft.rules.map((rule) =>
    rule.definition.configRuleName === token.configRuleName
      ? { ...rule, lastEvaluatedAt: draft.ctx.now, lastError: null }
      : rule,
  )
}
