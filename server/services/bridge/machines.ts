import type { Archive, BusRule } from '../../../shared/aws/rule.ts'
import { invariant } from '../../../shared/assert.ts'
import { openRuler, type Ruler } from './ruler.ts'

/**
 * Compiled matchers are no state: they follow from the definitions and are rebuilt when those change, or after a
 * restore. They hang on the identity of the immutable list from which they were built.
 */
const machines = new WeakMap<readonly object[], ReadonlyMap<string, Ruler>>()

/** One machine per bus, with the patterns of its rules that are not disabled. */
export const rulersOf = (rules: readonly BusRule[]): ReadonlyMap<string, Ruler> =>
  machines.get(rules) ??
  build(
    rules,
    rules
      .filter((rule) => rule.state !== 'DISABLED' && rule.eventPattern !== undefined)
      .map((rule) => ({ group: rule.eventBusName, name: rule.name, pattern: rule.eventPattern ?? '' })),
  )

/** One machine per event source, with the patterns of its archives; an archive without one keeps everything. */
export const archiversOf = (archives: readonly Archive[]): ReadonlyMap<string, Ruler> =>
  machines.get(archives) ??
  build(
    archives,
    archives.map(({ eventSourceArn, archiveName, eventPattern }) => ({
      group: eventSourceArn,
      name: archiveName,
      pattern: eventPattern ?? '{"source":[{"exists":true}]}',
    })),
  )

interface Entry {
  readonly group: string
  readonly name: string
  readonly pattern: string
}

function build(key: readonly object[], entries: readonly Entry[]): ReadonlyMap<string, Ruler> {
  const rulers = new Map<string, Ruler>()
  for (const { group, name, pattern } of entries) {
    const ruler = rulers.get(group) ?? openRuler()
    rulers.set(group, ruler)
    invariant(ruler.addRule(name, pattern).ok, `pattern of ${name} was valid when it was put`)
  }
  machines.set(key, rulers)
  return rulers
}
