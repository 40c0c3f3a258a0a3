import type { JsonObject } from '../../shared/json.ts'
import type { Speaker, Text } from '../../shared/protocol/view.ts'

/** What a thing is called, who tells of it, in which words, about whom, and the JSON that AWS would show. */
export interface Explanation {
  readonly speaker: Speaker
  /** AWS's own name of it; stays English in every language. */
  readonly name: string
  readonly text: Text
  readonly plate: string | null
  readonly json: JsonObject
}

/** A value of the engine as JSON that a player may open. */
export const asJson = (value: object): JsonObject => ({ ...value }) as JsonObject
