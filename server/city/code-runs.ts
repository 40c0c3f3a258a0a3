import type { InvocationStart } from '../../shared/aws/invocation.ts'
import type { ServiceMs } from '../../shared/units.ts'
import { codeOf } from '../services/lambda/code.ts'
import type { LambdaState } from '../services/lambda/state.ts'

/** A player's handler that has begun. Whoever hosts the city runs it and answers with a `complete-invocation`. */
export interface CodeRun {
  readonly start: InvocationStart
  readonly code: string
  readonly variables: Readonly<Record<string, string>>
  /** Service time of the start. */
  readonly now: ServiceMs
}

/** Jobs that the city knows by their unit have no code, and are not among them. */
export const toCodeRuns = (lambda: LambdaState, starts: readonly InvocationStart[], now: ServiceMs): CodeRun[] =>
  starts.flatMap((start) => {
    const fn = codeOf(lambda, start)
    return fn === null || fn.code === '' ? [] : [{ start, code: fn.code, variables: fn.environment, now }]
  })
