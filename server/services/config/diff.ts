import type { Json, JsonObject } from '../../../shared/json.ts'
import { keysOf, sameJson } from './same-json.ts'
import type { ResourceForm } from './state.ts'

type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE'

/**
 * `configurationItemDiff` of a notification: which properties came, went or changed between two items. A resource that
 * is new or gone is one whole `Configuration` (AWS Config, "Example configuration item change notifications").
 *
 * @param before `null` for the first item, and for one whose resource was gone
 */
export function toDiff(before: ResourceForm | null, after: ResourceForm): JsonObject {
  const was = before?.configuration ?? null
  const is = after.configuration
  const changeType: ChangeType = was === null ? 'CREATE' : is === null ? 'DELETE' : 'UPDATE'
  const changedProperties =
    was === null || is === null
      ? (toEntry('Configuration', was, is) ?? {})
      : {
          ...compare('Configuration', was, is),
          ...compare('Tags', before?.tags ?? {}, after.tags),
          ...compare('Relationships', byIndex(before), byIndex(after)),
        }
  return { changedProperties, changeType }
}

function byIndex(form: ResourceForm | null): JsonObject {
  return Object.fromEntries((form?.relationships ?? []).map((relationship, i) => [i, { ...relationship }]))
}

function compare(prefix: string, was: JsonObject, is: JsonObject): JsonObject {
  const keys = [...new Set([...keysOf(was), ...keysOf(is)])]
  return Object.assign({}, ...keys.map((key) => toEntry(`${prefix}.${key}`, was[key] ?? null, is[key] ?? null)))
}

function toEntry(path: string, previousValue: Json, updatedValue: Json): JsonObject | null {
  if (sameJson(previousValue, updatedValue)) return null
  const changeType: ChangeType = previousValue === null ? 'CREATE' : updatedValue === null ? 'DELETE' : 'UPDATE'
  return { [path]: { previousValue, updatedValue, changeType } }
}
