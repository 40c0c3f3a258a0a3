import fc from 'fast-check'

/**
 * Patterns and events over few names and few values, so that they meet often. All are JSON texts: numbers are written
 * in several ways, names repeat and hold dots.
 */
const names = fc.constantFrom('a', 'a', 'a', 'a', 'b', 'b', 'b', 'c', 'a.b', 'b.c', '', 'numeric')
const words = fc.constantFrom(
  '',
  'a',
  'a',
  'a',
  'A',
  'ab',
  'aB',
  'abc',
  'cab',
  'bca',
  'éa',
  'ÉA',
  'ß',
  'a*b',
  'a\\b',
  'a"b',
  '\u2028',
)
const addresses = fc.constantFrom('10.0.0.1', '10.0.1.255', '::1', '0:0:0:0:0:0:0:1', 'fe80::12', '10.0.0.999')
const texts = fc.oneof({ weight: 4, arbitrary: words }, addresses)
const shortNumbers = fc.constantFrom('0', '-0', '1', '1.0', '10e-1', '2', '-3', '0.1', '1e2', '100', '1.5')
const longNumbers = fc.constantFrom(
  '9007199254740993',
  '9007199254740992',
  '9007199254740992.0',
  '1e400',
  '12345678901234567890',
)

const quoted = texts.chain((text) =>
  // The same text with its first character as an escape.
  fc
    .boolean()
    .map((isEscaped) =>
      isEscaped && text !== ''
        ? `"\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}${JSON.stringify(text.slice(1)).slice(1)}`
        : JSON.stringify(text),
    ),
)
const literals = fc.constantFrom('true', 'false', 'null')
const scalars = fc.oneof(quoted, quoted, shortNumbers, longNumbers, literals)

const list = (item: fc.Arbitrary<string>, min: number, max: number) =>
  fc.array(item, { minLength: min, maxLength: max }).map((items) => `[${items.join(', ')}]`)
const object = (member: fc.Arbitrary<string>, min: number, max: number) =>
  fc.array(member, { minLength: min, maxLength: max }).map((members) => `{${members.join(',')}}`)
const member = (value: fc.Arbitrary<string>) =>
  fc.tuple(names, value).map(([name, text]) => `${JSON.stringify(name)}: ${text}`)

export const eventTexts: fc.Arbitrary<string> = fc.letrec<{ event: string; value: string }>((tie) => ({
  event: object(member(tie('value')), 0, 4),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    tie('event'),
    list(tie('value'), 0, 3),
    list(tie('event'), 1, 3),
  ),
})).event

const bound = fc.constantFrom(-3, 0, 0.1, 1, 1.5, 2, 100)
const ranges = fc
  .tuple(
    bound,
    bound,
    fc.constantFrom('>', '>='),
    fc.constantFrom('<', '<='),
    fc.constantFrom('=', '<', '<=', '>', '>='),
  )
  .map(([a, b, from, to, only]) => (a < b ? [from, a, to, b] : [only, a]))
const wildcards = fc.constantFrom('*', 'a*', '*b', 'a*b', '*a*', '*a*b*', 'a\\*b', 'a\\\\b', 'ab', '')
const edges = fc.oneof(
  fc.tuple(fc.constantFrom('prefix', 'suffix'), words),
  fc.tuple(
    fc.constantFrom('prefix', 'suffix'),
    words.map((word) => ({ 'equals-ignore-case': word })),
  ),
)
const plainWords = words.filter((word) => word !== '')
const excludedBy = fc.oneof(
  fc.tuple(
    fc.constantFrom('prefix', 'suffix'),
    fc.oneof(plainWords, fc.array(plainWords, { minLength: 1, maxLength: 2 })),
  ),
  fc.tuple(fc.constant('equals-ignore-case'), fc.oneof(words, fc.array(words, { minLength: 1, maxLength: 2 }))),
  fc.tuple(fc.constant('wildcard'), fc.oneof(wildcards, fc.array(wildcards, { minLength: 1, maxLength: 2 }))),
)
const operators = fc.oneof(
  edges,
  fc.tuple(fc.constant('equals-ignore-case'), words),
  fc.tuple(fc.constant('wildcard'), wildcards),
  fc.tuple(fc.constant('numeric'), ranges),
  fc.tuple(fc.constant('cidr'), fc.constantFrom('10.0.0.0/24', '10.0.0.77/16', '::/64', 'fe80::/10', '0.0.0.0/0')),
  fc.tuple(fc.constant('exists'), fc.boolean()),
  fc.tuple(
    fc.constant('anything-but'),
    fc.oneof(
      words,
      bound,
      fc.array(words, { minLength: 1, maxLength: 3 }),
      fc.array(bound, { minLength: 1, maxLength: 3 }),
      excludedBy.map((entry) => Object.fromEntries([entry])),
    ),
  ),
)
const matchers = fc.oneof(
  scalars,
  operators.map((entry) => JSON.stringify(Object.fromEntries([entry]))),
  operators.map((entry) => JSON.stringify(Object.fromEntries([entry]))),
)

export const patternTexts: fc.Arbitrary<string> = fc.letrec<{ pattern: string; field: string; inner: string }>(
  (tie) => ({
    pattern: object(fc.oneof({ weight: 12, arbitrary: tie('field') }, orOf(tie('inner'))), 1, 2),
    field: member(fc.oneof({ maxDepth: 2 }, list(matchers, 1, 3), tie('pattern'))),
    // Names of operators are refused inside `$or`.
    inner: object(plainMember(list(matchers, 1, 2)), 1, 2),
  }),
).pattern

function orOf(alternative: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return list(alternative, 2, 3).map((alternatives) => `"$or": ${alternatives}`)
}

function plainMember(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom('a', 'a', 'b', 'b', 'c', 'a.b', ''), value)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
}
