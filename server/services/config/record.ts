import type { ItemStatus, ResourceChange } from '../../../shared/aws/item.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { resourceArn, toApiItem, toChangeNotification } from './item-forms.ts'
import { GONE_LIMIT, HISTORY_LIMIT } from './limits.ts'
import { sameJson } from './same-json.ts'
import type { Draft, RecordingFrequency, Recorder, ResourceForm, StoredItem, Timeline } from './state.ts'
import { resourceKey } from './state.ts'

/** An item that was written in this tick: what change-triggered rules look at. */
export interface Recorded {
  readonly timeline: Timeline
  readonly item: StoredItem
  readonly before: StoredItem | null
  readonly notification: JsonObject
  readonly hops: number
}

export function isTypeRecorded(recorder: Recorder, resourceType: string): boolean {
  const isListed = recorder.resourceTypes.includes(resourceType)
  switch (recorder.strategy) {
    case 'ALL_SUPPORTED_RESOURCE_TYPES':
      return true
    case 'INCLUSION_BY_RESOURCE_TYPES':
      return isListed
    case 'EXCLUSION_BY_RESOURCE_TYPES':
      return !isListed
  }
}

export function frequencyOf(recorder: Recorder, resourceType: string): RecordingFrequency {
  const override = recorder.overrides.find((candidate) => candidate.resourceTypes.includes(resourceType))
  return override?.frequency ?? recorder.frequency
}

/** Sees a change, and writes it down if the recorder runs, records that type, and does so at every change. */
export function seeChange(draft: Draft, change: ResourceChange): Recorded | null {
  const timeline = see(draft, change)
  const { recorder } = draft
  if (!timeline || !recorder?.recording || !draft.deliveryChannel) return null
  if (!isTypeRecorded(recorder, change.resourceType)) return noteUnrecorded(draft, timeline)
  if (frequencyOf(recorder, change.resourceType) === 'DAILY') return null
  return recordSeen(draft, timeline, change.hops ?? 0)
}

function see(draft: Draft, change: ResourceChange): Timeline | null {
  const key = resourceKey(change.resourceType, change.resourceId)
  const { configuration, tags, relationships, at, cause, awsRegion } = change
  const known = draft.resources[key]
  if (!known && configuration === null) return null
  const isNew = !known || (known.seen.configuration === null && configuration !== null)
  const timeline: Timeline = {
    resourceType: change.resourceType,
    resourceId: change.resourceId,
    awsRegion,
    createdAt: isNew ? at : known.createdAt,
    seen: { configuration, tags, relationships, at, cause },
    items: known?.items ?? [],
  }
  if (configuration === null && timeline.items.length === 0) delete draft.resources[key]
  else draft.resources[key] = timeline
  return timeline
}

/** A recorded resource left the recording group: one last item says so, and another one when it is gone. */
export function noteUnrecorded(draft: Draft, timeline: Timeline): Recorded | null {
  const last = timeline.items.at(-1)
  if (!last || isOver(last)) return null
  if (timeline.seen.configuration === null) return write(draft, timeline, 'ResourceDeletedNotRecorded', 0)
  return last.status === 'ResourceNotRecorded' ? null : write(draft, timeline, 'ResourceNotRecorded', 0)
}

/** Writes an item of what was seen last, unless the last item says the same. */
export function recordSeen(draft: Draft, timeline: Timeline, hops: number): Recorded | null {
  const status = statusOf(timeline.items.at(-1), timeline.seen)
  return status && write(draft, timeline, status, hops)
}

const isOver = (item: StoredItem) => item.status === 'ResourceDeleted' || item.status === 'ResourceDeletedNotRecorded'

function statusOf(last: StoredItem | undefined, seen: ResourceForm): ItemStatus | null {
  if (!last || isOver(last)) return seen.configuration === null ? null : 'ResourceDiscovered'
  if (seen.configuration === null) return 'ResourceDeleted'
  return last.status !== 'ResourceNotRecorded' && sameForm(last, seen) ? null : 'OK'
}

function sameForm(a: ResourceForm, b: ResourceForm): boolean {
  return (
    sameJson(a.configuration, b.configuration) &&
    sameJson(a.tags, b.tags) &&
    sameJson(
      a.relationships.map((relationship) => ({ ...relationship })),
      b.relationships.map((relationship) => ({ ...relationship })),
    )
  )
}

function write(draft: Draft, timeline: Timeline, status: ItemStatus, hops: number): Recorded {
  const { now, ids } = draft.ctx
  const before = timeline.items.at(-1) ?? null
  const { configuration, tags, relationships, cause } = timeline.seen
  const item: StoredItem = {
    id: ids.next(),
    status,
    capturedAt: now,
    stateId: Math.max(now, (before?.stateId ?? 0) + 1),
    configuration: status.endsWith('NotRecorded') ? null : configuration,
    tags,
    relationships,
  }
  const next = { ...timeline, items: [...timeline.items, item].slice(-HISTORY_LIMIT) }
  draft.resources[resourceKey(timeline.resourceType, timeline.resourceId)] = next
  const { resourceType, resourceId } = timeline
  draft.out.items.push({ id: item.id, cause, resourceType, resourceId, status, item: toApiItem(next, item) })
  const notification = toChangeNotification(next, item, before, now)
  draft.out.events.push({
    cause: item.id,
    source: 'aws.config',
    detailType: 'Config Configuration Item Change',
    detail: notification,
    resources: [resourceArn(resourceType, resourceId)],
    time: now,
    region: next.awsRegion,
    hops,
  })
  if (isOver(item)) forgetOldest(draft)
  return { timeline: next, item, before, notification, hops }
}

/** Of the resources that are gone, only the newest GONE_LIMIT stay known, with their verdicts. */
function forgetOldest(draft: Draft): void {
  const gone = Object.entries(draft.resources)
    .map(([key, timeline]) => ({ key, last: timeline.items.at(-1) }))
    .filter(({ last }) => last !== undefined && isOver(last))
    .toSorted((a, b) => (a.last?.stateId ?? 0) - (b.last?.stateId ?? 0))
  for (const { key } of gone.slice(0, Math.max(0, gone.length - GONE_LIMIT))) forget(draft, key)
}

function forget(draft: Draft, key: string): void {
  delete draft.resources[key]
  for (const rule of draft.rules) {
    if (rule.results[key] || draft.opened.get(rule.definition.configRuleName)?.[key]) delete resultsOf(draft, rule)[key]
  }
  draft.exceptions = draft.exceptions.filter((exception) => exception.resourceKey !== key)
}

/** The rule's verdicts, copied once per tick so that they may be changed. */
export function resultsOf(draft: Draft, rule: Draft['rules'][number]): Record<string, StoredEvaluation> {
  const name = rule.definition.configRuleName
  const results = draft.opened.get(name) ?? { ...rule.results }
  draft.opened.set(name, results)
  return results
}

type StoredEvaluation = Draft['rules'][number]['results'][string]
