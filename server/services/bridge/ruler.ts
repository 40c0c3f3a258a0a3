import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { Machine } from './machine.ts'
import { compilePattern, type Pattern, type PatternError } from './pattern.ts'

/**
 * Many rules, matched together: what a rule costs is paid when it is added, not at every event.
 *
 * The rules are compiled into one machine, at the first event after a change. It reads an event once and touches only
 * the fields that some rule names.
 */
export interface Ruler {
  /**
   * A name may be given several patterns: one that matches is enough.
   *
   * @returns the fault of a pattern given as text; nothing is added then
   */
  addRule(name: string, pattern: Pattern | string): Result<null, PatternError>
  /** Takes a rule out with all its patterns. */
  removeRule(name: string): void
  /**
   * @param event text keeps the digits of numbers, repeated names and dots in names; an object is a little faster.
   * What no rule looks at is skipped unread: a text that is no JSON object need not be noticed, and matches nothing
   * when it is
   * @returns the names of the rules that match, in the order in which they were first added
   */
  rulesForEvent(event: string | object): readonly string[]
}

export function openRuler(): Ruler {
  const patterns = new Map<string, Pattern[]>()
  let machine: Machine | null = null
  const build = () =>
    new Machine([...patterns].map(([name, list]) => ({ name, branches: list.flatMap((pattern) => pattern.branches) })))
  return {
    addRule(name, pattern) {
      const compiled = typeof pattern === 'string' ? compilePattern(pattern) : ok(pattern)
      if (!compiled.ok) return compiled
      patterns.set(name, [...(patterns.get(name) ?? []), compiled.value])
      machine = null
      return ok(null)
    },
    removeRule(name) {
      patterns.delete(name)
      machine = null
    },
    rulesForEvent(event) {
      if (machine === null || machine.isFull) machine = build()
      return machine.rulesOf(event)
    },
  }
}
