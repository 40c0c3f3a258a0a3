import { ACCOUNT_ID } from '../../../shared/aws/account.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import { toIsoMillis } from '../../../shared/time.ts'
import { storeFinding } from './evaluate.ts'
import { followingRun, triggersOf } from './frequency.ts'
import { toChangeNotification, toNotificationItem } from './item-forms.ts'
import { TOKEN_LIMIT } from './limits.ts'
import type { Verdict } from './managed-rules.ts'
import { managedRule } from './managed-rules.ts'
import { decodeParameters, isBad } from './parameters.ts'
import { evaluatePolicy } from './policy.ts'
import type { Recorded } from './record.ts'
import { resultsOf } from './record.ts'
import { isInScope, isJudged } from './scope.ts'
import type { ConfigState, Draft, RuleRun, RuleState, StoredItem, Timeline } from './state.ts'
import { resourceKey } from './state.ts'

/** One resource a rule is to judge, and why. */
interface Case {
  readonly timeline: Timeline
  readonly item: StoredItem
  readonly eventLeftScope: boolean
  readonly notification: JsonObject
  readonly hops: number
  /** The run that asks, where somebody's call started it; left out: the item is the cause. */
  readonly cause?: CauseId
}

/** Shows a new item to every rule that changes trigger and that has, or had, the resource in its scope. */
export function judgeChange(draft: Draft, { timeline, item, notification, hops }: Recorded): void {
  const { resourceType, resourceId } = timeline
  const key = resourceKey(resourceType, resourceId)
  for (const rule of draft.rules) {
    const { definition } = rule
    if (rule.state === 'DELETING' || !triggersOf(definition).onChange) continue
    const isIn = item.configuration !== null && isInScope(definition, { resourceType, resourceId, form: item })
    const stored = (draft.opened.get(definition.configRuleName) ?? rule.results)[key]
    const eventLeftScope = !isIn && stored !== undefined && stored.complianceType !== 'NOT_APPLICABLE'
    if (isIn || eventLeftScope) judge(draft, rule, { timeline, item, eventLeftScope, notification, hops })
  }
}

/** Runs a rule over everything it looks at, as last recorded; verdicts on what it no longer looks at are dropped. */
function runRule(draft: Draft, rule: RuleState, trigger: RuleRun['trigger']): void {
  const { configRuleName } = rule.definition
  const { now, ids } = draft.ctx
  const run: RuleRun = {
    id: ids.next(),
    cause: trigger === 'on-demand' ? rule.runCause : null,
    configRuleName,
    trigger,
  }
  const cause = run.cause === null ? {} : { cause: run.id }
  draft.out.runs.push(run)
  const judged = Object.values(draft.resources).filter((timeline) => isJudged(rule.definition, timeline))
  dropLeft(draft, rule, judged)
  const isScheduled = trigger === 'periodic' || !triggersOf(rule.definition).onChange
  if (rule.definition.source.owner === 'CUSTOM_LAMBDA' && isScheduled) return invokeScheduled(draft, rule, run.id)
  for (const timeline of judged) {
    const item = timeline.items.at(-1)
    if (!item) continue
    const notification = toChangeNotification(timeline, item, timeline.items.at(-2) ?? null, now)
    judge(draft, rule, { timeline, item, eventLeftScope: false, notification, hops: 0, ...cause })
  }
}

function dropLeft(draft: Draft, rule: RuleState, judged: readonly Timeline[]): void {
  const kept = new Set(judged.map((timeline) => resourceKey(timeline.resourceType, timeline.resourceId)))
  const results = resultsOf(draft, rule)
  for (const [key, evaluation] of Object.entries(results)) {
    if (!kept.has(key) && evaluation.complianceType !== 'NOT_APPLICABLE') delete results[key]
  }
}

function judge(draft: Draft, rule: RuleState, given: Case): void {
  const { source } = rule.definition
  const { now } = draft.ctx
  if (source.owner === 'CUSTOM_LAMBDA') {
    noteRun(draft, rule, { lastInvokedAt: now })
    return invokeFunction(draft, rule, { ...given, cause: given.cause ?? given.item.id })
  }
  const verdict = given.eventLeftScope ? LEFT_SCOPE : verdictOf(rule, given)
  if ('error' in verdict) return noteRun(draft, rule, { lastInvokedAt: now, lastError: verdict.error })
  noteRun(draft, rule, { lastInvokedAt: now, lastEvaluatedAt: now, lastError: null })
  const { timeline, item, hops, cause = item.id } = given
  const finding = { ...verdict, timeline, orderingTimestamp: item.capturedAt, invokedAt: now, cause, hops }
  storeFinding(draft, rule, finding)
}

