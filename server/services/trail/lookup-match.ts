import type { Json, JsonObject } from '../../../shared/json.ts'
import type { HistoryEntry } from './history.ts'

/** A resource of a record as LookupEvents shows it: its type and its name, the last part of its ARN. */
export interface LookedUpResource {
  readonly ResourceType: string
  readonly ResourceName: string
}

/** Says whether an entry has this value of this attribute. A resource goes by its name or by its ARN. */
export function hasAttribute(entry: HistoryEntry, key: string, value: string): boolean {
  switch (key) {
    case 'Username':
      return entry.userName === value
    case 'ResourceType':
      return resourcesOf(entry.record).some(({ type }) => type === value)
    case 'ResourceName':
      return resourcesOf(entry.record).some(({ arn }) => arn === value || nameOf(arn) === value)
    case 'AccessKeyId':
      return accessKeyOf(entry.record) === value
    case 'ReadOnly':
      return readOnlyOf(entry.record) === value
    default:
      return namedIn(entry.record, FIELD_OF_KEY[key] ?? '') === value
  }
}

/** The resources of an entry's record. */
export const showResources = ({ record }: HistoryEntry): LookedUpResource[] =>
  resourcesOf(record).map(({ type, arn }) => ({ ResourceType: type, ResourceName: nameOf(arn) }))

/** The access key of who called, `null` for a service. */
export function accessKeyOf(record: JsonObject): string | null {
  const identity = record['userIdentity']
  return isObject(identity) ? textOf(identity, 'accessKeyId') : null
}

/** `true` or `false`, `null` for what is no call. */
export function readOnlyOf(record: JsonObject): string | null {
  const readOnly = record['readOnly']
  return typeof readOnly === 'boolean' ? String(readOnly) : null
}

/** A text of a record; an Insights event keeps some among its details. */
export function namedIn(record: JsonObject, field: string): string | null {
  const details = record['insightDetails']
  return textOf(record, field) ?? (isObject(details) ? textOf(details, field) : null)
}

function textOf(record: JsonObject, field: string): string | null {
  const value = record[field]
  return typeof value === 'string' ? value : null
}

const FIELD_OF_KEY: Readonly<Record<string, string>> = {
  EventId: 'eventID',
  EventName: 'eventName',
  EventSource: 'eventSource',
}

function resourcesOf(record: JsonObject): { readonly type: string; readonly arn: string }[] {
  const resources = record['resources']
  if (!Array.isArray(resources)) return []
  return resources.filter(isObject).map((resource) => ({
    type: textOf(resource, 'type') ?? '',
    arn: textOf(resource, 'ARN') ?? '',
  }))
}

const nameOf = (arn: string): string => arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1)

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
