import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { compilePattern, matches, type Pattern, type PatternError } from './pattern.ts'

/** Many rules, matched together. A name may be given several patterns: one that matches is enough. */
export interface Ruler {
  /** @returns the pattern's fault when it is given as text and is none */
  addRule(name: string, pattern: Pattern | string): Result<null, PatternError>
  /** Takes a rule out with all its patterns. */
  removeRule(name: string): void
  /** @returns the names of the rules that match, in the order in which they were first added */
  rulesForEvent(event: string | object): readonly string[]
}

export function openRuler(): Ruler {
  const rules = new Map<string, Pattern[]>()
  return {
    addRule(name, pattern) {
      const compiled = typeof pattern === 'string' ? compilePattern(pattern) : ok(pattern)
      if (!compiled.ok) return compiled
      rules.set(name, [...(rules.get(name) ?? []), compiled.value])
      return ok(null)
    },
    removeRule(name) {
      rules.delete(name)
    },
    rulesForEvent(event) {
      const text = typeof event === 'string' ? event : JSON.stringify(event)
      return [...rules]
        .filter(([, patterns]) => patterns.some((pattern) => matches(pattern, text)))
        .map(([name]) => name)
    },
  }
}
