import type { PathIndex } from './path-index.ts'
import type { Growth } from './leaf.ts'
import { TextAutomaton } from './text-automaton.ts'

/** A place in events that lies on the way to a path which some rule names. Everything else in an event is skipped. */
export class FieldNode {
  /** Set where a path ends; a path may also go on below. */
  readonly index: PathIndex | null
  readonly #children: readonly FieldNode[]
  readonly #byName: ReadonlyMap<string, FieldNode>
  readonly #growth: Growth
  /** Made when a name is first looked up in a text. */
  #names: TextAutomaton | null = null
  readonly #byState: (FieldNode | null | undefined)[] = []

  constructor(index: PathIndex | null, children: ReadonlyMap<string, FieldNode>, growth: Growth) {
    this.index = index
    this.#byName = children
    this.#children = [...children.values()]
    this.#growth = growth
  }

  /** Whether an object here can hold anything of interest. */
  get isInner(): boolean {
    return this.#children.length > 0
  }

  child(name: string): FieldNode | null {
    return this.#byName.get(name) ?? null
  }

  /** The child whose name stands in `text` from `from` to before `to`, without escapes. */
  childAt(text: string, from: number, to: number): FieldNode | null {
    const names = this.#names ?? this.#learnNames()
    const state = names.walk(text, from, to)
    const known = this.#byState[state]
    return known === undefined ? this.#learn(names, state) : known
  }

  #learnNames(): TextAutomaton {
    const patterns = [...this.#byName.keys()].map((name, mark) => ({ pieces: [name], ignoreCase: false, mark }))
    this.#names = new TextAutomaton(patterns, 'forward', this.#growth)
    return this.#names
  }

  #learn(names: TextAutomaton, state: number): FieldNode | null {
    const [mark] = names.marksOf(state)
    const child = (mark === undefined ? undefined : this.#children[mark]) ?? null
    while (this.#byState.length < state) this.#byState.push(undefined)
    this.#byState[state] = child
    return child
  }
}

/**
 * Makes the tree of all paths. A dot in a name is not told apart from a step down, so every way of cutting a path at
 * its dots leads to the same node.
 */
export function toFieldTree(indexes: ReadonlyMap<string, PathIndex>, growth: Growth): FieldNode {
  const places = new Map<string | null, Map<string, string>>()
  const childrenOf = (place: string | null) => {
    const known = places.get(place) ?? new Map<string, string>()
    places.set(place, known)
    return known
  }
  for (const path of indexes.keys()) {
    const cuts = path
      .split('')
      .flatMap((char, at) => (char === '.' ? at : []))
      .concat(path.length)
    for (const [i, to] of cuts.entries())
      for (const from of [0, ...cuts.slice(0, i).map((cut) => cut + 1)])
        childrenOf(from === 0 ? null : path.slice(0, from - 1)).set(path.slice(from, to), path.slice(0, to))
  }
  const nodes = new Map<string | null, FieldNode>()
  const make = (place: string | null): FieldNode => {
    const known = nodes.get(place)
    if (known) return known
    const children = [...(places.get(place) ?? [])].map(([name, below]) => [name, make(below)] as const)
    const node = new FieldNode((place === null ? undefined : indexes.get(place)) ?? null, new Map(children), growth)
    nodes.set(place, node)
    return node
  }
  return make(null)
}
