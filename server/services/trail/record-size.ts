import type { Json, JsonObject } from '../../../shared/json.ts'
import { firstBytes, utf8Length } from '../../../shared/utf8.ts'

const KIB = 1024
/** One UTF-16 unit takes at most this much in UTF-8: most fields are known to be short without counting. */
const MAX_BYTES_PER_UNIT = 3
/** Together less than the 256 KB of a record (CloudTrail User Guide, "Quotas in AWS CloudTrail"). */
const MAX_BYTES_OF_FIELD: Readonly<Record<string, number>> = {
  requestParameters: 100 * KIB,
  responseElements: 100 * KIB,
  resources: 50 * KIB,
  userAgent: KIB,
  errorCode: KIB,
  errorMessage: KIB,
}

/**
 * Cuts what is too large out of a record: a text keeps its beginning, a structure is replaced by a note of its size
 * (CloudTrail User Guide, "CloudTrail record contents"). The other fields are short by nature.
 */
export function capRecord(record: JsonObject): JsonObject {
  const cuts = Object.entries(MAX_BYTES_OF_FIELD).flatMap(([field, limit]) => {
    const value = record[field]
    const cut = value === undefined || value === null ? value : capValue(value, limit)
    return cut === value ? [] : [[field, cut] as const]
  })
  return cuts.length === 0 ? record : { ...record, ...Object.fromEntries(cuts) }
}

function capValue(value: Json, limit: number): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text.length * MAX_BYTES_PER_UNIT <= limit) return value
  const originalSize = utf8Length(text)
  if (originalSize <= limit) return value
  if (typeof value === 'string') return firstBytes(text, limit)
  const note = { omitted: true, originalSize }
  return Array.isArray(value) ? [note] : note
}
