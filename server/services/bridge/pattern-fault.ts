/** Names on the way to a place in a pattern, outermost first. */
export type Path = readonly string[]

/** Why a text is no pattern; only ever thrown inside `compilePattern`. */
export class PatternFault extends Error {
  readonly at: number
  readonly path: Path

  constructor(reason: string, at: number, path: Path) {
    super(reason)
    this.at = at
    this.path = path
  }
}

/** @throws PatternFault always, placed at a node of the text */
export function refuse(reason: string, node: { readonly at: number }, path: Path): never {
  throw new PatternFault(reason, node.at, path)
}
