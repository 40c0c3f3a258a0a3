import type { Demand } from './demand.ts'
import { EventView } from './event-view.ts'
import { toFieldTree, type FieldNode } from './field-node.ts'
import { JsonFault } from './json-text.ts'
import type { Growth } from './leaf.ts'
import type { Branch, Condition, Matcher } from './matcher.ts'
import { PathIndex, type Atom } from './path-index.ts'
import { scanText } from './scan-text.ts'
import { Sighting } from './sighting.ts'
import { walkObject } from './walk-object.ts'
import { Ways } from './ways.ts'

/** What a machine has learnt may take about this many words; then it is to be built anew. */
const MAX_WORDS = 1_000_000

/** For how many events sightings are remembered: so long that making them again costs next to nothing. */
const SIGHTINGS_LAST = 200_000

/**
 * The patterns of many rules, compiled together. A machine learns: states, classes and outcomes are worked out when an
 * event first needs them, so its answers never change but come faster.
 */
export class Machine {
  readonly #root: FieldNode
  readonly #ways: Ways
  readonly #growth: Growth = { words: 0, sightings: 0 }
  #start = new Sighting(null, null)
  /** Events since sightings were last forgotten. */
  #events = 0

  constructor(rules: readonly { readonly name: string; readonly branches: readonly Branch[] }[]) {
    const draft = new Draft(rules.flatMap((rule) => rule.branches))
    const ways = rules.flatMap(({ branches }, rule) =>
      branches.map((branch) => ({ rule, demands: draft.read(branch) })),
    )
    this.#root = toFieldTree(draft.toIndexes(this.#growth), this.#growth)
    this.#ways = new Ways(
      rules.map((rule) => rule.name),
      ways,
    )
  }

  /** Whether it has learnt so much that a new one should take its place. */
  get isFull(): boolean {
    return this.#growth.words > MAX_WORDS
  }

  /** The names of the rules that an event matches, in the order of the rules; none when it is no JSON object. */
  rulesOf(event: string | object): readonly string[] {
    this.#events += 1
    if (this.#growth.sightings > 0 && this.#events > SIGHTINGS_LAST) this.#forget()
    const view = new EventView(this.#start, this.#growth)
    try {
      if (typeof event === 'string') scanText(this.#root, event, view)
      else walkObject(this.#root, event, view)
    } catch (fault) {
      if (fault instanceof JsonFault) return []
      throw fault
    }
    return view.rulesBy(this.#ways)
  }

  /** Makes room, from time to time, for what is seen nowadays. */
  #forget(): void {
    this.#start = new Sighting(null, null)
    this.#growth.sightings = 0
    this.#events = 0
  }
}

/** Collects the matchers of all rules; equal matchers of one path are one. */
class Draft {
  /** By path, in the code-unit order of the paths. */
  readonly #paths: ReadonlyMap<string, { readonly rank: number; readonly atoms: Map<string, Atom> }>
  /** Branches of one pattern share the lists of what lies outside `$or`. */
  readonly #demands = new Map<readonly Matcher[], Demand>()
  #last = 0

  constructor(branches: readonly Branch[]) {
    const paths = new Set(branches.flatMap((branch) => branch.map((condition) => condition.path)))
    this.#paths = new Map([...paths].sort().map((path, rank) => [path, { rank, atoms: new Map() }]))
  }

  read(branch: Branch): readonly Demand[] {
    return branch.map((condition) => this.#demands.get(condition.matchers) ?? this.#readCondition(condition))
  }

  #readCondition({ path, matchers }: Condition): Demand {
    const isAbsence = (matcher: Matcher) => matcher.kind === 'exists' && !matcher.present
    const absence = matchers.find(isAbsence)
    const demand = {
      rank: this.#paths.get(path)?.rank ?? -1,
      atoms: matchers.filter((matcher) => !isAbsence(matcher)).map((matcher) => this.#idOf(path, matcher)),
      presence: absence ? this.#idOf(path, absence) : null,
    }
    this.#demands.set(matchers, demand)
    return demand
  }

  #idOf(path: string, matcher: Matcher): number {
    const key = JSON.stringify(matcher)
    const atoms = this.#paths.get(path)?.atoms
    const known = atoms?.get(key)
    if (known) return known.id
    this.#last += 1
    atoms?.set(key, { id: this.#last, matcher })
    return this.#last
  }

  /** The index of each path; all matchers have to be read before. */
  toIndexes(growth: Growth): ReadonlyMap<string, PathIndex> {
    let classes = 0
    const ids = () => (classes += 1)
    const toIndex = ([path, { rank, atoms }]: readonly [string, { rank: number; atoms: Map<string, Atom> }]) =>
      [path, new PathIndex(rank, [...atoms.values()], { ids, growth })] as const
    return new Map([...this.#paths].map(toIndex))
  }
}
