/** Thrown by `invariant`: the city that threw it has a bug and must be stopped, with its journal kept. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** @throws InvariantError when only a bug can have made `condition` false */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** Ends a `switch` over a union, so that the compiler lists what a new case still needs. */
export function assertNever(value: never): never {
  throw new InvariantError(`unexpected case: ${JSON.stringify(value)}`)
}
