import type { RemediationOutcome } from '../../../shared/aws/item.ts'
import type { CauseId } from '../../../shared/ids.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import { EXECUTION_LIMIT, EXECUTION_TIMEOUT_MS } from './limits.ts'
import type { ConfigState, Draft, RemediationConfiguration, RemediationExecution, RuleState } from './state.ts'

const isOpen = (execution: RemediationExecution) => execution.state === 'QUEUED' || execution.state === 'IN_PROGRESS'

/** A NON_COMPLIANT verdict queues a repair, where one is automatic, none is under way and no exception stands. */
export function wantRepair(draft: Draft, rule: RuleState, resourceKey: string, cause: CauseId): void {
  const { configRuleName } = rule.definition
  const remediation = draft.remediations.find((candidate) => candidate.configRuleName === configRuleName)
  if (!remediation?.automatic) return
  queueRepair(draft, { configRuleName, resourceKey, cause, automatic: true, failures: [] })
}

type Wanted = Pick<RemediationExecution, 'configRuleName' | 'resourceKey' | 'cause' | 'automatic' | 'failures'>

/** @returns whether it was queued */
export function queueRepair(draft: Draft, wanted: Wanted): boolean {
  const isSame = (other: { readonly configRuleName: string; readonly resourceKey: string }) =>
    other.configRuleName === wanted.configRuleName && other.resourceKey === wanted.resourceKey
  if (draft.executions.some((execution) => isSame(execution) && isOpen(execution))) return false
  const isExcepted = draft.exceptions.some((exception) => isSame(exception) && !isPast(draft, exception.expiresAt))
  if (wanted.automatic && isExcepted) return false
  const { now, seed } = draft.ctx
  draft.count += 1
  const executionId = uuidAt(seed, streamOf('config/execution'), draft.count)
  // Failures within the window of the last try count on, so that a fast chain of failing repairs ends.
  draft.executions.push({ ...wanted, executionId, state: 'QUEUED', invokedAt: now, updatedAt: now, errorMessage: '' })
  return true
}

const isPast = (draft: Draft, at: number | null) => at !== null && at <= draft.ctx.now

/**
 * Takes what the garage reports. A success sets no compliance: only a new item, judged anew, does. A failure is tried
 * again until so many attempts have failed within RetryAttemptSeconds that an exception is put on the resource
 * (AWS Config, "Remediating noncompliant resources").
 */
export function takeOutcome(draft: Draft, outcome: RemediationOutcome): void {
  const at = draft.executions.findIndex((execution) => execution.executionId === outcome.executionId)
  const execution = draft.executions[at]
  if (!execution || execution.state !== 'IN_PROGRESS') return
  const { now } = draft.ctx
  const errorMessage = outcome.outcome === 'FAILED' ? (outcome.message ?? '') : ''
  const remediation = draft.remediations.find((candidate) => candidate.configRuleName === execution.configRuleName)
  const windowMs = (remediation?.retryAttemptSeconds ?? 0) * 1000
  const recent = execution.failures.filter((failure) => failure > now - windowMs)
  const failures = outcome.outcome === 'FAILED' ? [...recent, now] : []
  const ended = { ...execution, state: outcome.outcome, updatedAt: now, errorMessage, failures }
  draft.executions[at] = ended
  if (outcome.outcome === 'FAILED' && remediation && execution.automatic) tryAgain(draft, ended, remediation)
}

function tryAgain(draft: Draft, failed: RemediationExecution, remediation: RemediationConfiguration): void {
  const { configRuleName, resourceKey, cause, failures } = failed
  if (failures.length >= remediation.maximumAutomaticAttempts) {
    const message = `${failures.length} attempts failed within ${remediation.retryAttemptSeconds} s: ${failed.errorMessage}`
    return putException(draft, { configRuleName, resourceKey, message: message.slice(0, 1024), expiresAt: null })
  }
  const rule = draft.rules.find((candidate) => candidate.definition.configRuleName === configRuleName)
  const result = draft.opened.get(configRuleName)?.[resourceKey] ?? rule?.results[resourceKey]
  if (!remediation.automatic || result?.complianceType !== 'NON_COMPLIANT') return
  queueRepair(draft, { configRuleName, resourceKey, cause, automatic: true, failures })
}

/** Puts an exception in the place of an older one for the same rule and resource. */
export function putException(draft: Pick<Draft, 'exceptions'>, exception: Draft['exceptions'][number]): void {
  draft.exceptions = [
    ...draft.exceptions.filter(
      (other) => other.configRuleName !== exception.configRuleName || other.resourceKey !== exception.resourceKey,
    ),
    exception,
  ]
}

/** Hands queued repairs to the garage, gives up on those it never reports on, and forgets the oldest that are over. */
export function runRepairs(draft: Draft): void {
  const { now } = draft.ctx
  draft.exceptions = draft.exceptions.filter((exception) => !isPast(draft, exception.expiresAt))
  const silent = draft.executions.filter(
    ({ state, updatedAt }) => state === 'IN_PROGRESS' && now - updatedAt >= EXECUTION_TIMEOUT_MS,
  )
  for (const { executionId } of silent) {
    takeOutcome(draft, { executionId, outcome: 'FAILED', message: 'Execution timed out' })
  }
  draft.executions = draft.executions.map((execution) =>
    execution.state === 'QUEUED' ? startRepair(draft, execution) : execution,
  )
  const over = draft.executions.filter((execution) => !isOpen(execution))
  const forgotten = new Set(over.slice(0, Math.max(0, over.length - EXECUTION_LIMIT)))
  draft.executions = draft.executions.filter((execution) => !forgotten.has(execution))
}

function startRepair(draft: Draft, execution: RemediationExecution): RemediationExecution {
  const { configRuleName, executionId } = execution
  const remediation = draft.remediations.find((candidate) => candidate.configRuleName === configRuleName)
  if (!remediation) return { ...execution, state: 'FAILED', updatedAt: draft.ctx.now, errorMessage: 'No remediation' }
  const slash = execution.resourceKey.indexOf('/')
  const resourceType = execution.resourceKey.slice(0, slash)
  const resourceId = execution.resourceKey.slice(slash + 1)
  const parameters = Object.fromEntries(
    Object.entries(remediation.parameters).map(([name, value]) => [
      name,
      'staticValues' in value ? value.staticValues : [resourceId],
    ]),
  )
  draft.out.remediations.push({
    id: draft.ctx.ids.next(),
    cause: execution.cause,
    executionId,
    configRuleName,
    resourceType,
    resourceId,
    targetId: remediation.targetId,
    parameters,
  })
  return { ...execution, state: 'IN_PROGRESS', updatedAt: draft.ctx.now }
}

/** When a repair or an exception next needs a tick without anything having happened. */
export function nextRepairAt(state: Pick<ConfigState, 'executions' | 'exceptions'>): number {
  const due = [
    ...state.executions.map((execution) => {
      if (execution.state === 'QUEUED') return 0
      return execution.state === 'IN_PROGRESS' ? execution.updatedAt + EXECUTION_TIMEOUT_MS : Infinity
    }),
    ...state.exceptions.map((exception) => exception.expiresAt ?? Infinity),
  ]
  return due.reduce((earliest, at) => Math.min(earliest, at), Infinity)
}
