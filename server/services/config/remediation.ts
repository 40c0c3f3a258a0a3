import type { ServiceError, StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Page, PageRequest } from './page.ts'
import { toPage } from './page.ts'
import { putException, queueRepair, wantRepair } from './repair.ts'
import { findRule } from './rules.ts'
import type { ConfigResult, ConfigState, RemediationConfiguration, RemediationExecution } from './state.ts'
import { closeDraft, openDraft, refusal, resourceKey } from './state.ts'

export interface PutRemediationConfiguration {
  readonly configRuleName: string
  /** Only `SSM_DOCUMENT`: in the city a garage procedure. */
  readonly targetType: string
  readonly targetId: string
  readonly parameters?: RemediationConfiguration['parameters']
  readonly automatic?: boolean
  /** 1 to 25, default 5. */
  readonly maximumAutomaticAttempts?: number
  /** 1 to 2 678 000, default 60. */
  readonly retryAttemptSeconds?: number
}

/**
 * Sets or changes the repair of a rule (AWS Config API, "PutRemediationConfigurations"). An automatic one also starts
 * for what is NON_COMPLIANT already.
 */
export function putRemediationConfiguration(
  state: ConfigState,
  input: PutRemediationConfiguration,
  ctx: StepContext,
): ConfigResult {
  const found = findRule(state, input.configRuleName)
  if (!found.ok) return found
  const fault = faultOf(input)
  if (fault) return fault
  const { configRuleName, targetId, parameters = {}, automatic = false } = input
  const { maximumAutomaticAttempts = 5, retryAttemptSeconds = 60 } = input
  const remediation = { configRuleName, targetId, parameters, automatic, maximumAutomaticAttempts, retryAttemptSeconds }
  const others = state.remediations.filter((other) => other.configRuleName !== configRuleName)
  const draft = openDraft({ ...state, remediations: [...others, remediation] }, ctx)
  for (const [key, evaluation] of Object.entries(found.value.results)) {
    const item = draft.resources[key]?.items.at(-1)
    if (item && evaluation.complianceType === 'NON_COMPLIANT') wantRepair(draft, found.value, key, item.id)
  }
  return ok(closeDraft(draft))
}

function faultOf(input: PutRemediationConfiguration): { ok: false; error: ServiceError } | null {
  const { targetType, targetId, maximumAutomaticAttempts = 5, retryAttemptSeconds = 60 } = input
  const invalid = (message: string, field: string) => refusal('InvalidParameterValueException', message, field)
  if (targetType !== 'SSM_DOCUMENT') return invalid('A target is an SSM_DOCUMENT.', 'targetType')
  if (targetId === '' || targetId.length > 256) return invalid('A target has 1 to 256 characters.', 'targetId')
  if (!Number.isInteger(maximumAutomaticAttempts) || maximumAutomaticAttempts < 1 || maximumAutomaticAttempts > 25) {
    return invalid('1 to 25 attempts.', 'maximumAutomaticAttempts')
  }
  if (!Number.isInteger(retryAttemptSeconds) || retryAttemptSeconds < 1 || retryAttemptSeconds > 2_678_000) {
    return invalid('1 to 2678000 seconds.', 'retryAttemptSeconds')
  }
  return null
}

const noRemediation = (name: string) =>
  refusal('NoSuchRemediationConfigurationException', `There is no remediation for ${name}.`, 'configRuleName')

const isOpen = (execution: RemediationExecution) => execution.state === 'QUEUED' || execution.state === 'IN_PROGRESS'

/** Refused while one of its repairs is under way (AWS Config API, "DeleteRemediationConfiguration"). */
export function deleteRemediationConfiguration(
  state: ConfigState,
  input: { readonly configRuleName: string },
): ConfigResult {
  const { configRuleName } = input
  const remediations = state.remediations.filter((other) => other.configRuleName !== configRuleName)
  if (remediations.length === state.remediations.length) return noRemediation(configRuleName)
  if (state.executions.some((execution) => execution.configRuleName === configRuleName && isOpen(execution))) {
    return refusal('RemediationInProgressException', 'A repair of that rule is under way.', 'configRuleName')
  }
  return ok({ ...state, remediations })
}

export interface ResourceKey {
  readonly resourceType: string
  readonly resourceId: string
}

const KEY_LIMIT = 100

/**
 * Queues repairs by hand, automatic or not, exception or not; the next tick starts them (AWS Config API,
 * "StartRemediationExecution").
 *
 * @param input `cause`: the call that asks for it
 * @returns the keys that were not queued: unknown to Config, or under repair already
 */
