import { toUtcParts } from '../../../shared/time.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { FunctionState } from './function.ts'
import type { Draft, Environment, LambdaState, ThrottleReason } from './state.ts'

/** Idle environments vanish after this long. AWS gives no number: 300 s is this city's choice. */
const IDLE_MS = 300_000
const SCALING_WINDOW_MS = 10_000

type Occupied = Pick<LambdaState, 'functions' | 'running' | 'environments'>

/**
 * Concurrency a function takes out of its pool: what it runs on demand, and all it has provisioned, idle or not
 * (Lambda, "Configuring provisioned concurrency").
 */
function concurrencyTaken(state: Occupied, functionName: string): number {
  let taken = 0
  for (const environment of state.environments) {
    if (environment.functionName !== functionName) continue
    if (environment.provisionedFor === null ? environment.busy : !environment.retiring || environment.busy) taken += 1
  }
  return taken
}

/** What is left to functions without a reservation when every reservation is taken out of the account's pool. */
export function unreservedPool(state: Pick<LambdaState, 'functions' | 'limits'>): number {
  const reserved = state.functions.reduce((sum, fn) => sum + (fn.reservedConcurrency ?? 0), 0)
  return state.limits.accountConcurrency - reserved
}

/** How many more executions of the function could begin now, were there environments enough; never below 0. */
function freeConcurrency(state: Occupied & Pick<LambdaState, 'limits'>, fn: FunctionState): number {
  if (fn.reservedConcurrency !== null) return Math.max(0, fn.reservedConcurrency - concurrencyTaken(state, fn.name))
  const taken = state.functions
    .filter((other) => other.reservedConcurrency === null)
    .reduce((sum, other) => sum + concurrencyTaken(state, other.name), 0)
  return Math.max(0, unreservedPool(state) - taken)
}

export interface Wanted {
  readonly fn: FunctionState
  readonly version: string
  readonly qualifier: string
}

export type Seat =
  | { readonly kind: 'environment'; readonly environment: Environment; readonly coldStart: boolean }
  | { readonly kind: 'throttled'; readonly reason: ThrottleReason }

/**
 * Finds the environment for one more execution: a provisioned one, else an idle one, else a new one, within the
 * function's reservation or the pool of the others (Lambda, "Understanding Lambda function scaling").
 */
export function takeEnvironment(draft: Draft, wanted: Wanted): Seat {
  const provisioned = findIdle(draft, wanted, wanted.qualifier)
  if (provisioned) return { kind: 'environment', environment: occupy(draft, provisioned), coldStart: false }
  const reason =
    wanted.fn.reservedConcurrency === null
      ? 'ConcurrentInvocationLimitExceeded'
      : 'ReservedFunctionConcurrentInvocationLimitExceeded'
  if (freeConcurrency(draft, wanted.fn) === 0) return { kind: 'throttled', reason }
  const idle = findIdle(draft, wanted, null)
  if (idle) return { kind: 'environment', environment: occupy(draft, idle), coldStart: false }
  if (!mayScale(draft, wanted.fn.name)) return { kind: 'throttled', reason: 'ConcurrentInvocationLimitExceeded' }
  const created = openEnvironment(draft, wanted, null)
  draft.coldStarts.push({ functionName: wanted.fn.name, at: draft.ctx.now })
  draft.environments.push(created)
  return { kind: 'environment', environment: occupy(draft, created), coldStart: true }
}

/** The environment that was idle for the shortest time, so that the others can vanish. */
function findIdle(draft: Draft, wanted: Wanted, provisionedFor: string | null): Environment | undefined {
  return draft.environments.findLast(
    (candidate) =>
      candidate.functionName === wanted.fn.name &&
      candidate.version === wanted.version &&
      candidate.provisionedFor === provisionedFor &&
      !candidate.busy &&
      !candidate.retiring,
  )
}

function occupy(draft: Draft, environment: Environment): Environment {
  const busy = { ...environment, busy: true, reset: false }
  draft.environments = draft.environments.filter((other) => other.id !== environment.id)
  draft.environments.push(busy)
  return environment
}

function mayScale(draft: Draft, functionName: string): boolean {
  draft.coldStarts = draft.coldStarts.filter((start) => start.at > draft.ctx.now - SCALING_WINDOW_MS)
  const recent = draft.coldStarts.filter((start) => start.functionName === functionName)
  return recent.length < draft.limits.environmentsPer10s
}

/** Makes an environment, idle and not yet in the list; counts it. */
export function openEnvironment(
  maker: { count: number; readonly ctx: { readonly now: ServiceMs; readonly seed: number } },
  wanted: Wanted,
  provisionedFor: string | null,
): Environment {
  const { now, seed } = maker.ctx
  maker.count += 1
  const id = uuidAt(seed, streamOf('lambda/environment'), maker.count).replaceAll('-', '')
  const { year, month, day } = toUtcParts(now)
  const date = [year, month, day].map((part) => String(part).padStart(2, '0')).join('/')
  return {
    id,
    functionName: wanted.fn.name,
    version: wanted.version,
    provisionedFor,
    busy: false,
    idleSince: now,
    reset: false,
    retiring: false,
    logStreamName: `${date}/[${wanted.version}]${id}`,
  }
}

/** The execution is over: the environment waits for the next one, unless its code is out of date. */
export function leaveEnvironment(draft: Draft, environmentId: string, reset: boolean): void {
  const at = draft.environments.findIndex((candidate) => candidate.id === environmentId)
  const environment = draft.environments[at]
  if (!environment) return
  draft.environments.splice(at, 1)
  if (!environment.retiring) draft.environments.push({ ...environment, busy: false, idleSince: draft.ctx.now, reset })
}

export const isExpired = (environment: Environment, now: ServiceMs): boolean =>
  environment.provisionedFor === null && !environment.busy && now - environment.idleSince >= IDLE_MS
