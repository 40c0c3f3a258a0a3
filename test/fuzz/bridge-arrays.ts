import fc from 'fast-check'

/**
 * Patterns and events for arrays of objects: so few names and values that most conditions are met by some element, and
 * the question is whether it is the same one.
 */
const names = fc.constantFrom('a', 'b', 'c')
const leaves = fc.constantFrom<unknown>(0, 1, 'a', null, [0, 1], [], {})
const record = <T>(value: fc.Arbitrary<T>, min: number) =>
  fc
    .uniqueArray(fc.tuple(names, value), { selector: ([name]) => name, minLength: min, maxLength: 3 })
    .map((entries) => Object.fromEntries(entries) as Readonly<Record<string, T>>)

const rows = record(leaves, 2)
const nestedRows = record(fc.oneof({ weight: 3, arbitrary: leaves }, fc.array(rows, { maxLength: 3 })), 2)
const tables = fc.oneof(
  rows,
  fc.array(nestedRows, { minLength: 2, maxLength: 7 }),
  fc.array(fc.array(rows, { maxLength: 2 }), { maxLength: 3 }),
)

/** `{"a": [{"a": 1, "b": 0}, …], …}`, some of it nested once more. */
export const tableTexts: fc.Arbitrary<string> = record(fc.oneof(leaves, tables, tables, tables), 2).map((event) =>
  JSON.stringify(event),
)

const conditions = fc.array(
  fc.constantFrom<unknown>(0, 1, 'a', null, { exists: true }, { exists: false }, { 'anything-but': 1 }),
  {
    minLength: 1,
    maxLength: 2,
  },
)
const asked = record(fc.oneof({ weight: 6, arbitrary: conditions }, record(conditions, 1)), 1)

/** `{"a": {"a": [1], "b": [{"exists": false}]}, …}` */
export const tablePatternTexts: fc.Arbitrary<string> = record(fc.oneof(asked, asked, conditions), 1).map((pattern) =>
  JSON.stringify(pattern),
)
