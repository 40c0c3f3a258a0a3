import { parseAddress } from './address.ts'
import { comparableNumber } from './decimal.ts'
import { Intervals, type Interval } from './intervals.ts'
import type { Growth, LeafClass } from './leaf.ts'
import type { Matcher } from './matcher.ts'
import { TextAutomaton } from './text-automaton.ts'
import type { TextPattern } from './text-nfa.ts'

/** A matcher of a path, under its number in the machine. */
export interface Atom {
  readonly id: number
  readonly matcher: Matcher
}

/** What the indexes of a machine share. */
interface Shared {
  /** Gives class ids that are unique in the machine. */
  readonly ids: () => number
  readonly growth: Growth
}

/** Every atom has two marks: one says that it is satisfied, the other that it is excluded. */
const satisfied = (atom: number) => 2 * atom
const excluded = (atom: number) => 2 * atom + 1

/** States of one automaton are kept below this, so that two of them and a slot fit into one number. */
const STATES = 2 ** 19

/** So many words are looked up faster than read letter by letter, where most texts fail at the first few. */
const MANY_WORDS = 16

/** Of an entry in the table of text classes. */
const CLASS_WORDS = 8

/**
 * All matchers of one path, compiled together: tells which of them a leaf satisfies without asking them one by one.
 */
export class PathIndex {
  readonly #rank: number
  readonly #seesNumbers: boolean
  readonly #shared: Shared
  readonly #sorts: Sorts
  readonly #forward: TextAutomaton | null
  readonly #backward: TextAutomaton | null
  readonly #addresses: Intervals<string> | null
  readonly #numbers: Intervals<number>
  readonly #classes = new Map<string, LeafClass>()
  readonly #textClasses = new Map<number, LeafClass>()
  readonly #forwardClasses: (LeafClass | undefined)[] = []
  readonly #numberClasses: (LeafClass | undefined)[] = []
  readonly #literalClasses = new Map<boolean | null, LeafClass>()
  /** The class of what no matcher names. */
  readonly #unknown: LeafClass
  /** Where all that is asked of strings is whether they are certain words, and there are many: those, once learnt. */
  readonly #words: Map<string, LeafClass | null> | null

  /** @param rank place among the paths of the machine in code-unit order */
  constructor(rank: number, atoms: readonly Atom[], shared: Shared) {
    this.#rank = rank
    this.#shared = shared
    this.#sorts = sortOut(atoms)
    const { forward, backward, addresses, numbers, numberTexts } = this.#sorts
    this.#forward = forward.length > 0 ? new TextAutomaton(forward, 'forward', shared.growth) : null
    this.#backward = backward.length > 0 ? new TextAutomaton(backward, 'backward', shared.growth) : null
    this.#addresses = addresses.length > 0 ? new Intervals(addresses) : null
    this.#numbers = new Intervals(numbers)
    this.#seesNumbers = numbers.length > 0 || numberTexts.size > 0
    this.#unknown = this.#toClass([])
    this.#words = addresses.length === 0 && backward.length === 0 ? toWords(forward) : null
  }

  /** The class of the string that stands in `text` from `from` to before `to`, without escapes. */
  ofText(text: string, from: number, to: number): LeafClass {
    if (this.#backward === null && this.#addresses === null) {
      const state = this.#forward === null ? 0 : this.#forward.walk(text, from, to)
      return this.#forwardClasses[state] ?? this.#learnForward(state)
    }
    const forward = this.#forward === null ? 0 : this.#forward.walk(text, from, to)
    const backward = this.#backward === null ? 0 : this.#backward.walkBack(text, from, to)
    const slot = this.#addresses === null ? 0 : this.#slotOfAddress(text.slice(from, to))
    const key = (slot * STATES + backward) * STATES + forward
    return this.#textClasses.get(key) ?? this.#learnText(key, { forward, backward, slot })
  }

