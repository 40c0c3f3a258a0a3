import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compilePattern, matches } from '../../server/services/bridge/pattern.ts'
import { openRuler } from '../../server/services/bridge/ruler.ts'
import { matchesSlowly } from '../support/slow-matcher.ts'
import { eventTexts, patternTexts } from './bridge-arbitraries.ts'
import { tablePatternTexts, tableTexts } from './bridge-arrays.ts'

const RUNS = Number(process.env['BRIDGE_RUNS'] ?? 3000)

function compiled(text: string) {
  const pattern = compilePattern(text)
  if (!pattern.ok) throw new Error(`${text}: ${pattern.error.message}`)
  return pattern.value
}

describe('matching, against the rules written down plainly', () => {
  it('[BRIDGE-20] says of every pattern and event what the plain rules say', () => {
    fc.assert(
      fc.property(patternTexts, fc.array(eventTexts, { minLength: 1, maxLength: 5 }), (pattern, events) => {
        const machine = compiled(pattern)
        for (const event of events)
          expect({ event, isMatch: matches(machine, event) }).toEqual({ event, isMatch: matchesSlowly(pattern, event) })
      }),
      { seed: 20, numRuns: RUNS },
    )
  })

  it('[BRIDGE-12] finds the same in arrays of objects, one rule or many', () => {
    const rules = fc.array(tablePatternTexts, { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(rules, fc.array(tableTexts, { minLength: 1, maxLength: 5 }), (patterns, events) => {
        const ruler = openRuler()
        for (const [index, pattern] of patterns.entries()) ruler.addRule(`rule-${index}`, pattern)
        for (const event of events) {
          const expected = patterns.flatMap((pattern, index) => (matchesSlowly(pattern, event) ? `rule-${index}` : []))
          expect({ event, names: ruler.rulesForEvent(event) }).toEqual({ event, names: expected })
          expect(ruler.rulesForEvent(JSON.parse(event) as object)).toEqual(expected)
        }
      }),
      { seed: 12, numRuns: RUNS / 2 },
    )
  })

  it('[BRIDGE-21] finds with many rules at once what each of them finds alone', () => {
    const rules = fc.array(patternTexts, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(rules, fc.array(eventTexts, { minLength: 1, maxLength: 5 }), (patterns, events) => {
        const ruler = openRuler()
        for (const [index, pattern] of patterns.entries()) ruler.addRule(`rule-${index}`, pattern)
        for (const event of events) {
          const expected = patterns.flatMap((pattern, index) => (matchesSlowly(pattern, event) ? `rule-${index}` : []))
          expect({ event, names: ruler.rulesForEvent(event) }).toEqual({ event, names: expected })
        }
      }),
      { seed: 21, numRuns: RUNS / 2 },
    )
  })

  it('[BRIDGE-22] sees in an object what it sees in its text', () => {
    const rules = fc.array(patternTexts, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rules, eventTexts, (patterns, eventText) => {
        const event = JSON.parse(eventText) as object
        // What an object has lost (repeated names, digits) its own text has lost as well; 1e400 becomes null there.
        const ruler = openRuler()
        for (const [index, pattern] of patterns.entries()) ruler.addRule(`rule-${index}`, pattern)
        expect(ruler.rulesForEvent(event)).toEqual(ruler.rulesForEvent(JSON.stringify(event)))
      }),
      { seed: 22, numRuns: RUNS / 2 },
    )
  })
})
