import type { Demand, Way } from './demand.ts'
import { Elements } from './elements.ts'
import type { SeenLeaf } from './leaf.ts'

/** A way with the order in which its demands are best tried where order does not matter: the rarest first. */
interface FiledWay extends Way {
  readonly rarestFirst: readonly Demand[]
}

/** Finds the rules that an event matches by looking only at those that a matcher it satisfies points to. */
export class Ways {
  readonly #names: readonly string[]
  /** By matcher: the ways that cannot be met without it, or without one of its alternatives. */
  readonly #byAtom: FiledWay[][] = []
  /** Ways that an event may meet by what it does not have. */
  readonly #always: FiledWay[] = []
  /** By matcher: the number of the last event that satisfied it. */
  readonly #satisfied: number[] = []
  #events = 0

  /** @param names of the rules, by their places */
  constructor(names: readonly string[], ways: readonly Way[]) {
    this.#names = names
    for (const way of ways) this.#add(way)
  }

  /** The names of the rules that an event with these leaves matches, in the order of the rules. */
  rulesOf(leaves: readonly SeenLeaf[]): readonly string[] {
    const near = this.#look(leaves)
    if (near.length === 0) return NONE
    const isNested = leaves.some(({ element }) => element !== null)
    const met = isNested ? this.#meetTogether(near, leaves) : near.filter((way) => this.#isMet(way))
    if (met.length > 1) met.sort((a, b) => a.rule - b.rule)
    const names: string[] = []
    let last = -1
    for (const { rule } of met) {
      if (rule !== last) names.push(this.#names[rule] ?? '')
      last = rule
    }
    return names
  }

  /** Notes which matchers are satisfied. @returns the ways to which they point, some perhaps more than once */
  #look(leaves: readonly SeenLeaf[]): readonly FiledWay[] {
    this.#events += 1
    const near = this.#always.slice()
    for (const { leaf } of leaves)
      for (const atom of leaf.atoms) {
        if (this.#satisfied[atom] === this.#events) continue
        this.#satisfied[atom] = this.#events
        const ways = this.#byAtom[atom]
        if (ways !== undefined && ways.length > 0) near.push(...ways)
      }
    return near
  }

  /** Whether a way is met in an event without arrays of objects: each demand is then a matter of its own. */
  #isMet({ demands }: Way): boolean {
    return demands.every(
      (demand) => this.#isSatisfied(demand) || (demand.presence !== null && this.#isUnseen(demand.presence)),
    )
  }

  /** The ways of which one choice of elements meets all demands; most are ruled out without trying. */
  #meetTogether(near: readonly FiledWay[], leaves: readonly SeenLeaf[]): Way[] {
    let elements: Elements | null = null
    const met: Way[] = []
    for (const way of near) {
      if (!this.#isPossible(way)) continue
      elements ??= new Elements(leaves)
      if (elements.meet(elements.areFew ? way.rarestFirst : way.demands)) met.push(way)
    }
    return met
  }

  #isPossible({ demands }: Way): boolean {
    for (const demand of demands) if (demand.presence === null && !this.#isSatisfied(demand)) return false
    return true
  }

  #isSatisfied({ atoms }: Demand): boolean {
    for (const atom of atoms) if (this.#satisfied[atom] === this.#events) return true
    return false
  }

  #isUnseen(atom: number): boolean {
    return this.#satisfied[atom] !== this.#events
  }

  /** A way is filed under its demand that the fewest ways share. */
  #add(way: Way): void {
    for (const { atoms, presence } of way.demands)
      for (const atom of [...atoms, ...(presence === null ? [] : [presence])])
        while (this.#byAtom.length <= atom) {
          this.#byAtom.push([])
          this.#satisfied.push(0)
        }
    const [first, ...others] = way.demands.filter((demand) => demand.presence === null)
    const rarest = others.reduce<Demand | undefined>(
      (best, demand) => (best && this.#crowd(best) <= this.#crowd(demand) ? best : demand),
      first,
    )
    // `exists: false` asks about what the paths before it have chosen: there the order is part of the meaning.
    const isFree = rarest !== undefined && way.demands.every(({ presence }) => presence === null)
    const rarestFirst = isFree ? [rarest, ...way.demands.filter((demand) => demand !== rarest)] : way.demands
    const filed = { ...way, rarestFirst }
    if (!rarest) this.#always.push(filed)
    else for (const atom of rarest.atoms) this.#byAtom[atom]?.push(filed)
  }

  #crowd(demand: Demand): number {
    return demand.atoms.reduce((sum, atom) => sum + (this.#byAtom[atom]?.length ?? 0), demand.atoms.length)
  }
}

const NONE: readonly string[] = Object.freeze([])
