import { ACCOUNT_ID } from '../../../shared/aws/account.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { toIsoMillis } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Verdict } from './managed-rules.ts'
import { wantRepair } from './repair.ts'
import { resultsOf } from './record.ts'
import type { Draft, Evaluation, RuleState, Timeline } from './state.ts'
import { resourceKey } from './state.ts'

export interface Finding extends Verdict {
  readonly timeline: Pick<Timeline, 'resourceType' | 'resourceId' | 'awsRegion'>
  readonly orderingTimestamp: ServiceMs
  readonly invokedAt: ServiceMs
  /** The item that was judged, or what the rule's function named. */
  readonly cause: CauseId
  readonly hops: number
}

/**
 * Stores a verdict, unless a newer one is stored already. Only a verdict that differs from the stored one is a change,
 * and is told to the bus; every NON_COMPLIANT one may ask for a repair (AWS Config, "Evaluating resources").
 */
export function storeFinding(draft: Draft, rule: RuleState, finding: Finding): void {
  const key = resourceKey(finding.timeline.resourceType, finding.timeline.resourceId)
  const results = resultsOf(draft, rule)
  const old = results[key]
  if (old && finding.orderingTimestamp < old.orderingTimestamp) return
  const evaluation: Evaluation = {
    complianceType: finding.complianceType,
    annotation: finding.annotation,
    orderingTimestamp: finding.orderingTimestamp,
    resultRecordedTime: draft.ctx.now,
    configRuleInvokedTime: finding.invokedAt,
  }
  results[key] = evaluation
  const change =
    old?.complianceType === finding.complianceType ? null : tellChange(draft, rule, { finding, evaluation, old })
  if (finding.complianceType === 'NON_COMPLIANT') wantRepair(draft, rule, key, change ?? finding.cause)
}

interface Change {
  readonly finding: Finding
  readonly evaluation: Evaluation
  readonly old: Evaluation | undefined
}

function tellChange(draft: Draft, rule: RuleState, { finding, evaluation, old }: Change): CauseId {
  const { resourceType, resourceId, awsRegion } = finding.timeline
  const { configRuleName } = rule.definition
  const id = draft.ctx.ids.next()
  const { complianceType: to, annotation } = finding
  const from = old?.complianceType ?? null
  draft.out.compliance.push({
    id,
    cause: finding.cause,
    configRuleName,
    resourceType,
    resourceId,
    from,
    to,
    annotation,
  })
  draft.out.events.push({
    cause: id,
    source: 'aws.config',
    detailType: 'Config Rules Compliance Change',
    detail: {
      resourceId,
      resourceType,
      awsRegion,
      awsAccountId: ACCOUNT_ID,
      configRuleName,
      configRuleARN: rule.configRuleArn,
      recordVersion: '1.0',
      messageType: 'ComplianceChangeNotification',
      newEvaluationResult: toResult(rule, finding, evaluation),
      ...(old ? { oldEvaluationResult: toResult(rule, finding, old) } : {}),
      notificationCreationTime: toIsoMillis(draft.ctx.now),
    },
    resources: [],
    time: draft.ctx.now,
    region: awsRegion,
    hops: finding.hops,
  })
  return id
}

function toResult(rule: RuleState, { timeline }: Finding, evaluation: Evaluation): JsonObject {
  const { resourceType, resourceId } = timeline
  return {
    evaluationResultIdentifier: {
      evaluationResultQualifier: { configRuleName: rule.definition.configRuleName, resourceType, resourceId },
      orderingTimestamp: toIsoMillis(evaluation.orderingTimestamp),
    },
    complianceType: evaluation.complianceType,
    resultRecordedTime: toIsoMillis(evaluation.resultRecordedTime),
    configRuleInvokedTime: toIsoMillis(evaluation.configRuleInvokedTime),
    ...(evaluation.annotation === '' ? {} : { annotation: evaluation.annotation }),
  }
}
