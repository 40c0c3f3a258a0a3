/** Text operators see strings only; `numeric` sees numbers only; there is no coercion. */
export type Matcher =
  | { readonly kind: 'string'; readonly value: string }
  /** `pieces` stand between the stars, at least two of them: `a*` is `['a', '']`. */
  | { readonly kind: 'wildcard'; readonly pieces: readonly string[] }
  | { readonly kind: 'prefix' | 'suffix'; readonly value: string; readonly ignoreCase: boolean }
  | { readonly kind: 'ignore-case'; readonly value: string }
  /** Addresses as `parseAddress` writes them; a single address has `low` = `high`. */
  | { readonly kind: 'address'; readonly low: string; readonly high: string }
  | { readonly kind: 'number'; readonly value: number }
  /** A number whose digits no double holds: equal only to the identical text. */
  | { readonly kind: 'number-text'; readonly text: string }
  | {
      readonly kind: 'range'
      readonly low: number | null
      readonly lowIncluded: boolean
      readonly high: number | null
      readonly highIncluded: boolean
    }
  | { readonly kind: 'literal'; readonly value: boolean | null }
  | { readonly kind: 'exists'; readonly present: boolean }
  /** Accepts a leaf that none of these accepts; never absence. */
  | { readonly kind: 'anything-but'; readonly of: readonly Matcher[] }

/** What a path's leaf has to satisfy: one matcher of the list is enough. */
export interface Condition {
  /** Field names joined with `.`; a dot inside a name is not told apart. */
  readonly path: string
  readonly matchers: readonly Matcher[]
}

/** Conditions that must all hold, in the code-unit order of their paths. */
export type Branch = readonly Condition[]
