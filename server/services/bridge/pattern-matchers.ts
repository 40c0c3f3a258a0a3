import { parseAddress, parseCidr } from './address.ts'
import { comparableNumber } from './decimal.ts'
import type { ArrayNode, JsonNode, ObjectNode } from './json-text.ts'
import type { Matcher } from './matcher.ts'
import { refuse, type Path } from './pattern-fault.ts'
import { readRange } from './pattern-numeric.ts'
import { readWildcard } from './pattern-wildcard.ts'

/**
 * Reads the value list of a field. An object in it is always a matcher.
 *
 * @throws PatternFault
 */
export const readMatchers = (list: ArrayNode, path: Path): Matcher[] => list.items.map((item) => readValue(item, path))

function readValue(item: JsonNode, path: Path): Matcher {
  switch (item.kind) {
    case 'string': {
      const address = parseAddress(item.value)
      return address === null ? { kind: 'string', value: item.value } : { kind: 'address', low: address, high: address }
    }
    case 'number':
      return readNumber(item.text)
    case 'literal':
      return { kind: 'literal', value: item.value }
    case 'array':
      return refuse('Match value must be String, number, true, false, or null', item, path)
    case 'object':
      return readOperator(item, path)
    default:
      return item satisfies never
  }
}

function readNumber(text: string): Matcher {
  const value = comparableNumber(text)
  return value === null ? { kind: 'number-text', text } : { kind: 'number', value }
}

function readOperator(object: ObjectNode, path: Path): Matcher {
  const { name, value } = onlyMember(object, path)
  const operators: Readonly<Record<string, () => Matcher>> = {
    prefix: () => readEdge('prefix', value, path),
    suffix: () => readEdge('suffix', value, path),
    'equals-ignore-case': () => ({ kind: 'ignore-case', value: readString(name, value, path) }),
    wildcard: () => readWildcard(readString(name, value, path), value, path),
    numeric: () => readRange(value, path),
    cidr: () => readCidr(value, path),
    exists: () => readExists(value, path),
    'anything-but': () => ({ kind: 'anything-but', of: readExcluded(value, path) }),
  }
  const read = Object.hasOwn(operators, name) ? operators[name] : undefined
  return read ? read() : refuse(`Unrecognized match type ${name}`, object, path)
}

function onlyMember(object: ObjectNode, path: Path) {
  const [member, second] = object.members
  if (!member) return refuse('Match expression name not found', object, path)
  if (second) refuse('Only one key allowed in match expression', second, path)
  return member
}

function readString(operator: string, node: JsonNode, path: Path): string {
  return node.kind === 'string' ? node.value : refuse(`${operator} match pattern must be a string`, node, path)
}

function readEdge(kind: 'prefix' | 'suffix', argument: JsonNode, path: Path): Matcher {
  if (argument.kind !== 'object') return { kind, value: readString(kind, argument, path), ignoreCase: false }
  const { name, value } = onlyMember(argument, path)
  if (name !== 'equals-ignore-case') refuse(`Unsupported ${kind} pattern: ${name}`, argument, path)
  return { kind, value: readString(name, value, path), ignoreCase: true }
}

function readCidr(argument: JsonNode, path: Path): Matcher {
  const range = parseCidr(readString('cidr', argument, path))
  return range.ok ? { kind: 'address', ...range.value } : refuse(range.error, argument, path)
}

function readExists(argument: JsonNode, path: Path): Matcher {
  if (argument.kind === 'literal' && argument.value !== null) return { kind: 'exists', present: argument.value }
  return refuse('exists match pattern must be either true or false.', argument, path)
}

/** What `anything-but` excludes. */
function readExcluded(argument: JsonNode, path: Path): Matcher[] {
  if (argument.kind === 'object') return readExcludedBy(argument, path)
  if (argument.kind === 'literal')
    return refuse('Value of anything-but must be an array or single string/number value.', argument, path)
  if (argument.kind !== 'array') return [readExcludedValue(argument, path)]
  if (argument.items.length === 0) refuse('Empty arrays are not allowed', argument, path)
  const kind = argument.items[0]?.kind
  return argument.items.map((item) => {
    if (item.kind !== 'string' && item.kind !== 'number')
      return refuse('Inside anything but list, start|null|boolean is not supported.', item, path)
    if (item.kind !== kind)
      return refuse(
        'Inside anything but list, either all values are number or string, mixed type is not supported',
        item,
        path,
      )
    return readExcludedValue(item, path)
  })
}

function readExcludedValue(item: JsonNode & { readonly kind: 'string' | 'number' }, path: Path): Matcher {
  if (item.kind === 'string') return { kind: 'string', value: item.value }
  const value = comparableNumber(item.text)
  return value === null
    ? refuse('Value of anything-but must be a number without loss of digits', item, path)
    : { kind: 'number', value }
}

/** `{"anything-but": {operator: text or texts}}` */
function readExcludedBy(object: ObjectNode, path: Path): Matcher[] {
  const { name, value } = onlyMember(object, path)
  const read = (node: JsonNode): Matcher => {
    const text = readString(name, node, path)
    switch (name) {
      case 'prefix':
      case 'suffix':
        if (text === '') refuse('Null prefix/suffix not allowed', node, path)
        return { kind: name, value: text, ignoreCase: false }
      case 'equals-ignore-case':
        return { kind: 'ignore-case', value: text }
      case 'wildcard':
        return readWildcard(text, node, path)
      default:
        return refuse(`Unsupported anything-but pattern: ${name}`, object, path)
    }
  }
  if (!NESTED.has(name)) refuse(`Unsupported anything-but pattern: ${name}`, object, path)
  if (value.kind !== 'array') return [read(value)]
  if (value.items.length === 0) refuse('Empty arrays are not allowed', value, path)
  return value.items.map(read)
}

const NESTED: ReadonlySet<string> = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard'])
