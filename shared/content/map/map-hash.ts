import type { LaneTable } from '../../model/city-map.ts'
import { streamOf } from '../../random.ts'

/** @returns a whole number from 0 to 2³² − 1 that two different maps hardly share: every column, and the rest as JSON */
export function hashMap(lanes: LaneTable, rest: object): number {
  let hash = streamOf(JSON.stringify(rest))
  for (const column of Object.values(lanes)) {
    if (typeof column === 'number') continue
    const words = wordsOf(column)
    for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193)
  }
  return hash >>> 0
}

const wordsOf = (
  column: Exclude<LaneTable[keyof LaneTable], number>,
): Uint32Array | Int32Array | Uint16Array | Uint8Array =>
  column instanceof Float64Array ? new Uint32Array(column.buffer, column.byteOffset, column.length * 2) : column
