import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { TrailState } from './state.ts'

/** When, and at which Region's endpoint, an operation is called. A `StepContext` with a Region is one. */
export interface CallContext {
  readonly now: ServiceMs
  readonly region: string
}

/** An operation's answer in AWS's own members, and the state after it. Times are `ServiceMs`. */
export type Answer<O> = Result<{ readonly state: TrailState; readonly output: O }, ServiceError>

export const answer = <O>(state: TrailState, output: O) => ok({ state, output })

export const refuse = (code: string, message: string, field?: string) =>
  fail<ServiceError>(field === undefined ? { code, message } : { code, message, field })
