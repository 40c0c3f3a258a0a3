import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { refusal } from './state.ts'

export interface PageRequest {
  /** At most 100; 0 or left out: `usual`. */
  readonly limit?: number
  readonly nextToken?: string
}

export interface Page<T> {
  readonly entries: readonly T[]
  readonly nextToken?: string
}

/** Cuts one page out of a list. @returns `InvalidLimitException`, or `InvalidNextTokenException` for a token not ours */
export function toPage<T>(list: readonly T[], request: PageRequest, usual: number): Result<Page<T>, ServiceError> {
  const { limit = 0, nextToken } = request
  if (!Number.isInteger(limit) || limit < 0 || limit > 100) {
    return refusal('InvalidLimitException', 'A limit is a number from 0 to 100.', 'limit')
  }
  const match = nextToken === undefined ? null : /^from-(\d{1,9})$/.exec(nextToken)
  const from = Number(match?.[1] ?? 0)
  if (nextToken !== undefined && (!match || from > list.length)) {
    return refusal('InvalidNextTokenException', 'The token is not one of ours.', 'nextToken')
  }
  const to = from + (limit || usual)
  return ok({ entries: list.slice(from, to), ...(to < list.length ? { nextToken: `from-${to}` } : {}) })
}
