import { functionArn } from '../../../shared/aws/account.ts'
import type { ServiceError, StepContext } from '../../../shared/aws/step.ts'
import { ok } from '../../../shared/result.ts'
import type { LambdaResult } from './control.ts'
import { changeFunction, findFunction, isWhole, refusal, unknownFunction } from './control.ts'
import type { EventInvokeConfig, FunctionState } from './function.ts'
import { LATEST, resolveVersion, toReference } from './function.ts'
import type { LambdaState } from './state.ts'

export interface EventInvokeSettings {
  readonly functionName: string
  /** Left out: `$LATEST`. */
  readonly qualifier?: string
  readonly maximumRetryAttempts?: number
  readonly maximumEventAgeInSeconds?: number
  /** ARNs of a queue, topic, function or event bus; for failures a bucket as well. */
  readonly onSuccess?: string
  readonly onFailure?: string
}

/** Replaces the whole configuration: what is left out is reset (Lambda API, "PutFunctionEventInvokeConfig"). */
export function putEventInvokeConfig(state: LambdaState, input: EventInvokeSettings, ctx: StepContext): LambdaResult {
  return change(state, input, ctx, () => UNSET)
}

/** Changes only what is given (Lambda API, "UpdateFunctionEventInvokeConfig"). */
export function updateEventInvokeConfig(
  state: LambdaState,
  input: EventInvokeSettings,
  ctx: StepContext,
): LambdaResult {
  return change(state, input, ctx, (fn, qualifier) => fn.eventInvokeConfigs.find((c) => c.qualifier === qualifier))
}

type Kept = Pick<EventInvokeConfig, 'maximumRetryAttempts' | 'maximumEventAgeInSeconds' | 'onSuccess' | 'onFailure'>

const UNSET: Kept = { maximumRetryAttempts: null, maximumEventAgeInSeconds: null, onSuccess: null, onFailure: null }

function change(
  state: LambdaState,
  input: EventInvokeSettings,
  ctx: StepContext,
  baseOf: (fn: FunctionState, qualifier: string) => Kept | undefined,
): LambdaResult {
  const fn = findFunction(state, input.functionName)
  const qualifier = input.qualifier ?? toReference(input.functionName)?.qualifier ?? LATEST
  if (!fn || !resolveVersion(fn, qualifier, { seed: ctx.seed, n: 0 })) return unknownFunction(input.functionName)
  const fault = faultOf(input, fn.name)
  if (fault) return fault
  const base = baseOf(fn, qualifier)
  if (!base) return noConfig(fn.name)
  const config: EventInvokeConfig = {
    qualifier,
    maximumRetryAttempts: input.maximumRetryAttempts ?? base.maximumRetryAttempts,
    maximumEventAgeInSeconds: input.maximumEventAgeInSeconds ?? base.maximumEventAgeInSeconds,
    onSuccess: input.onSuccess ?? base.onSuccess,
    onFailure: input.onFailure ?? base.onFailure,
    lastModified: ctx.now,
  }
  const others = fn.eventInvokeConfigs.filter((other) => other.qualifier !== qualifier)
  return ok(changeFunction(state, { ...fn, eventInvokeConfigs: [...others, config] }, ctx))
}

const noConfig = (name: string) =>
  refusal('ResourceNotFoundException', `The function ${functionArn(name)} doesn't have an EventInvokeConfig`)

function faultOf(input: EventInvokeSettings, functionName: string): { ok: false; error: ServiceError } | null {
  const { maximumRetryAttempts, maximumEventAgeInSeconds, onSuccess, onFailure } = input
  const invalid = (message: string, field: string) => refusal('InvalidParameterValueException', message, field)
  if ([maximumRetryAttempts, maximumEventAgeInSeconds, onSuccess, onFailure].every((value) => value === undefined)) {
    return refusal(
      'InvalidParameterValueException',
      'You must specify at least one error handling or destination setting.',
    )
  }
  if (maximumRetryAttempts !== undefined && !isWhole(maximumRetryAttempts, 0, 2)) {
    return invalid('MaximumRetryAttempts is 0 to 2.', 'maximumRetryAttempts')
  }
  if (maximumEventAgeInSeconds !== undefined && !isWhole(maximumEventAgeInSeconds, 60, 21_600)) {
    return invalid('MaximumEventAgeInSeconds is 60 to 21600.', 'maximumEventAgeInSeconds')
  }
  for (const [field, arn, services] of [
    ['onSuccess', onSuccess, /^arn:aws:(sqs|sns|lambda|events):/],
    ['onFailure', onFailure, /^arn:aws:(sqs|sns|lambda|events|s3):/],
  ] as const) {
    if (arn === undefined) continue
    if (!services.test(arn)) return invalid('No such kind of destination.', field)
    if (arn.split(':')[2] === 'lambda' && toReference(arn)?.name === functionName) {
      return invalid('A function cannot be its own destination.', field)
    }
  }
  return null
}

/** Resets retries, age and destinations to their defaults (Lambda API, "DeleteFunctionEventInvokeConfig"). */
export function deleteEventInvokeConfig(
  state: LambdaState,
  input: { readonly functionName: string; readonly qualifier?: string },
  ctx: StepContext,
): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  const qualifier = input.qualifier ?? LATEST
  const eventInvokeConfigs = fn.eventInvokeConfigs.filter((config) => config.qualifier !== qualifier)
  if (eventInvokeConfigs.length === fn.eventInvokeConfigs.length) return noConfig(fn.name)
  return ok(changeFunction(state, { ...fn, eventInvokeConfigs }, ctx))
}