const LEFT_SCOPE: Verdict = { complianceType: 'NOT_APPLICABLE', annotation: '' }

type Failure = { readonly error: NonNullable<RuleState['lastError']> }

const failure = (code: string, message: string): Failure => ({ error: { code, message } })

function verdictOf({ definition }: RuleState, { timeline, item }: Case): Verdict | Failure {
  const { source } = definition
  if (source.owner === 'CUSTOM_POLICY') return evaluatePolicy(source.policyText, toNotificationItem(timeline, item))
  const managed = managedRule(source.sourceIdentifier)
  const parameters = decodeParameters(definition.inputParameters)
  if (!managed || !parameters || item.configuration === null) return failure('InternalError', 'no such rule')
  const verdict = managed.judge({ configuration: item.configuration, tags: item.tags }, parameters)
  return isBad(verdict) ? failure('InvalidParameterValueException', verdict.badParameter) : verdict
}

/** Writes into the rule, unless that would write the same. */
function noteRun(draft: Draft, rule: RuleState, changes: Partial<RuleState>): void {
  const name = rule.definition.configRuleName
  draft.rules = draft.rules.map((other) =>
    other.definition.configRuleName === name ? { ...other, ...changes } : other,
  )
}

function invokeScheduled(draft: Draft, rule: RuleState, cause: CauseId): void {
  noteRun(draft, rule, { lastInvokedAt: draft.ctx.now })
  const notification = {
    recordVersion: '1.0',
    messageType: 'ScheduledNotification',
    awsAccountId: ACCOUNT_ID,
    notificationCreationTime: toIsoMillis(draft.ctx.now),
  }
  invokeFunction(draft, rule, { notification, eventLeftScope: false, hops: 0, cause })
}

type Call = Pick<Case, 'notification' | 'eventLeftScope' | 'hops'> & { readonly cause: CauseId }

/** Asks the rule's function for verdicts; it answers with PutEvaluations and the token, or never. */
function invokeFunction(draft: Draft, rule: RuleState, { notification, eventLeftScope, hops, cause }: Call): void {
  const { definition, configRuleArn, configRuleId } = rule
  const { configRuleName, source, inputParameters } = definition
  if (source.owner !== 'CUSTOM_LAMBDA') return
  draft.count += 1
  const { now, seed } = draft.ctx
  const resultToken = uuidAt(seed, streamOf('config/token'), draft.count)
  draft.tokens = [...draft.tokens, { token: resultToken, configRuleName, cause, invokedAt: now, hops }].slice(
    -TOKEN_LIMIT,
  )
  draft.out.invocations.push({
    cause,
    functionName: source.sourceIdentifier,
    payload: {
      version: '1.0',
      invokingEvent: JSON.stringify(notification),
      ruleParameters: inputParameters,
      resultToken,
      eventLeftScope,
      executionRoleArn: draft.recorder?.roleARN ?? '',
      configRuleArn,
      configRuleName,
      configRuleId,
      accountId: ACCOUNT_ID,
    },
    invokedBy: 'config.amazonaws.com',
    sourceArn: configRuleArn,
    hops,
  })
}

/** Runs the rules that are due: asked for, or by period. Periodic ones go on while the recorder is off. */
export function runDueRules(draft: Draft): void {
  for (const rule of draft.rules) {
    const isPeriodic = (rule.nextPeriodicAt ?? Infinity) <= draft.ctx.now
    if (!rule.runDue && !isPeriodic) continue
    const following = isPeriodic
      ? followingRun(rule.definition, rule.nextPeriodicAt ?? draft.ctx.now, draft.ctx.now)
      : rule.nextPeriodicAt
    noteRun(draft, rule, { runDue: false, runCause: null, state: 'ACTIVE', nextPeriodicAt: following })
    runRule(draft, rule, rule.runDue ? 'on-demand' : 'periodic')
  }
}

/** When a rule next needs a tick without anything having happened; 0 when it needs this one. */
export const nextRuleAt = (rules: ConfigState['rules']): number =>
  rules.reduce((earliest, rule) => {
    const at = rule.runDue || rule.state === 'DELETING' ? 0 : (rule.nextPeriodicAt ?? Infinity)
    return Math.min(earliest, at)
  }, Infinity)
