import type { PathIndex } from './path-index.ts'
import type { Growth } from './leaf.ts'
import { TextAutomaton } from './text-automaton.ts'

/** So many names are remembered with what they lead to, beyond those of the children. */
const MAX_NAMES = 256

/** Of an entry in the table of names. */
const NAME_WORDS = 8

/**
 * A place in events that lies on the way to a path which some rule names. Everything else in an event is skipped. One
 * step leads down by one name without a dot; a name with dots leads down as many steps as it has parts, for a dot in a
 * name is not told apart from a step.
 */
export class FieldNode {
  /** Set where a path ends; a path may also go on below. */
  index: PathIndex | null = null
  /** Whether an object here can hold anything of interest. */
  isInner = false
  readonly #growth: Growth
  readonly #children = new Map<string, FieldNode>()
  /** What names lead to, once learnt; `null` is nothing of interest. */
  readonly #byName = new Map<string, FieldNode | null>()
  /** Made when a name is first looked up in a text. */
  #names: TextAutomaton | null = null
  /** By state of the names' automaton; not set where the text has to be asked. */
  readonly #byState: (FieldNode | null | undefined)[] = []

  constructor(growth: Growth) {
    this.#growth = growth
  }

  /** The place of a path below this one, made if it is not there yet; only while the tree is built. */
  reach(path: string): FieldNode {
    return path.split('.').reduce<FieldNode>((node, step) => node.#makeChild(step), this)
  }

  #makeChild(step: string): FieldNode {
    const child = this.#children.get(step) ?? new FieldNode(this.#growth)
    this.#children.set(step, child)
    this.isInner = true
    return child
  }

  child(name: string): FieldNode | null {
    const known = this.#byName.get(name)
    return known === undefined ? this.#learnName(name) : known
  }

  #learnName(name: string): FieldNode | null {
    const child = this.#find(name)
    if (this.#byName.size < MAX_NAMES + this.#children.size) {
      this.#byName.set(name, child)
      this.#growth.words += NAME_WORDS
    }
    return child
  }

  #find(name: string): FieldNode | null {
    return name
      .split('.')
      .reduce<FieldNode | null>((node, step) => (node === null ? null : (node.#children.get(step) ?? null)), this)
  }

  /** What the name leads to that stands in `text` from `from` to before `to`, without escapes. */
  childAt(text: string, from: number, to: number): FieldNode | null {
    const names = this.#names ?? this.#learnNames()
    const state = names.walk(text, from, to)
    const known = this.#byState[state]
    return known === undefined ? this.#learn(names, state, text.slice(from, to)) : known
  }

  /** Its patterns are the children's names, and those of inner ones with a dot and whatever follows. */
  #learnNames(): TextAutomaton {
    const patterns = [...this.#children].flatMap(([name, { isInner }], mark) => [
      { pieces: [name], ignoreCase: false, mark },
      ...(isInner ? [{ pieces: [`${name}.`, ''], ignoreCase: false, mark: DOTTED }] : []),
    ])
    this.#names = new TextAutomaton(patterns, 'forward', this.#growth)
    return this.#names
  }

  #learn(names: TextAutomaton, state: number, name: string): FieldNode | null {
    if (names.marksOf(state).includes(DOTTED)) return this.#find(name)
    const child = this.#children.get(name) ?? null
    while (this.#byState.length < state) this.#byState.push(undefined)
    this.#byState[state] = child
    return child
  }
}

/** Marks names that begin with a child's name and a dot. */
const DOTTED = -1

/** Makes the tree of all paths. */
export function toFieldTree(indexes: ReadonlyMap<string, PathIndex>, growth: Growth): FieldNode {
  const root = new FieldNode(growth)
  for (const [path, index] of indexes) root.reach(path).index = index
  return root
}
