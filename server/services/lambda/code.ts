import type { InvocationStart } from '../../../shared/aws/invocation.ts'
import type { FunctionConfiguration } from './function.ts'
import type { LambdaState } from './state.ts'

/**
 * What a host runs for a start: the code and variables of the version that was chosen for it, which an alias may share
 * between two. Asked in the tick of the start.
 *
 * @returns `null` when nothing of that start runs any more, or the function is gone
 */
export function codeOf(
  state: LambdaState,
  start: Pick<InvocationStart, 'id' | 'functionName'>,
): Pick<FunctionConfiguration, 'code' | 'environment'> | null {
  const execution = state.running.find((candidate) => candidate.startId === start.id)
  const fn = state.functions.find((candidate) => candidate.name === start.functionName)
  if (!execution || !fn) return null
  const published = fn.versions.find((candidate) => candidate.version === execution.version)
  const { code, environment } = published?.configuration ?? fn.latest
  return { code, environment }
}
