import type { Json, JsonObject } from '../../../shared/json.ts'

type MaybeJson = Json | undefined

/** Equal as JSON values: the order of an object's keys does not count, a key set to `undefined` is not there. */
export function sameJson(a: MaybeJson, b: MaybeJson): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && a.length === b.length && a.every((value, i) => sameJson(value, b[i]))
  }
  const keys = keysOf(a)
  return keys.length === keysOf(b).length && keys.every((key) => sameJson(a[key], b[key]))
}

export const keysOf = (object: JsonObject): readonly string[] =>
  Object.keys(object).filter((key) => object[key] !== undefined)

export const isList = (value: MaybeJson): value is readonly Json[] => Array.isArray(value)
