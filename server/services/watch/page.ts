import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'

/** A part of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Left out on the last page. */
  readonly NextToken?: string
}

/** Cuts a list into pages. The token is the number of items already given; one that is not ours is refused. */
export function pageOf<T>(all: readonly T[], size: number, token: string | undefined): Result<Page<T>, ServiceError> {
  const from = Number(token ?? '0')
  if (token !== undefined && (!/^\d+$/.test(token) || from >= all.length)) {
    return fail({ code: 'InvalidNextToken', message: 'The token is not one of ours.', field: 'NextToken' })
  }
  const items = all.slice(from, from + size)
  return ok(from + size < all.length ? { items, NextToken: String(from + size) } : { items })
}
