import { functionArn } from '../../../shared/aws/account.ts'
import type { ServiceError, StepContext } from '../../../shared/aws/step.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { FunctionConfiguration, FunctionState } from './function.ts'
import { LATEST, toReference } from './function.ts'
import type { LambdaState } from './state.ts'

export type LambdaResult<T = LambdaState> = Result<T, ServiceError>

export const refusal = (code: string, message: string, field?: string): { ok: false; error: ServiceError } =>
  fail({ code, message, ...(field === undefined ? {} : { field }) })

const VERSION_LIMIT = 100

export interface CreateFunction extends Partial<FunctionConfiguration> {
  readonly functionName: string
  readonly role: string
}

const DEFAULTS: FunctionConfiguration = {
  description: '',
  runtime: 'nodejs24.x',
  handler: 'index.handler',
  role: '',
  timeout: 3,
  memorySize: 128,
  environment: {},
  deadLetterTargetArn: null,
  initMs: 300,
  code: '',
  codeSha256: '',
}

/** Adds a function (Lambda API, "CreateFunction"). Settings left out take AWS's defaults: 3 s, 128 MB. */
export function createFunction(state: LambdaState, input: CreateFunction, ctx: StepContext): LambdaResult {
  const { functionName, ...given } = input
  if (!/^[\w-]{1,64}$/.test(functionName)) {
    return refusal('InvalidParameterValueException', 'A name has 1 to 64 letters, digits, - or _.', 'functionName')
  }
  if (state.functions.some((fn) => fn.name === functionName)) {
    return refusal('ResourceConflictException', `Function already exist: ${functionName}`, 'functionName')
  }
  const latest = { ...DEFAULTS, ...given }
  const fault = faultOf(latest)
  if (fault) return fault
  const fn: FunctionState = {
    name: functionName,
    latest,
    lastModified: ctx.now,
    revisionId: revisionOf(state, ctx),
    versions: [],
    lastVersion: 0,
    aliases: [],
    permissions: [],
    reservedConcurrency: null,
    provisioned: [],
    eventInvokeConfigs: [],
    recursiveLoop: 'Terminate',
  }
  return ok({ ...state, functions: [...state.functions, fn], count: state.count + 1 })
}

function faultOf(configuration: FunctionConfiguration): { ok: false; error: ServiceError } | null {
  const { timeout, memorySize, initMs, role, deadLetterTargetArn } = configuration
  const invalid = (message: string, field: string) => refusal('InvalidParameterValueException', message, field)
  if (!isWhole(timeout, 1, 900)) return invalid('Timeout is 1 to 900 seconds.', 'timeout')
  if (!isWhole(memorySize, 128, 10_240)) return invalid('MemorySize is 128 to 10240 MB.', 'memorySize')
  if (!(initMs >= 0 && initMs <= 10_000)) return invalid('Init takes at most 10 seconds.', 'initMs')
  if (role === '') return invalid('A function needs an execution role.', 'role')
  if (deadLetterTargetArn !== null && !/^arn:aws:(sqs|sns):/.test(deadLetterTargetArn)) {
    return invalid('A dead-letter target is a queue or a topic.', 'deadLetterTargetArn')
  }
  return null
}

export const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

function revisionOf(state: LambdaState, ctx: StepContext): string {
  return uuidAt(ctx.seed, streamOf('lambda/revision'), state.count)
}

export interface UpdateFunction extends Partial<FunctionConfiguration> {
  readonly functionName: string
  /** Refused when the function has changed since. */
  readonly revisionId?: string
}

/**
 * Changes code or configuration of `$LATEST` (Lambda API, "UpdateFunctionCode", "UpdateFunctionConfiguration"). What
 * runs goes on; idle environments vanish, so the next call is a cold start.
 */
export function updateFunction(state: LambdaState, input: UpdateFunction, ctx: StepContext): LambdaResult {
  const { functionName, revisionId, ...changes } = input
  const fn = findFunction(state, functionName)
  if (!fn) return unknownFunction(functionName)
  if (revisionId !== undefined && revisionId !== fn.revisionId) {
    return refusal('PreconditionFailedException', 'The RevisionId is not the latest one.', 'revisionId')
  }
  const latest = { ...fn.latest, ...changes }
  const fault = faultOf(latest)
  if (fault) return fault
  return ok(retire(changeFunction(state, { ...fn, latest }, ctx), fn.name, LATEST))
}

function retire(state: LambdaState, name: string, version: string): LambdaState {
  const isStale = (functionName: string, v: string) => functionName === name && v === version
  const environments = state.environments
    .filter((environment) => environment.busy || !isStale(environment.functionName, environment.version))
    .map((environment) =>
      isStale(environment.functionName, environment.version) ? { ...environment, retiring: true } : environment,
    )
  return { ...state, environments }
}

/**
 * Takes the function away with its versions, aliases and policy (Lambda API, "DeleteFunction"). Events that still wait
 * end when they are due; what runs ends without an environment to return to.
 */
export function deleteFunction(state: LambdaState, input: { readonly functionName: string }): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  const versions = [LATEST, ...fn.versions.map((published) => published.version)]
  const without = versions.reduce((next, version) => retire(next, fn.name, version), state)
  return ok({ ...without, functions: state.functions.filter((other) => other.name !== fn.name) })
}

/** Freezes `$LATEST` as the next number (Lambda API, "PublishVersion"); unchanged code gives the last number again. */
export function publishVersion(
  state: LambdaState,
  input: { readonly functionName: string; readonly description?: string },
  ctx: StepContext,
): LambdaResult<{ state: LambdaState; version: string }> {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  const configuration = { ...fn.latest, description: input.description ?? fn.latest.description }
  const newest = fn.versions.at(-1)
  if (
    newest &&
    JSON.stringify({ ...newest.configuration, description: '' }) ===
      JSON.stringify({ ...configuration, description: '' })
  ) {
    return ok({ state, version: newest.version })
  }
  if (fn.versions.length >= VERSION_LIMIT) {
    return refusal('CodeStorageExceededException', `A function keeps at most ${VERSION_LIMIT} versions here.`)
  }
  const version = String(fn.lastVersion + 1)
  const versions = [...fn.versions, { version, configuration, publishedAt: ctx.now }]
  return ok({ state: changeFunction(state, { ...fn, versions, lastVersion: fn.lastVersion + 1 }, ctx), version })
}

export const findFunction = (state: LambdaState, nameOrArn: string): FunctionState | undefined => {
  const name = toReference(nameOrArn)?.name
  return state.functions.find((fn) => fn.name === name)
}

export const unknownFunction = (nameOrArn: string): { ok: false; error: ServiceError } =>
  refusal('ResourceNotFoundException', `Function not found: ${functionArn(toReference(nameOrArn)?.name ?? nameOrArn)}`)

/** Puts the changed function in its place, with a new revision. */
export function changeFunction(state: LambdaState, changed: FunctionState, ctx: StepContext): LambdaState {
  const fn = { ...changed, lastModified: ctx.now, revisionId: revisionOf(state, ctx) }
  const functions = state.functions.map((other) => (other.name === fn.name ? fn : other))
  return { ...state, functions, count: state.count + 1 }
}
