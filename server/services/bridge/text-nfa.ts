/** A place in the patterns of an automaton: what has been read so far fits them up to here. */
export class TextPlace {
  readonly id: number
  /** Stays wherever it is whatever follows: the place at a star. */
  readonly isLoop: boolean
  /** By character code. */
  readonly edges = new Map<number, TextPlace[]>()
  /** Marks of the patterns that end here. */
  readonly ends: number[] = []
  readonly #shared = new Map<string, TextPlace>()
  #star: TextPlace | null = null

  constructor(id: number, isLoop: boolean) {
    this.id = id
    this.isLoop = isLoop
  }

  get star(): TextPlace | null {
    return this.#star
  }

  /** The place behind a star, shared by all patterns that have one here. */
  afterStar(ids: () => number): TextPlace {
    this.#star ??= new TextPlace(ids(), true)
    return this.#star
  }

  /** The place behind any one of some texts, shared by all patterns that go on with the same. */
  after(texts: readonly string[], ids: () => number): TextPlace {
    const key = texts.join('\n')
    const known = this.#shared.get(key)
    if (known) return known
    const place = new TextPlace(ids(), false)
    this.#shared.set(key, place)
    for (const text of texts) this.#lead(text, place, ids)
    return place
  }

  #lead(text: string, to: TextPlace, ids: () => number): void {
    const code = text.charCodeAt(0)
    const next = text.length === 1 ? to : new TextPlace(ids(), false)
    const edges = this.edges.get(code)
    if (edges) edges.push(next)
    else this.edges.set(code, [next])
    if (next !== to) next.#lead(text.slice(1), to, ids)
  }
}

/** A text pattern: its pieces have a star between them. */
export interface TextPattern {
  readonly pieces: readonly string[]
  readonly ignoreCase: boolean
  readonly mark: number
}

/** From the first letter on, or from the last one back. */
export type Direction = 'forward' | 'backward'

/**
 * Lays patterns out as one graph in which common beginnings (read backward: ends) are shared.
 *
 * @returns where reading begins: one place for exact letters, one for letters of either case
 */
export function toPlaces(patterns: readonly TextPattern[], direction: Direction): readonly TextPlace[] {
  const turn = (text: string) => (direction === 'forward' ? text : text.split('').reverse().join(''))
  let last = 0
  const ids = () => (last += 1)
  const exact = new TextPlace(ids(), false)
  const folded = new TextPlace(ids(), false)
  for (const { pieces, ignoreCase, mark } of patterns) {
    let place = ignoreCase ? folded : exact
    for (const [index, piece] of (direction === 'forward' ? pieces : pieces.toReversed()).entries()) {
      if (index > 0) place = place.afterStar(ids)
      const chars = ignoreCase ? lettersOf(piece, direction) : turn(piece).split('')
      for (const char of chars) place = place.after(ignoreCase ? casesOf(char).map(turn) : [char], ids)
    }
    place.ends.push(mark)
  }
  return [exact, folded]
}

/** Letters beyond the first 65 536 are two characters each. */
const lettersOf = (text: string, direction: Direction): readonly string[] =>
  direction === 'forward' ? Array.from(text) : Array.from(text).reverse()

/** A letter of a pattern accepts its lower-case or its upper-case form, of which either may be several letters. */
const casesOf = (char: string): readonly string[] => [...new Set([char.toLowerCase(), char.toUpperCase()])]
