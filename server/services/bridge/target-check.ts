import type { Target } from '../../../shared/aws/rule.ts'
import { invalid } from './faults.ts'

/** What PutTargets refuses about one target; `null` when nothing. */
export function checkTarget(target: Target) {
  return target.id === '' ? invalid('x') : null
}
