import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { JsonFault, parseJsonObject, readJson, type JsonMember, type JsonNode, type ObjectNode } from './json-text.ts'
import { Machine } from './machine.ts'
import type { Branch, Matcher } from './matcher.ts'
import { PatternFault, refuse, type Path } from './pattern-fault.ts'
import { readMatchers } from './pattern-matchers.ts'

/** A compiled event pattern: an event matches when one of the branches does. */
export interface Pattern {
  readonly branches: readonly Branch[]
}

/** Why a text is no event pattern, and where. Line and column count from 1. */
export interface PatternError {
  readonly code: 'InvalidEventPatternException'
  /** `Event pattern is not valid. Reason: …`, then the place. */
  readonly message: string
  readonly reason: string
  readonly line: number
  readonly column: number
  /** Names on the way to the fault, joined with `.`; empty at the root. */
  readonly path: string
}

/** Ways through all `$or` of a pattern; more is refused, as memory would be. */
const MAX_BRANCHES = 1000

/**
 * Compiles the text of an event pattern (EventBridge User Guide, "Event patterns" and "Comparison operators").
 * Of a name that occurs twice in one object the last is kept, but both have to be valid.
 */
export function compilePattern(text: string): Result<Pattern, PatternError> {
  try {
    const root = readJson(text)
    if (root.kind !== 'object') refuse('Filter is not an object', root, [])
    return ok({ branches: readFields(root, { path: [], inOr: false }, [new Map()]).map(toBranch) })
  } catch (fault) {
    if (fault instanceof PatternFault) return fail(toError(text, fault.message, fault.at, fault.path))
    if (fault instanceof JsonFault) return fail(toError(text, fault.message, fault.at, []))
    throw fault
  }
}

/** A branch in the making: path → matchers, where a later list for the same path replaces an earlier one. */
type Draft = Map<string, readonly Matcher[]>

interface Place {
  readonly path: Path
  readonly inOr: boolean
}

/** Adds the fields of an object to every draft. @returns the drafts, of which `$or` makes more */
function readFields(object: ObjectNode, place: Place, drafts: readonly Draft[]): readonly Draft[] {
  if (object.members.length === 0) refuse('Empty objects are not allowed', object, place.path)
  const last = new Map(object.members.map((member) => [member.name, member]))
  return object.members.reduce((current, member) => {
    if (last.get(member.name) === member) return readField(member, place, current)
    // Overruled by a later one, but it has to be valid all the same.
    readField(member, place, [new Map()])
    return current
  }, drafts)
}

function readField(member: JsonMember, place: Place, drafts: readonly Draft[]): readonly Draft[] {
  const { name, value } = member
  if (name === '$or') return readOr(value, place, drafts)
  const path = [...place.path, name]
  if (place.inOr && RESERVED.has(name))
    refuse(`${name} is Ruler reserved fieldName which cannot be used inside $or.`, member, path)
  if (value.kind === 'object') return readFields(value, { path, inOr: place.inOr }, drafts)
  if (value.kind !== 'array') return refuse(`"${name}" must be an object or an array`, value, path)
  if (value.items.length === 0) refuse('Empty arrays are not allowed', value, path)
  const matchers = readMatchers(value, path)
  const joined = path.join('.')
  for (const draft of drafts) draft.set(joined, matchers)
  return drafts
}

/** `$or` adds nothing to the path: its alternatives are read where it stands, each for copies of the drafts. */
function readOr(value: JsonNode, place: Place, drafts: readonly Draft[]): readonly Draft[] {
  const path = [...place.path, '$or']
  if (value.kind !== 'array') return refuse('It must be an Array followed with $or.', value, path)
  if (value.items.length < 2) refuse('There must have at least 2 Objects in $or relationship.', value, path)
  let count = 0
  return value.items.flatMap((item) => {
    if (item.kind !== 'object') return refuse('Only JSON object is allowed in array of $or relationship.', item, path)
    const copies = drafts.map((draft) => new Map(draft))
    const extended = readFields(item, { path: place.path, inOr: true }, copies)
    count += extended.length
    if (count > MAX_BRANCHES)
      refuse(`Rule is too complex - its $or relationships make more than ${MAX_BRANCHES} combinations`, value, path)
    return extended
  })
}

const RESERVED: ReadonlySet<string> = new Set(
  [
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard',
    'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range',
    'ip-address-in-range ip-address-not-in-range',
  ].flatMap((names) => names.split(' ')),
)

const toBranch = (draft: Draft): Branch =>
  [...draft.keys()].sort().map((path) => ({ path, matchers: draft.get(path) ?? [] }))

function toError(text: string, reason: string, at: number, path: Path): PatternError {
  const before = text.slice(0, at).split('\n')
  const line = before.length
  const column = (before.at(-1) ?? '').length + 1
  return {
    code: 'InvalidEventPatternException',
    message: `Event pattern is not valid. Reason: ${reason}\n at [line: ${line}, column: ${column}]`,
    reason,
    line,
    column,
    path: path.join('.'),
  }
}

/** What has been compiled of a pattern follows from it, so it hangs on its identity. */
const machines = new WeakMap<Pattern, Machine>()

/**
 * Whether an event matches, from its JSON text, so that digits of numbers, repeated names and dots in names count.
 *
 * @returns `false` also when the text is not a JSON object, wherever its fault may be
 */
export function matches(pattern: Pattern, eventText: string): boolean {
  if (parseJsonObject(eventText) === null) return false
  const known = machines.get(pattern)
  if (known && !known.isFull) return known.rulesOf(eventText).length > 0
  const machine = new Machine([{ name: 'pattern', branches: pattern.branches }])
  machines.set(pattern, machine)
  return machine.rulesOf(eventText).length > 0
}
