import type { Answer, CallContext } from './answer.ts'
import { answer, refuse } from './answer.ts'
import { findAtHome, findTrail } from './find-trail.ts'
import { reviseTrail } from './revise.ts'
import { faultOfSelectors } from './selector-faults.ts'
import type { AdvancedEventSelector, EventSelector, TrailSelectors } from './selectors.ts'
import type { TrailState } from './state.ts'
import type { InsightType, TrailSettings } from './trail-settings.ts'

/** Names a trail by name or ARN, as the operations on selectors do. */
export interface SelectedTrail {
  readonly TrailName: string
}

/** Selectors of one kind or the other, never both. */
export interface EventSelectors {
  readonly EventSelectors?: readonly EventSelector[]
  readonly AdvancedEventSelectors?: readonly AdvancedEventSelector[]
}

export interface InsightSelectors {
  readonly InsightSelectors: readonly { readonly InsightType: InsightType }[]
}

/** What the operations on selectors answer: the trail and its selectors. */
type WithTrail<T> = T & { readonly TrailARN: string }

/**
 * PutEventSelectors: replaces the trail's selectors for every call from now on.
 *
 * @returns or fails with InvalidEventSelectorsException, or as `findAtHome`
 */
export function putEventSelectors(
  state: TrailState,
  input: SelectedTrail & EventSelectors,
  ctx: CallContext,
): Answer<WithTrail<EventSelectors>> {
  const found = findAtHome(state, input.TrailName, ctx)
  if (!found.ok) return found
  const fault = faultOfSelectors(input.EventSelectors, input.AdvancedEventSelectors)
  if (fault !== null) return refuse('InvalidEventSelectorsException', fault.message, fault.field)
  const settings = { ...found.value.settings, selectors: toSelectors(input) }
  return answer(reviseTrail(state, found.value, settings, ctx.now), showSelectors(settings))
}

/** GetEventSelectors */
export function getEventSelectors(
  state: TrailState,
  { TrailName }: SelectedTrail,
  ctx: CallContext,
): Answer<WithTrail<EventSelectors>> {
  const found = findTrail(state, TrailName, ctx.region)
  return found.ok ? answer(state, showSelectors(found.value.settings)) : found
}

/** PutInsightSelectors: an empty list switches Insights off. The trail has to log management writes. */
export function putInsightSelectors(
  state: TrailState,
  input: SelectedTrail & InsightSelectors,
  ctx: CallContext,
): Answer<WithTrail<InsightSelectors>> {
  const found = findAtHome(state, input.TrailName, ctx)
  if (!found.ok) return found
  const insightTypes = [...new Set(input.InsightSelectors.map(({ InsightType }) => InsightType))]
  if (!insightTypes.every((type) => INSIGHT_TYPES.includes(type))) {
    return refuse('InvalidInsightSelectorsException', 'Unknown type of Insights.', 'InsightSelectors')
  }
  if (insightTypes.length > 0 && !logsManagementWrites(found.value.settings.selectors)) {
    const message = 'Insights need a trail that logs management write events.'
    return refuse('InvalidInsightSelectorsException', message, 'InsightSelectors')
  }
  const settings = { ...found.value.settings, insightTypes }
  return answer(reviseTrail(state, found.value, settings, ctx.now), {
    TrailARN: settings.arn,
    InsightSelectors: insightTypes.map((InsightType) => ({ InsightType })),
  })
}

const INSIGHT_TYPES: readonly string[] = ['ApiCallRateInsight', 'ApiErrorRateInsight'] satisfies InsightType[]

function toSelectors({ EventSelectors, AdvancedEventSelectors }: EventSelectors): TrailSelectors {
  if (AdvancedEventSelectors !== undefined) return { kind: 'advanced', selectors: AdvancedEventSelectors }
  return { kind: 'basic', selectors: (EventSelectors ?? []).map(fillIn) }
}

const fillIn = (selector: EventSelector): EventSelector => ({
  ReadWriteType: selector.ReadWriteType ?? 'All',
  IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
  DataResources: selector.DataResources ?? [],
  ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
})

const showSelectors = ({ arn, selectors }: TrailSettings): WithTrail<EventSelectors> =>
  selectors.kind === 'basic'
    ? { TrailARN: arn, EventSelectors: selectors.selectors }
    : { TrailARN: arn, AdvancedEventSelectors: selectors.selectors }

function logsManagementWrites(selectors: TrailSelectors): boolean {
  if (selectors.kind === 'basic') {
    return selectors.selectors.some(
      ({ ReadWriteType, IncludeManagementEvents }) => (IncludeManagementEvents ?? true) && ReadWriteType !== 'ReadOnly',
    )
  }
  const hasValue = ({ FieldSelectors }: AdvancedEventSelector, field: string, value: string) =>
    FieldSelectors.some(({ Field, Equals }) => Field === field && Equals?.includes(value) === true)
  return selectors.selectors.some(
    (selector) => hasValue(selector, 'eventCategory', 'Management') && !hasValue(selector, 'readOnly', 'true'),
  )
}
