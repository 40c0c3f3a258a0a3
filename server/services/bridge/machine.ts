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
    const draft = new Draft()
    const drafts = rules.flatMap(({ branches }, rule) =>
      branches.map((branch) => ({ rule, demands: draft.read(branch) })),
    )
    const indexes = draft.toIndexes(this.#growth)
    const ranks = new Map([...indexes.keys()].map((path, rank) => [path, rank]))
    const ways = drafts.map(({ rule, demands }) => ({
      rule,
      demands: demands.map(({ path, ...demand }) => ({ ...demand, rank: ranks.get(path) ?? -1 })),
    }))
    this.#root = toFieldTree(indexes, this.#growth)
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

/** A demand whose path has no rank yet. */
type DraftDemand = Omit<Demand, 'rank'> & { readonly path: string }

/** Collects the matchers of all rules; equal matchers of one path are one. */
class Draft {
  readonly #atoms = new Map<string, Map<string, Atom>>()
  #last = 0

  read(branch: Branch): readonly DraftDemand[] {
    return branch.map((condition) => this.#readCondition(condition))
  }

  #readCondition({ path, matchers }: Condition): DraftDemand {
    const isAbsence = (matcher: Matcher) => matcher.kind === 'exists' && !matcher.present
    const absence = matchers.find(isAbsence)
    return {
      path,
      atoms: matchers.filter((matcher) => !isAbsence(matcher)).map((matcher) => this.#idOf(path, matcher)),
      presence: absence ? this.#idOf(path, absence) : null,
    }
  }

  #idOf(path: string, matcher: Matcher): number {
    const atoms = this.#atoms.get(path) ?? new Map<string, Atom>()
    this.#atoms.set(path, atoms)
    const key = JSON.stringify(matcher)
    const known = atoms.get(key)
    if (known) return known.id
    this.#last += 1
    atoms.set(key, { id: this.#last, matcher })
    return this.#last
  }

  /** The index of each path, in the order of the paths. */
  toIndexes(growth: Growth): ReadonlyMap<string, PathIndex> {
    let classes = 0
    const ids = () => (classes += 1)
    const paths = [...this.#atoms].sort(([a], [b]) => (a < b ? -1 : 1))
    return new Map(
      paths.map(([path, atoms], rank) => [path, new PathIndex(rank, [...atoms.values()], { ids, growth })]),
    )
  }
}
