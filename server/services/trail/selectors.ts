/** A basic event selector, as PutEventSelectors takes it. Left out: all calls, management events, no data events. */
export interface EventSelector {
  readonly ReadWriteType?: 'All' | 'ReadOnly' | 'WriteOnly'
  readonly IncludeManagementEvents?: boolean
  readonly DataResources?: readonly DataResource[]
  readonly ExcludeManagementEventSources?: readonly string[]
}

/** Values are ARNs or beginnings of ARNs. */
export interface DataResource {
  readonly Type: string
  readonly Values: readonly string[]
}

/** An advanced event selector: every field has to match. */
export interface AdvancedEventSelector {
  readonly Name?: string
  readonly FieldSelectors: readonly FieldSelector[]
}

export interface FieldSelector {
  readonly Field: string
  readonly Equals?: readonly string[]
  readonly StartsWith?: readonly string[]
  readonly EndsWith?: readonly string[]
  readonly NotEquals?: readonly string[]
  readonly NotStartsWith?: readonly string[]
  readonly NotEndsWith?: readonly string[]
}

/** A trail has selectors of one kind or the other, never both. */
export type TrailSelectors =
  | { readonly kind: 'basic'; readonly selectors: readonly EventSelector[] }
  | { readonly kind: 'advanced'; readonly selectors: readonly AdvancedEventSelector[] }

/** What a new trail selects: all management events and no data event. */
export const DEFAULT_SELECTORS: TrailSelectors = {
  kind: 'basic',
  selectors: [
    { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
  ],
}
