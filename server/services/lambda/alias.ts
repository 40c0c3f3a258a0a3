import type { StepContext } from '../../../shared/aws/step.ts'
import { ok } from '../../../shared/result.ts'
import { deleteProvisionedConcurrency, putProvisionedConcurrency } from './concurrency.ts'
import type { LambdaResult } from './control.ts'
import { changeFunction, findFunction, refusal, unknownFunction } from './control.ts'
import type { Alias, FunctionState } from './function.ts'
import { LATEST } from './function.ts'
import type { LambdaState } from './state.ts'

export interface PutAlias {
  readonly functionName: string
  readonly name: string
  readonly functionVersion: string
  readonly description?: string
  /** A second version and its share of the calls, 0 to 1. */
  readonly additional?: { readonly version: string; readonly weight: number }
}

/** Names a version (Lambda API, "CreateAlias"); an alias with a weight shares its calls between two versions. */
export function createAlias(state: LambdaState, input: PutAlias, ctx: StepContext): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  if (fn.aliases.some((alias) => alias.name === input.name)) {
    return refusal('ResourceConflictException', `Alias already exists: ${input.name}`, 'name')
  }
  return putAlias(state, fn, input, ctx)
}

/** Points an alias elsewhere; what is queued for it runs the version it names then (Lambda API, "UpdateAlias"). */
export function updateAlias(state: LambdaState, input: PutAlias, ctx: StepContext): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  return fn.aliases.some((alias) => alias.name === input.name)
    ? putAlias(state, fn, input, ctx)
    : noSuchAlias(input.name)
}

const noSuchAlias = (name: string) => refusal('ResourceNotFoundException', `Alias not found: ${name}`, 'name')

function putAlias(state: LambdaState, fn: FunctionState, input: PutAlias, ctx: StepContext): LambdaResult {
  const { name, functionVersion, description = '', additional = null } = input
  const invalid = (message: string, field: string) => refusal('InvalidParameterValueException', message, field)
  if (!/^(?!\d+$)[\w-]{1,128}$/.test(name)) return invalid('An alias is not a number.', 'name')
  const exists = (version: string) => version === LATEST || fn.versions.some((known) => known.version === version)
  if (!exists(functionVersion)) return refusal('ResourceNotFoundException', `Version not found: ${functionVersion}`)
  if (additional) {
    if (!exists(additional.version))
      return refusal('ResourceNotFoundException', `Version not found: ${additional.version}`)
    if (!(additional.weight >= 0 && additional.weight <= 1)) return invalid('A weight is 0 to 1.', 'additional')
    const isLatest = functionVersion === LATEST || additional.version === LATEST
    if (isLatest) return invalid('$LATEST takes no part in sharing.', 'additional')
  }
  const alias: Alias = { name, functionVersion, description, additional }
  const aliases = [...fn.aliases.filter((other) => other.name !== name), alias]
  const changed = changeFunction(state, { ...fn, aliases }, ctx)
  const provisioned = fn.provisioned.find((entry) => entry.qualifier === name)
  if (!provisioned) return ok(changed)
  // What was ready ran the old version: it is made ready anew.
  const provisionedConcurrentExecutions = provisioned.requested
  const request = { functionName: fn.name, qualifier: name, provisionedConcurrentExecutions }
  return putProvisionedConcurrency(changed, request, ctx)
}

/** Takes an alias away (Lambda API, "DeleteAlias"). */
export function deleteAlias(
  state: LambdaState,
  input: { readonly functionName: string; readonly name: string },
  ctx: StepContext,
): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  const aliases = fn.aliases.filter((alias) => alias.name !== input.name)
  if (aliases.length === fn.aliases.length) return noSuchAlias(input.name)
  const without = changeFunction(state, { ...fn, aliases }, ctx)
  return deleteProvisionedConcurrency(without, { functionName: fn.name, qualifier: input.name }, ctx)
}

/** Says whether Lambda may cut the function's own loops (Lambda API, "PutFunctionRecursionConfig"). */
export function putFunctionRecursionConfig(
  state: LambdaState,
  input: { readonly functionName: string; readonly recursiveLoop: 'Terminate' | 'Allow' },
  ctx: StepContext,
): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  return ok(changeFunction(state, { ...fn, recursiveLoop: input.recursiveLoop }, ctx))
}
