import { randomBelow } from '../../shared/random.ts'

/**
 * Words of one language, already agreed: nouns of group A go with adjectives of group A. In French the groups are the
 * two genders; English fills both with the same adjectives.
 */
export interface NameWords {
  readonly nounsA: readonly string[]
  readonly adjectivesA: readonly string[]
  readonly nounsB: readonly string[]
  readonly adjectivesB: readonly string[]
  readonly join: (noun: string, adjective: string) => string
}

const ROLLED = 3
const NAMES_STREAM = 7

/** Three different names; the same seed and turn give the same three, no two sharing a noun. */
export function rollNames(words: NameWords, seed: number, turn: number): readonly string[] {
  const nouns = [
    ...words.nounsA.map((noun) => ({ noun, adjectives: words.adjectivesA })),
    ...words.nounsB.map((noun) => ({ noun, adjectives: words.adjectivesB })),
  ]
  return Array.from({ length: ROLLED }, (_, i) => {
    const n = turn * ROLLED + i
    const [picked] = nouns.splice(randomBelow(seed, NAMES_STREAM, n, nouns.length), 1)
    const adjectives = picked?.adjectives ?? []
    const adjective = adjectives[randomBelow(seed, NAMES_STREAM + 1, n, adjectives.length)] ?? ''
    return words.join(picked?.noun ?? '', adjective)
  })
}
