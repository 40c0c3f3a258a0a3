import type { ApiCall } from '../../../shared/aws/record.ts'
import { matchesAdvanced } from './advanced-selectors.ts'
import type { DataResource, EventSelector, TrailSelectors } from './selectors.ts'

/** Says whether a trail wants the record of this call: one matching selector is enough. */
export function selectsCall(selectors: TrailSelectors, call: ApiCall): boolean {
  return selectors.kind === 'basic'
    ? selectors.selectors.some((selector) => matchesBasic(selector, call))
    : selectors.selectors.some((selector) => matchesAdvanced(selector, call))
}

function matchesBasic(selector: EventSelector, call: ApiCall): boolean {
  if (selector.ReadWriteType === 'ReadOnly' && !call.readOnly) return false
  if (selector.ReadWriteType === 'WriteOnly' && call.readOnly) return false
  if (call.category === 'Data') return (selector.DataResources ?? []).some((wanted) => matchesResource(wanted, call))
  const isExcluded = selector.ExcludeManagementEventSources?.includes(call.eventSource) ?? false
  return (selector.IncludeManagementEvents ?? true) && !isExcluded
}

function matchesResource(wanted: DataResource, call: ApiCall): boolean {
  return call.resources.some(
    ({ type, ARN }) => type === wanted.Type && wanted.Values.some((value) => matchesArn(value, ARN)),
  )
}

/**
 * A whole service (`arn:aws:lambda`) and a value that ends in a separator select what begins so; objects of S3 too.
 * Any other value is one ARN: `function:stop` does not select `function:stop-all`.
 */
function matchesArn(value: string, arn: string): boolean {
  if (value === arn) return true
  const isService = value.split(':').length === 3
  const isPrefix = isService || value.startsWith('arn:aws:s3:') || /[/:]$/.test(value)
  return isPrefix && arn.startsWith(isService ? `${value}:` : value)
}
