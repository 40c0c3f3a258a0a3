import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compilePattern } from '../../server/services/bridge/pattern.ts'
import { isPattern } from '../support/slow-validator.ts'

const RUNS = Number(process.env['BRIDGE_RUNS'] ?? 4000)

/** Arguments of which any operator likes some and dislikes the others. */
const texts = fc.constantFrom('', 'a', 'a*', '**', 'a\\*', 'a\\', 'a\\b', '*1*2*3*4*', '*1*2*3*4*5*', '10.0.0.0/8', '10.0.0.0/32', '::/127', '::/128', '10.0.0.0', 'a/1', '::1/x') // prettier-ignore
const scalars = fc.oneof(texts, fc.constantFrom(-1, 0, 0.5, 2), fc.constantFrom(true, false, null))
const ranges = fc.array(fc.constantFrom('=', '<', '<=', '>', '>=', '!=', -1, 0, 0.5, 2, null), { maxLength: 5 })
const operators = fc.constantFrom('prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'numeric', 'cidr', 'exists', 'anything-but', 'exactly', 'Prefix', 'toString') // prettier-ignore
const fieldNames = fc.constantFrom('a', 'b', 'a.b', '', 'prefix', '=', 'regex', '$or', 'exactly')

const { matcher, argument } = fc.letrec<{ matcher: unknown; argument: unknown }>((tie) => ({
  argument: fc.oneof(
    { maxDepth: 2 },
    scalars,
    ranges,
    fc.array(scalars, { maxLength: 3 }),
    fc.array(texts, { maxLength: 3 }),
    tie('matcher'),
  ),
  matcher: fc.dictionary(operators, tie('argument'), { minKeys: 0, maxKeys: 2 }),
}))
const likely = fc.oneof(
  fc.tuple(operators, argument).map(([operator, given]) => ({ [operator]: given })),
  fc.constantFrom<unknown>({ prefix: 'a' }, { exists: true }, { numeric: ['>', 0, '<', 2] }, { 'anything-but': ['a'] }),
)
const values = fc.oneof({ weight: 4, arbitrary: scalars }, { weight: 4, arbitrary: likely }, matcher, fc.array(scalars, { maxLength: 2 })) // prettier-ignore

const { almost } = fc.letrec<{ almost: unknown; value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: fc.array(values, { minLength: 1, maxLength: 3 }) },
    { weight: 3, arbitrary: tie('almost') },
    { weight: 2, arbitrary: fc.array(tie('almost'), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.oneof(scalars, fc.constant([])) },
  ),
  almost: fc.dictionary(fieldNames, tie('value'), { maxKeys: 3 }),
}))

describe('what is a pattern, against the grammar written down plainly', () => {
  it('[BRIDGE-73] accepts and refuses what the grammar does', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: almost }, values), (given) => {
        const compiled = compilePattern(JSON.stringify(given))
        expect(compiled.ok).toBe(isPattern(given))
        accepted += compiled.ok ? 1 : 0
      }),
      { seed: 73, numRuns: RUNS },
    )
    expect(accepted / RUNS).toBeGreaterThan(0.05)
    expect(accepted / RUNS).toBeLessThan(0.9)
  })

  it('[BRIDGE-73] accepts a field exactly when its values are, operator by operator', () => {
    fc.assert(
      fc.property(values, (given) => {
        expect(compilePattern(JSON.stringify({ a: [given] })).ok).toBe(isPattern({ a: [given] }))
        const inOr = { $or: [{ a: [given] }, { b: ['x'] }] }
        expect(compilePattern(JSON.stringify(inOr)).ok).toBe(isPattern(inOr))
      }),
      { seed: 74, numRuns: RUNS },
    )
  })

  it('[BRIDGE-73] places each fault inside its text, and names the way to it', () => {
    fc.assert(
      fc.property(almost, fc.nat({ max: 3 }), (given, indent) => {
        const text = JSON.stringify(given, null, indent)
        const compiled = compilePattern(text)
        if (compiled.ok) return
        const { line, column, path, reason, message } = compiled.error
        const lines = text.split('\n')
        expect(line >= 1 && line <= lines.length).toBe(true)
        expect(column >= 1 && column <= (lines[line - 1] ?? '').length).toBe(true)
        expect(message).toContain(`${reason}\n at [line: ${line}, column: ${column}]`)
        for (const step of path === '' ? [] : path.split('.')) expect(text).toContain(step)
      }),
      { seed: 75, numRuns: RUNS },
    )
  })
})
