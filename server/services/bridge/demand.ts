/** One path that has to be satisfied. */
export interface Demand {
  /** Place of the path among those of the machine, in code-unit order. */
  readonly rank: number
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
