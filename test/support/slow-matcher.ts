import { readJson, type JsonNode, type ObjectNode } from '../../server/services/bridge/json-text.ts'

/**
 * The rules of event patterns written down as they are told, without any thought for speed: flatten the event, take
 * every branch, try every leaf. Patterns have to be valid. Only the reading of JSON text is shared with the engine.
 */
export function matchesSlowly(patternText: string, eventText: string): boolean {
  const pattern = readJson(patternText)
  if (pattern.kind !== 'object') throw new Error('a pattern is an object')
  const leaves = flatten(readJson(eventText))
  return branchesOf(pattern, null, [new Map()]).some((branch) => {
    const paths = [...branch.keys()].sort()
    return search({ branch, paths, leaves }, 0, new Map())
  })
}

type Scalar = Exclude<JsonNode, { kind: 'object' | 'array' }>
/** Array number → element index. */
type Membership = ReadonlyMap<number, number>
type Branch = ReadonlyMap<string, readonly JsonNode[]>

interface Leaf {
  readonly value: Scalar
  readonly membership: Membership
}

function branchesOf(object: ObjectNode, prefix: string | null, before: readonly Branch[]): readonly Branch[] {
  let branches = before
  const lastOf = new Map(object.members.map(({ name, value }) => [name, value]))
  for (const { name, value } of object.members) {
    if (lastOf.get(name) !== value) continue
    const path = prefix === null ? name : `${prefix}.${name}`
    const current = branches
    if (name === '$or' && value.kind === 'array')
      branches = value.items.flatMap((item) => (item.kind === 'object' ? branchesOf(item, prefix, current) : []))
    else if (value.kind === 'object') branches = branchesOf(value, path, current)
    else if (value.kind === 'array') branches = current.map((branch) => new Map([...branch, [path, value.items]]))
  }
  return branches
}

function flatten(root: JsonNode): ReadonlyMap<string, readonly Leaf[]> {
  const leaves = new Map<string, Leaf[]>()
  let arrays = 0
  const visit = (node: JsonNode, path: string | null, membership: Membership): void => {
    if (node.kind === 'object')
      for (const { name, value } of node.members) visit(value, path === null ? name : `${path}.${name}`, membership)
    else if (node.kind === 'array') {
      arrays += 1
      const array = arrays
      for (const [index, item] of node.items.entries()) {
        const isLeaf = item.kind !== 'object' && item.kind !== 'array'
        visit(item, path, isLeaf ? membership : new Map([...membership, [array, index]]))
      }
    } else leaves.set(path ?? '', [...(leaves.get(path ?? '') ?? []), { value: node, membership }])
  }
  visit(root, null, new Map())
  return leaves
}

interface Search {
  readonly branch: Branch
  readonly paths: readonly string[]
  readonly leaves: ReadonlyMap<string, readonly Leaf[]>
}

function search(given: Search, i: number, bound: Membership): boolean {
  const path = given.paths[i]
  if (path === undefined) return true
  const matchers = given.branch.get(path) ?? []
  let found = false
  for (const leaf of given.leaves.get(path) ?? []) {
    const merged = merge(bound, leaf.membership)
    if (merged === null) continue
    found = true
    if (matchers.some((matcher) => accepts(matcher, leaf.value)) && search(given, i + 1, merged)) return true
  }
  return !found && matchers.some(isExistsFalse) && search(given, i + 1, bound)
}

function merge(a: Membership, b: Membership): Membership | null {
  for (const [array, index] of b) if (a.has(array) && a.get(array) !== index) return null
  return new Map([...a, ...b])
}

function operatorOf(matcher: JsonNode): readonly [string, JsonNode] | null {
  const member = matcher.kind === 'object' ? matcher.members[0] : undefined
  return member ? [member.name, member.value] : null
}

function isExistsFalse(matcher: JsonNode): boolean {
  const [name, value] = operatorOf(matcher) ?? []
  return name === 'exists' && value?.kind === 'literal' && value.value === false
}

function accepts(matcher: JsonNode, leaf: Scalar): boolean {
  const operator = operatorOf(matcher)
  if (operator) return acceptsByOperator(operator[0], operator[1], leaf)
  if (matcher.kind === 'string')
    return leaf.kind === 'string' && (leaf.value === matcher.value || isSameAddress(leaf.value, matcher.value))
  if (matcher.kind === 'number') return leaf.kind === 'number' && isSameNumber(leaf.text, matcher.text)
  return matcher.kind === 'literal' && leaf.kind === 'literal' && leaf.value === matcher.value
}

function acceptsByOperator(name: string, argument: JsonNode, leaf: Scalar): boolean {
  const text = leaf.kind === 'string' ? leaf.value : null
  const fold = operatorOf(argument)
  const wanted = argument.kind === 'string' ? argument.value : ''
  switch (name) {
    case 'exists':
      return argument.kind === 'literal' && argument.value === true
    case 'prefix':
      return text !== null && (fold ? foldedAt(text, 0, stringOf(fold[1])) !== null : text.startsWith(wanted))
    case 'suffix':
      return text !== null && (fold ? endsFolded(text, stringOf(fold[1])) : text.endsWith(wanted))
    case 'equals-ignore-case':
      return text !== null && foldedAt(text, 0, wanted)?.has(text.length) === true
    case 'wildcard':
      return text !== null && wild(text, wanted)
    case 'numeric':
      return argument.kind === 'array' && leaf.kind === 'number' && isInRange(leaf.text, argument.items)
    case 'cidr':
      return text !== null && isInBlock(text, wanted)
    case 'anything-but':
      return !isExcluded(argument, leaf)
    default:
      throw new Error(`unknown operator ${name}`)
  }
}

