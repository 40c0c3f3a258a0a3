import type { CauseId, IdSource } from '../../shared/ids.ts'
import type { Fact } from '../../shared/model/fact.ts'

type WithoutIds<F> = F extends unknown ? Omit<F, 'id' | 'cause'> : never
/** A fact before it has been given its id. */
type FactDraft = WithoutIds<Fact>

/** Collects one tick's facts in the order in which they happened. */
export interface Report {
  readonly facts: Fact[]
  /** Notes a fact. @returns its id, for what it will cause */
  note(draft: FactDraft, cause: CauseId | null): CauseId
}

export function openReport(ids: IdSource): Report {
  const facts: Fact[] = []
  return {
    facts,
    note(draft, cause) {
      const id = ids.next()
      facts.push({ ...draft, id, cause })
      return id
    },
  }
}
