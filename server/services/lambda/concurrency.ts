import type { StepContext } from '../../../shared/aws/step.ts'
import { ok } from '../../../shared/result.ts'
import { openEnvironment, unreservedPool } from './capacity.ts'
import type { LambdaResult } from './control.ts'
import { changeFunction, findFunction, isWhole, refusal, unknownFunction } from './control.ts'
import type { FunctionState } from './function.ts'
import { LATEST, resolveVersion } from './function.ts'
import type { Environment, LambdaState } from './state.ts'

/**
 * Reserves concurrency: a guarantee and a ceiling at once, taken out of the pool of all others; 0 switches the function
 * off (Lambda, "Configuring reserved concurrency for a function").
 */
export function putFunctionConcurrency(
  state: LambdaState,
  input: { readonly functionName: string; readonly reservedConcurrentExecutions: number },
  ctx: StepContext,
): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  const reserved = input.reservedConcurrentExecutions
  if (!isWhole(reserved, 0, state.limits.accountConcurrency)) {
    return refusal('InvalidParameterValueException', 'The reservation is out of range.', 'reservedConcurrentExecutions')
  }
  const changed = changeFunction(state, { ...fn, reservedConcurrency: reserved }, ctx)
  const least = state.limits.unreservedMinimum
  // Giving back never fails, even where the account was opened with less than the minimum.
  const takesMore = reserved > (fn.reservedConcurrency ?? 0)
  if (takesMore && unreservedPool(changed) < least) {
    const message = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`
    return refusal('InvalidParameterValueException', message, 'reservedConcurrentExecutions')
  }
  if (provisionedOf(fn) > reserved) {
    return refusal('InvalidParameterValueException', 'More concurrency is provisioned than that.')
  }
  return ok(changed)
}

/** Gives the reservation back to the pool of all (Lambda API, "DeleteFunctionConcurrency"). */
export function deleteFunctionConcurrency(
  state: LambdaState,
  input: { readonly functionName: string },
  ctx: StepContext,
): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  return ok(changeFunction(state, { ...fn, reservedConcurrency: null }, ctx))
}

const provisionedOf = (fn: FunctionState): number => fn.provisioned.reduce((sum, entry) => sum + entry.requested, 0)

export interface PutProvisionedConcurrency {
  readonly functionName: string
  /** A published version or an alias; never `$LATEST`. */
  readonly qualifier: string
  readonly provisionedConcurrentExecutions: number
}

/**
 * Keeps environments ready for a version or an alias: calls that fit into them have no cold start, those beyond scale
 * as usual (Lambda, "Configuring provisioned concurrency for a function"). They are ready at once here.
 */
export function putProvisionedConcurrency(
  state: LambdaState,
  input: PutProvisionedConcurrency,
  ctx: StepContext,
): LambdaResult {
  const { qualifier, provisionedConcurrentExecutions: requested } = input
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  const resolved = resolveVersion(fn, qualifier, { seed: ctx.seed, n: 0 })
  if (!resolved || resolved.version === LATEST) {
    return refusal(
      'InvalidParameterValueException',
      'Provisioned concurrency is for a version or an alias of one.',
      'qualifier',
    )
  }
  const others = fn.provisioned.filter((entry) => entry.qualifier !== qualifier)
  const changed: FunctionState = { ...fn, provisioned: [...others, { qualifier, requested }] }
  const room = fn.reservedConcurrency ?? unreservedPool(state) - state.limits.unreservedMinimum
  if (!isWhole(requested, 1, Math.max(0, room - provisionedOf({ ...fn, provisioned: others })))) {
    const message = 'Specified ProvisionedConcurrentExecutions is more than is left to the function.'
    return refusal('InvalidParameterValueException', message, 'provisionedConcurrentExecutions')
  }
  const cleared = releaseProvisioned(state, fn.name, qualifier)
  const maker = { count: state.count, ctx }
  const ready = Array.from({ length: requested }, () =>
    openEnvironment(maker, { fn, version: resolved.version, qualifier }, qualifier),
  )
  return ok(
    changeFunction({ ...cleared, environments: [...cleared.environments, ...ready], count: maker.count }, changed, ctx),
  )
}

/** Lets the ready environments go (Lambda API, "DeleteProvisionedConcurrencyConfig"). */
export function deleteProvisionedConcurrency(
  state: LambdaState,
  input: { readonly functionName: string; readonly qualifier: string },
  ctx: StepContext,
): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  const provisioned = fn.provisioned.filter((entry) => entry.qualifier !== input.qualifier)
  return ok(changeFunction(releaseProvisioned(state, fn.name, input.qualifier), { ...fn, provisioned }, ctx))
}

function releaseProvisioned(state: LambdaState, name: string, qualifier: string): LambdaState {
  const isMeant = (environment: Environment) =>
    environment.functionName === name && environment.provisionedFor === qualifier
  const environments = state.environments
    .filter((environment) => !isMeant(environment) || environment.busy)
    .map((environment) => (isMeant(environment) ? { ...environment, retiring: true } : environment))
  return { ...state, environments }
}