  /** The class of a whole string. */
  ofString(value: string): LeafClass {
    if (this.#words === null) return this.ofText(value, 0, value.length)
    const known = this.#words.get(value)
    return known === undefined ? this.#unknown : (known ?? this.#learnWord(this.#words, value))
  }

  /** The class of a number that a double holds exactly. */
  ofNumber(value: number): LeafClass {
    if (!this.#seesNumbers) return this.#unknown
    const slot = this.#numbers.slotOf(value)
    const known = this.#numberClasses[slot]
    if (known) return known
    const learnt = this.#toClass(this.#numbers.marksOf(slot))
    this.#numberClasses[slot] = learnt
    return learnt
  }

  /** The class of a number as it is written. */
  ofNumberText(text: string): LeafClass {
    if (!this.#seesNumbers) return this.#unknown
    const value = comparableNumber(text)
    return value === null ? this.#toClass(this.#sorts.numberTexts.get(text) ?? []) : this.ofNumber(value)
  }

  ofLiteral(value: boolean | null): LeafClass {
    const known = this.#literalClasses.get(value)
    if (known) return known
    const learnt = this.#toClass(this.#sorts.literals.get(value) ?? [])
    this.#literalClasses.set(value, learnt)
    return learnt
  }

  /** 0: not an address. */
  #slotOfAddress(text: string): number {
    const address = parseAddress(text)
    return address === null ? 0 : 1 + (this.#addresses?.slotOf(address) ?? 0)
  }

  #learnForward(state: number): LeafClass {
    const learnt = this.#toClass(this.#forward?.marksOf(state) ?? [])
    while (this.#forwardClasses.length < state) this.#forwardClasses.push(undefined)
    this.#forwardClasses[state] = learnt
    return learnt
  }

  #learnWord(words: Map<string, LeafClass | null>, value: string): LeafClass {
    const learnt = this.ofText(value, 0, value.length)
    words.set(value, learnt)
    return learnt
  }

  #learnText(key: number, { forward, backward, slot }: { forward: number; backward: number; slot: number }): LeafClass {
    const learnt = this.#toClass([
      ...(this.#forward?.marksOf(forward) ?? []),
      ...(this.#backward?.marksOf(backward) ?? []),
      ...(slot > 0 ? (this.#addresses?.marksOf(slot - 1) ?? []) : []),
    ])
    this.#textClasses.set(key, learnt)
    this.#shared.growth.words += CLASS_WORDS
    return learnt
  }

  #toClass(marks: readonly number[]): LeafClass {
    const found = new Set(marks)
    const { any, exclusions } = this.#sorts
    const positive = marks.filter((mark) => mark % 2 === 0).map((mark) => mark / 2)
    const notExcluded = exclusions.filter((atom) => !found.has(excluded(atom)))
    const satisfies = new Set([...any, ...positive, ...notExcluded].sort((a, b) => a - b))
    const atoms = [...satisfies]
    const key = atoms.join()
    const known = this.#classes.get(key)
    if (known) return known
    const learnt = { id: this.#shared.ids(), rank: this.#rank, atoms, satisfies }
    this.#classes.set(key, learnt)
    return learnt
  }
}

/** The matchers of a path by what has to be looked at. */
interface Sorts {
  /** Atoms that any leaf satisfies. */
  readonly any: number[]
  /** Atoms that any leaf satisfies unless it is excluded. */
  readonly exclusions: number[]
  readonly forward: TextPattern[]
  readonly backward: TextPattern[]
  readonly addresses: Interval<string>[]
  readonly numbers: Interval<number>[]
  readonly numberTexts: Map<string, number[]>
  readonly literals: Map<boolean | null, number[]>
}

function sortOut(atoms: readonly Atom[]): Sorts {
  const sorts: Sorts = {
    any: [],
    exclusions: [],
    forward: [],
    backward: [],
    addresses: [],
    numbers: [],
    numberTexts: new Map(),
    literals: new Map(),
  }
  for (const { id, matcher } of atoms) sort(sorts, matcher, id)
  return sorts
}

function sort(sorts: Sorts, matcher: Matcher, id: number): void {
  // The mere presence of a leaf is what `exists: false` has to know as well.
  if (matcher.kind === 'exists') sorts.any.push(id)
  else if (matcher.kind === 'anything-but') {
    sorts.exclusions.push(id)
    for (const other of matcher.of) place(sorts, other, excluded(id))
  } else place(sorts, matcher, satisfied(id))
}

function place(sorts: Sorts, matcher: Matcher, mark: number): void {
  const closed = { lowIncluded: true, highIncluded: true, mark }
  switch (matcher.kind) {
    case 'string':
      sorts.forward.push({ pieces: [matcher.value], ignoreCase: false, mark })
      return
    case 'ignore-case':
      sorts.forward.push({ pieces: [matcher.value], ignoreCase: true, mark })
      return
    case 'prefix':
      sorts.forward.push({ pieces: [matcher.value, ''], ignoreCase: matcher.ignoreCase, mark })
      return
    case 'suffix':
      sorts.backward.push({ pieces: ['', matcher.value], ignoreCase: matcher.ignoreCase, mark })
      return
    case 'wildcard':
      // `*end` is a suffix: read from behind it is decided within a few letters.
      sorts[isSuffix(matcher.pieces) ? 'backward' : 'forward'].push({ pieces: matcher.pieces, ignoreCase: false, mark })
      return
    case 'address':
      sorts.addresses.push({ low: matcher.low, high: matcher.high, ...closed })
      return
    case 'number':
      sorts.numbers.push({ low: matcher.value, high: matcher.value, ...closed })
      return
    case 'range':
      sorts.numbers.push({ ...matcher, mark })
      return
    case 'number-text':
      append(sorts.numberTexts, matcher.text, mark)
      return
    case 'literal':
      append(sorts.literals, matcher.value, mark)
      return
    case 'exists':
    case 'anything-but':
      return
    default:
      return matcher satisfies never
  }
}

function toWords(patterns: readonly TextPattern[]): Map<string, LeafClass | null> | null {
  const isWords = patterns.every(({ pieces, ignoreCase }) => pieces.length === 1 && !ignoreCase)
  if (!isWords || patterns.length < MANY_WORDS) return null
  return new Map(patterns.map(({ pieces: [word = ''] }) => [word, null]))
}

const isSuffix = (pieces: readonly string[]) => pieces.length === 2 && pieces[0] === ''

function append<K>(map: Map<K, number[]>, key: K, mark: number): void {
  const list = map.get(key)
  if (list) list.push(mark)
  else map.set(key, [mark])
}
