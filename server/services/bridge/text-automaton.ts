import type { Growth } from './leaf.ts'
import { toPlaces, type Direction, type TextPattern, type TextPlace } from './text-nfa.ts'

/** Set of places that reading can have reached; equal sets are one state. */
interface State {
  readonly places: readonly TextPlace[]
  readonly marks: readonly number[]
}

const ASCII = 128

/**
 * Finds all patterns that a text fits by reading it once, whatever their number. The deterministic automaton is made
 * state by state as texts need it.
 *
 * States are numbers from 1. In the table 0 stands for a step not yet taken, and a negative number for a state in
 * which nothing that follows makes a difference.
 */
export class TextAutomaton {
  readonly #growth: Growth
  readonly #states: State[] = []
  readonly #ids = new Map<string, number>()
  /** Characters that no pattern names share symbol 0. */
  readonly #ascii = new Uint16Array(ASCII)
  readonly #others = new Map<number, number>()
  readonly #codes: number[] = [-1]
  readonly #width: number
  readonly #start: number
  #table = new Int32Array(0)

  constructor(patterns: readonly TextPattern[], direction: Direction, growth: Growth) {
    this.#growth = growth
    const starts = toPlaces(patterns, direction)
    this.#readAlphabet(starts)
    this.#width = this.#codes.length
    this.#start = this.#idOf(close(starts))
  }

  /** Reads `text` from `from` to before `to`; for an automaton made to go forward. @returns the state reached */
  walk(text: string, from: number, to: number): number {
    const ascii = this.#ascii
    const table = this.#table
    let state = this.#start
    for (let at = from; at < to && state > 0; at += 1) {
      const code = text.charCodeAt(at)
      const symbol = code < ASCII ? (ascii[code] ?? 0) : (this.#others.get(code) ?? 0)
      const next = table[state * this.#width + symbol] ?? 0
      if (next === 0) return this.#explore(text, { from: at, to, state, isBackward: false })
      state = next
    }
    return Math.abs(state)
  }

  /** Reads the same from its end; for an automaton made to go backward. */
  walkBack(text: string, from: number, to: number): number {
    const ascii = this.#ascii
    const table = this.#table
    let state = this.#start
    for (let at = to - 1; at >= from && state > 0; at -= 1) {
      const code = text.charCodeAt(at)
      const symbol = code < ASCII ? (ascii[code] ?? 0) : (this.#others.get(code) ?? 0)
      const next = table[state * this.#width + symbol] ?? 0
      if (next === 0) return this.#explore(text, { from, to: at + 1, state, isBackward: true })
      state = next
    }
    return Math.abs(state)
  }

  /** Marks of the patterns that a text fits which ends in a state. */
  marksOf(state: number): readonly number[] {
    return this.#states[state - 1]?.marks ?? []
  }

  /** Goes on where the table has an unknown step, and fills it in. */
  #explore(text: string, { from, to, state, isBackward }: Rest): number {
    let current = state
    for (let read = 0; read < to - from && current > 0; read += 1) {
      const code = text.charCodeAt(isBackward ? to - 1 - read : from + read)
      const symbol = code < ASCII ? (this.#ascii[code] ?? 0) : (this.#others.get(code) ?? 0)
      const known = this.#table[current * this.#width + symbol] ?? 0
      current = known === 0 ? this.#take(current, symbol) : known
    }
    return Math.abs(current)
  }

  #take(state: number, symbol: number): number {
    const places = this.#states[state - 1]?.places ?? []
    const code = this.#codes[symbol] ?? -1
    const next = this.#idOf(close(places.flatMap((place) => [...(place.isLoop ? [place] : []), ...leads(place, code)])))
    this.#table[state * this.#width + symbol] = next
    return next
  }

  #idOf(places: readonly TextPlace[]): number {
    const key = places.map((place) => place.id).join()
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    this.#states.push({ places, marks: places.flatMap((place) => place.ends) })
    const isSettled = places.every((place) => place.isLoop && place.edges.size === 0 && place.star === null)
    const id = isSettled ? -this.#states.length : this.#states.length
    this.#ids.set(key, id)
    this.#grow()
    this.#growth.words += this.#width + 2 * places.length
    return id
  }

  #grow(): void {
    const needed = (this.#states.length + 1) * this.#width
    if (needed <= this.#table.length) return
    const table = new Int32Array(2 * needed)
    table.set(this.#table)
    this.#table = table
  }

  #readAlphabet(starts: readonly TextPlace[]): void {
    const seen = new Set<TextPlace>(starts)
    for (const place of seen) {
      if (place.star) seen.add(place.star)
      for (const [code, targets] of place.edges) {
        this.#addSymbol(code)
        for (const target of targets) seen.add(target)
      }
    }
  }

  #addSymbol(code: number): void {
    const known = code < ASCII ? (this.#ascii[code] ?? 0) : (this.#others.get(code) ?? 0)
    if (known > 0) return
    const symbol = this.#codes.push(code) - 1
    if (code < ASCII) this.#ascii[code] = symbol
    else this.#others.set(code, symbol)
  }
}

/** What is left of a text to read. */
interface Rest {
  readonly from: number
  readonly to: number
  readonly state: number
  readonly isBackward: boolean
}

const leads = (place: TextPlace, code: number): readonly TextPlace[] => place.edges.get(code) ?? []

/** With every place come the places behind its stars. Sorted, so that equal sets look equal. */
function close(places: readonly TextPlace[]): readonly TextPlace[] {
  const closed = new Set(places)
  for (const place of closed) if (place.star) closed.add(place.star)
  return [...closed].sort((a, b) => a.id - b.id)
}
