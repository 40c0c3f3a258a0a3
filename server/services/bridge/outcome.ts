import type { LeafClass, PathIndex } from './path-index.ts'

/** One path that has to be satisfied. */
export interface Demand {
  readonly path: PathIndex
  /** One of these matchers is enough. */
  readonly atoms: readonly number[]
  /** The matcher that any leaf of the path satisfies, when the absence of leaves is enough as well. */
  readonly presence: number | null
}

/** A branch of a rule: all demands must be met, in the code-unit order of their paths. */
export interface Way {
  /** The rule's place in the order in which rules were added. */
  readonly rule: number
  readonly demands: readonly Demand[]
}

/** What follows when certain classes of leaves were seen in an event. */
export interface Outcome {
  /** Matching rules, when no leaf stands in an array of objects: each demand is then a matter of its own. */
  readonly rules: readonly string[]
  /** Ways that may match otherwise: whether the same elements meet their demands has still to be found out. */
  readonly candidates: readonly Way[]
}

/** Finds the ways of a machine whose demands are met, looking only at those that a seen matcher points to. */
export class Ways {
  /** By matcher: the ways that cannot be met without it, or without one of its alternatives. */
  readonly #byAtom = new Map<number, Way[]>()
  /** Ways that an event may meet by what it does not have. */
  readonly #always: Way[] = []

  /** By the place of the rule. */
  readonly #names: readonly string[]

  constructor(names: readonly string[], ways: readonly Way[]) {
    this.#names = names
    for (const way of ways) this.#add(way)
  }

  outcomeOf(classes: readonly LeafClass[]): Outcome {
    const seen = new Set(classes.flatMap((leaf) => [...leaf.atoms]))
    const near = new Set(this.#always)
    for (const atom of seen) for (const way of this.#byAtom.get(atom) ?? []) near.add(way)
    const candidates = [...near]
      .filter(({ demands }) => demands.every((demand) => demand.presence !== null || isSeen(demand, seen)))
      .sort((a, b) => a.rule - b.rule)
    const sure = candidates.filter(({ demands }) =>
      demands.every((demand) => isSeen(demand, seen) || (demand.presence !== null && !seen.has(demand.presence))),
    )
    return { rules: this.namesOf(sure), candidates }
  }

  /** The names of the rules of ways, each once, in the order of the ways. */
  namesOf(ways: readonly Way[]): readonly string[] {
    const rules = new Set(ways.map((way) => way.rule))
    return Object.freeze([...rules].map((rule) => this.#names[rule] ?? ''))
  }

  /** A way is filed under its demand that the fewest ways share. */
  #add(way: Way): void {
    const positive = way.demands.filter((demand) => demand.presence === null)
    const [first, ...others] = positive
    if (!first) {
      this.#always.push(way)
      return
    }
    const rarest = others.reduce((best, demand) => (this.#crowd(demand) < this.#crowd(best) ? demand : best), first)
    for (const atom of rarest.atoms) {
      const ways = this.#byAtom.get(atom)
      if (ways) ways.push(way)
      else this.#byAtom.set(atom, [way])
    }
  }

  #crowd(demand: Demand): number {
    return demand.atoms.reduce((sum, atom) => sum + (this.#byAtom.get(atom)?.length ?? 0), demand.atoms.length)
  }
}

const isSeen = ({ atoms }: Demand, seen: ReadonlySet<number>): boolean => atoms.some((atom) => seen.has(atom))