const stringOf = (node: JsonNode) => (node.kind === 'string' ? node.value : '')

/** All the places at which a folded reading of `wanted` from `at` can end, or `null` when there is none. */
function foldedAt(text: string, at: number, wanted: string): ReadonlySet<number> | null {
  let ends = [at]
  for (const char of wanted.split('')) {
    const forms = [char.toLowerCase(), char.toUpperCase()]
    ends = ends.flatMap((end) => forms.flatMap((form) => (text.startsWith(form, end) ? end + form.length : [])))
  }
  return ends.length > 0 ? new Set(ends) : null
}

const endsFolded = (text: string, wanted: string) =>
  Array.from({ length: text.length + 1 }, (_, at) => at).some((at) => foldedAt(text, at, wanted)?.has(text.length))

function wild(text: string, pattern: string): boolean {
  if (pattern === '') return text === ''
  if (pattern[0] === '*')
    return Array.from({ length: text.length + 1 }, (_, at) => at).some((at) => wild(text.slice(at), pattern.slice(1)))
  const skip = pattern[0] === '\\' ? 1 : 0
  return text !== '' && text[0] === pattern[skip] && wild(text.slice(1), pattern.slice(skip + 1))
}

/** Digits without a point, times a power of ten; without zeros at the end. */
function exact(text: string): { digits: bigint; power: number } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  let digits = BigInt(whole + fraction)
  let power = Number(exponent) - fraction.length
  while (digits !== 0n && digits % 10n === 0n) {
    digits /= 10n
    power += 1
  }
  return digits === 0n ? { digits, power: 0 } : { digits, power }
}

const isExactlySame = (a: string, b: string) => exact(a).digits === exact(b).digits && exact(a).power === exact(b).power

const isComparable = (text: string) => Number.isFinite(Number(text)) && isExactlySame(text, String(Number(text)))

const isSameNumber = (leaf: string, wanted: string) =>
  leaf === wanted || (isComparable(leaf) && isComparable(wanted) && Number(leaf) === Number(wanted))

function isInRange(text: string, terms: readonly JsonNode[]): boolean {
  if (!isComparable(text)) return false
  const [operator, bound, ...more] = terms
  const value = Number(text)
  const limit = bound?.kind === 'number' ? Number(bound.text) : NaN
  const holds = {
    '=': value === limit,
    '<': value < limit,
    '<=': value <= limit,
    '>': value > limit,
    '>=': value >= limit,
  }
  const isHeld = operator?.kind === 'string' && holds[operator.value as keyof typeof holds]
  return isHeld && (more.length === 0 || isInRange(text, more))
}

function isExcluded(argument: JsonNode, leaf: Scalar): boolean {
  if (argument.kind === 'array') return argument.items.some((item) => isExcluded(item, leaf))
  const nested = operatorOf(argument)
  if (!nested) {
    if (argument.kind === 'number') return leaf.kind === 'number' && isSameNumber(leaf.text, argument.text)
    return argument.kind === 'string' && leaf.kind === 'string' && leaf.value === argument.value
  }
  const [name, texts] = nested
  const list = texts.kind === 'array' ? texts.items : [texts]
  return list.some((text) => acceptsByOperator(name, text, leaf))
}

/** An address as bits; `null` when the text is none. */
function bitsOf(text: string): string | null {
  const toBits = (values: readonly number[], width: number) =>
    values.map((value) => value.toString(2).padStart(width, '0')).join('')
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const bytes = text.split('.').map(Number)
    return bytes.every((byte) => byte < 256) ? toBits(bytes, 8) : null
  }
  if (!/^[0-9a-fA-F:]+$/.test(text) || !text.includes(':')) return null
  const [head = '', tail, extra] = text.split('::')
  const groupsOf = (part: string) => (part === '' ? [] : part.split(':'))
  const [left, right] = [groupsOf(head), groupsOf(tail ?? '')]
  const missing = 8 - left.length - right.length
  if (extra !== undefined || (tail === undefined ? missing !== 0 : missing < 1)) return null
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null
  return toBits(
    groups.map((group) => parseInt(group, 16)),
    16,
  )
}

const isSameAddress = (a: string, b: string) => bitsOf(a) !== null && bitsOf(a) === bitsOf(b)

function isInBlock(text: string, block: string): boolean {
  const [base = '', mask = ''] = block.split('/')
  const [wanted, given] = [bitsOf(base), bitsOf(text)]
  const length = Number(mask)
  return wanted?.length === given?.length && wanted?.slice(0, length) === given?.slice(0, length) && given !== null
}
