import type { StepContext } from '../../../shared/aws/step.ts'
import { ok } from '../../../shared/result.ts'
import type { LambdaResult } from './control.ts'
import { changeFunction, findFunction, refusal, unknownFunction } from './control.ts'
import { LATEST, resolveVersion, toReference } from './function.ts'
import type { LambdaState } from './state.ts'

export interface AddPermission {
  /** Name or ARN; a version or an alias when the permission is for that one only. */
  readonly functionName: string
  readonly statementId: string
  readonly action: string
  /** A service such as `events.amazonaws.com`, an account, or `*`. */
  readonly principal: string
  /** May hold `*` and `?`; left out: any source of that principal. */
  readonly sourceArn?: string
}

/** Lets a service invoke the function (Lambda API, "AddPermission"). Without it a rule's hand-over fails. */
export function addPermission(state: LambdaState, input: AddPermission, ctx: StepContext): LambdaResult {
  const { statementId, action, principal, sourceArn = null } = input
  const fn = findFunction(state, input.functionName)
  const qualifier = toReference(input.functionName)?.qualifier ?? LATEST
  if (!fn || !resolveVersion(fn, qualifier, { seed: ctx.seed, n: 0 })) return unknownFunction(input.functionName)
  if (!/^[\w-]{1,100}$/.test(statementId)) {
    return refusal(
      'InvalidParameterValueException',
      'A statement id has 1 to 100 letters, digits, - or _.',
      'statementId',
    )
  }
  if (!/^lambda:(\*|[A-Za-z]+)$/.test(action)) {
    return refusal('InvalidParameterValueException', `Unknown action ${action}.`, 'action')
  }
  if (principal === '') return refusal('InvalidParameterValueException', 'A principal is needed.', 'principal')
  if (fn.permissions.some((statement) => statement.statementId === statementId)) {
    return refusal('ResourceConflictException', `The statement id (${statementId}) provided already exists.`)
  }
  const statement = { statementId, action, principal, sourceArn, qualifier: qualifier === LATEST ? null : qualifier }
  return ok(changeFunction(state, { ...fn, permissions: [...fn.permissions, statement] }, ctx))
}

/** Takes a statement out of the policy (Lambda API, "RemovePermission"). */
export function removePermission(
  state: LambdaState,
  input: { readonly functionName: string; readonly statementId: string },
  ctx: StepContext,
): LambdaResult {
  const fn = findFunction(state, input.functionName)
  if (!fn) return unknownFunction(input.functionName)
  const permissions = fn.permissions.filter((statement) => statement.statementId !== input.statementId)
  if (permissions.length === fn.permissions.length) {
    return refusal('ResourceNotFoundException', `Statement ${input.statementId} is not found in resource policy.`)
  }
  return ok(changeFunction(state, { ...fn, permissions }, ctx))
}