export function startRemediationExecution(
  state: ConfigState,
  input: { readonly configRuleName: string; readonly resourceKeys: readonly ResourceKey[]; readonly cause: CauseId },
  ctx: StepContext,
): ConfigResult<{ state: ConfigState; failedItems: readonly ResourceKey[] }> {
  const { configRuleName, resourceKeys, cause } = input
  if (!state.remediations.some((other) => other.configRuleName === configRuleName)) return noRemediation(configRuleName)
  if (resourceKeys.length === 0 || resourceKeys.length > KEY_LIMIT) {
    return refusal('InvalidParameterValueException', `1 to ${KEY_LIMIT} resources.`, 'resourceKeys')
  }
  const draft = openDraft(state, ctx)
  const failedItems = resourceKeys.filter((given) => {
    const key = resourceKey(given.resourceType, given.resourceId)
    if (!Object.hasOwn(draft.resources, key)) return true
    return !queueRepair(draft, { configRuleName, resourceKey: key, cause, automatic: false, failures: [] })
  })
  return ok({ state: closeDraft(draft), failedItems })
}

export interface PutRemediationExceptions {
  readonly configRuleName: string
  readonly resourceKeys: readonly ResourceKey[]
  /** At most 1024 characters. */
  readonly message?: string
  readonly expirationTime?: ServiceMs
}

/**
 * Keeps automatic repairs off resources, until the expiry or for good (AWS Config API, "PutRemediationExceptions").
 *
 * @returns the keys that were refused: only what is NON_COMPLIANT can be excepted
 */
export function putRemediationExceptions(
  state: ConfigState,
  input: PutRemediationExceptions,
  ctx: StepContext,
): ConfigResult<{ state: ConfigState; failedKeys: readonly ResourceKey[] }> {
  const { configRuleName, resourceKeys, message = '', expirationTime: expiresAt = null } = input
  const found = findRule(state, configRuleName)
  if (!found.ok) return found
  if (resourceKeys.length === 0 || resourceKeys.length > KEY_LIMIT || message.length > 1024) {
    return refusal('InvalidParameterValueException', 'Too many resources, none, or too long a message.', 'resourceKeys')
  }
  if (expiresAt !== null && expiresAt <= ctx.now) {
    return refusal('InvalidParameterValueException', 'The expiration time is past.', 'expirationTime')
  }
  const draft = openDraft(state, ctx)
  const failedKeys = resourceKeys.filter((given) => {
    const key = resourceKey(given.resourceType, given.resourceId)
    const result = Object.hasOwn(found.value.results, key) ? found.value.results[key] : undefined
    if (result?.complianceType !== 'NON_COMPLIANT') return true
    putException(draft, { configRuleName, resourceKey: key, message, expiresAt })
    return false
  })
  return ok({ state: closeDraft(draft), failedKeys })
}

/** Lets automatic repairs at resources again (AWS Config API, "DeleteRemediationExceptions"). */
export function deleteRemediationExceptions(
  state: ConfigState,
  input: { readonly configRuleName: string; readonly resourceKeys: readonly ResourceKey[] },
): ConfigResult {
  const keys = input.resourceKeys.map((given) => resourceKey(given.resourceType, given.resourceId))
  const exceptions = state.exceptions.filter(
    (exception) => exception.configRuleName !== input.configRuleName || !keys.includes(exception.resourceKey),
  )
  if (exceptions.length === state.exceptions.length) {
    return refusal('NoSuchRemediationExceptionException', 'There is no such exception.', 'resourceKeys')
  }
  return ok({ ...state, exceptions })
}

/**
 * `RemediationExecutionStatuses`: the newest execution of each resource (AWS Config API,
 * "DescribeRemediationExecutionStatus"). Times are epoch seconds.
 */
export function describeRemediationExecutionStatus(
  state: ConfigState,
  request: PageRequest & { readonly configRuleName: string; readonly resourceKeys?: readonly ResourceKey[] },
): ConfigResult<Page<JsonObject>> {
  const { configRuleName, resourceKeys } = request
  if (!state.remediations.some((other) => other.configRuleName === configRuleName)) return noRemediation(configRuleName)
  const keys = resourceKeys?.map((given) => resourceKey(given.resourceType, given.resourceId))
  const newest = new Map<string, RemediationExecution>()
  for (const execution of state.executions) {
    if (execution.configRuleName === configRuleName) newest.set(execution.resourceKey, execution)
  }
  const wanted = [...newest.values()].filter((execution) => keys?.includes(execution.resourceKey) ?? true)
  return toPage(wanted.map(toStatus), request, 100)
}

function toStatus(execution: RemediationExecution): JsonObject {
  const { resourceKey: key, state, errorMessage } = execution
  const slash = key.indexOf('/')
  const step = {
    Name: 'garage',
    State: STEP_STATE[state],
    StartTime: execution.invokedAt / 1000,
    ...(isOpen(execution) ? {} : { StopTime: execution.updatedAt / 1000 }),
    ...(errorMessage === '' ? {} : { ErrorMessage: errorMessage }),
  }
  return {
    ResourceKey: { resourceType: key.slice(0, slash), resourceId: key.slice(slash + 1) },
    State: state,
    StepDetails: [step],
    InvocationTime: execution.invokedAt / 1000,
    LastUpdatedTime: execution.updatedAt / 1000,
  }
}

const STEP_STATE = { QUEUED: 'PENDING', IN_PROGRESS: 'IN_PROGRESS', SUCCEEDED: 'SUCCEEDED', FAILED: 'FAILED' } as const
