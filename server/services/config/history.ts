import type { JsonObject } from '../../../shared/json.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { toApiItem } from './item-forms.ts'
import type { PageRequest } from './page.ts'
import { toPage } from './page.ts'
import type { ConfigResult, ConfigState } from './state.ts'
import { refusal, resourceKey } from './state.ts'

export interface HistoryRequest extends PageRequest {
  readonly resourceType: string
  readonly resourceId: string
  /** The latest and the earliest capture time wanted, both included. */
  readonly laterTime?: ServiceMs
  readonly earlierTime?: ServiceMs
  /** Left out: `Reverse`, the newest first. */
  readonly chronologicalOrder?: 'Reverse' | 'Forward'
}

/**
 * The items of a resource along time, 10 a page by default (AWS Config API, "GetResourceConfigHistory"). Times are epoch
 * seconds.
 *
 * @returns `ResourceNotDiscoveredException`, `InvalidTimeRangeException`, `InvalidLimitException`,
 *   `InvalidNextTokenException`
 */
export function getResourceConfigHistory(
  state: ConfigState,
  request: HistoryRequest,
): ConfigResult<{ configurationItems: readonly JsonObject[]; nextToken?: string }> {
  const { resourceType, resourceId, laterTime = Infinity, earlierTime = -Infinity } = request
  if (earlierTime > laterTime)
    return refusal('InvalidTimeRangeException', 'The time range runs backwards.', 'laterTime')
  const key = resourceKey(resourceType, resourceId)
  const timeline = Object.hasOwn(state.resources, key) ? state.resources[key] : undefined
  if (!timeline || timeline.items.length === 0) {
    return refusal('ResourceNotDiscoveredException', `Resource ${resourceId} of ${resourceType} was never recorded.`)
  }
  const items = timeline.items.filter((item) => item.capturedAt <= laterTime && item.capturedAt >= earlierTime)
  const page = toPage(request.chronologicalOrder === 'Forward' ? items : items.toReversed(), request, 10)
  if (!page.ok) return page
  const configurationItems = page.value.entries.map((item) => ({
    ...toApiItem(timeline, item),
    configurationItemCaptureTime: item.capturedAt / 1000,
    resourceCreationTime: timeline.createdAt / 1000,
  }))
  const { nextToken } = page.value
  return ok({ configurationItems, ...(nextToken === undefined ? {} : { nextToken }) })
}
