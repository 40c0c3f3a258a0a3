/** Leaves of a path that satisfy the same matchers are of one class. */
export interface LeafClass {
  readonly id: number
  /** Place of the path among those of the machine, in code-unit order. */
  readonly rank: number
  /** Numbers of the matchers that such a leaf satisfies. */
  readonly atoms: readonly number[]
  /** The same, to ask for one. */
  readonly satisfies: ReadonlySet<number>
}

/** The element of an array in which a leaf stands, and the elements around that one. */
export interface Element {
  /** The array's number, counted over the event. */
  readonly array: number
  readonly index: number
  readonly outer: Element | null
}

/** A leaf of an event at a path that rules name. */
export interface SeenLeaf {
  readonly leaf: LeafClass
  /** The innermost element of an array of objects or arrays. */
  readonly element: Element | null
}

/** How much a machine has learnt. */
export interface Growth {
  /** Memory of all states and classes, in words, roughly. */
  words: number
  sightings: number
}
