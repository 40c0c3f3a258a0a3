import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json, JsonObject } from '../../shared/json.ts'
import { toDiff } from '../../server/services/config/diff.ts'
import { toPage } from '../../server/services/config/page.ts'
import { parsePolicy } from '../../server/services/config/policy-parse.ts'
import { sameJson } from '../../server/services/config/same-json.ts'
import { isInScope } from '../../server/services/config/scope.ts'
import type { RuleDefinition, Scope } from '../../server/services/config/state.ts'
import { valueOf } from '../server/services/config/bench.ts'

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
const object = fc.dictionary(fc.string({ maxLength: 6 }), json, { maxKeys: 6 }) as fc.Arbitrary<JsonObject>

/** The value with the keys of all its objects in one order. */
function sorted(value: Json | undefined): Json {
  if (typeof value !== 'object' || value === null) return value ?? null
  if (Array.isArray(value)) return value.map((entry: Json) => sorted(entry))
  const entries = Object.entries(value as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]))
}
const canonical = (value: Json) => JSON.stringify(sorted(value))

/** The same value with its keys written in the other direction. */
function turned(value: Json | undefined): Json {
  if (typeof value !== 'object' || value === null) return value ?? null
  if (Array.isArray(value)) return value.map((entry: Json) => turned(entry))
  const entries = Object.entries(value as JsonObject).toReversed()
  return Object.fromEntries(entries.map(([key, entry]) => [key, turned(entry)]))
}

it('[CONFIG-2] two states are the same when their JSON is, whatever the order of keys', () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(sameJson(a, turned(a))).toBe(true)
      expect(sameJson(a, b)).toBe(canonical(a) === canonical(b))
      expect(sameJson(b, a)).toBe(sameJson(a, b))
    }),
    { numRuns: 500 },
  )
})

const form = (configuration: JsonObject | null, tags: Record<string, string> = {}) => ({
  configuration,
  tags,
  relationships: [],
})

interface Changed {
  readonly previousValue: Json
  readonly updatedValue: Json
}

/** Makes the second state out of the first one and the difference. */
function applied(before: JsonObject, diff: JsonObject): JsonObject {
  const after = new Map(Object.entries(before))
  for (const [path, change] of Object.entries(diff['changedProperties'] as JsonObject)) {
    const { updatedValue } = change as unknown as Changed
    after.set(path.slice('Configuration.'.length), updatedValue)
  }
  return Object.fromEntries([...after].filter(([, value]) => value !== null)) as JsonObject
}

const withoutNulls = (value: JsonObject) => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null))

it('[CONFIG-6] a difference leads from the first state to the second one, and names nothing that is the same', () => {
  fc.assert(
    fc.property(object, object, (before, after) => {
      const diff = toDiff(form(before), form(after))
      expect(diff['changeType']).toBe('UPDATE')
      expect(sameJson(applied(before, diff), withoutNulls(after))).toBe(true)
      const changed = Object.values(diff['changedProperties'] as JsonObject) as unknown as Changed[]
      expect(changed.filter(({ previousValue, updatedValue }) => sameJson(previousValue, updatedValue))).toEqual([])
      expect(toDiff(form(before), form(turned(before) as JsonObject))['changedProperties']).toEqual({})
    }),
    { numRuns: 300 },
  )
})

it('[CONFIG-6] tags and relationships are compared like properties', () => {
  const relationship = { resourceType: 'City::Road::Road', resourceId: 'A7', relationshipName: 'Is on Road' }
  const before = { ...form({}, { owner: 'hall', team: 'a' }), relationships: [relationship] }
  const after = { ...form({}, { owner: 'fire', team: 'a' }), relationships: [] }
  expect(toDiff(before, after)['changedProperties']).toEqual({
    'Tags.owner': { previousValue: 'hall', updatedValue: 'fire', changeType: 'UPDATE' },
    'Relationships.0': { previousValue: relationship, updatedValue: null, changeType: 'DELETE' },
  })
})

const types = fc.constantFrom('City::Fleet::Vehicle', 'City::Road::Sign', 'City::Road::Barrier')
const ids = fc.constantFrom('a', 'b')
const keys = fc.constantFrom('owner', 'team', 'constructor')
const tags = fc.dictionary(keys, fc.constantFrom('x', 'y'))

const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant({}),
  fc.record({ complianceResourceTypes: fc.uniqueArray(types, { minLength: 1 }) }),
  fc.record({ complianceResourceTypes: types.map((type) => [type]), complianceResourceId: ids }),
  fc.record({ tagKey: keys }),
  fc.record({ tagKey: keys, tagValue: fc.constantFrom('x', 'y') }),
)

it('[CONFIG-18] a resource is in scope when no part of the scope speaks against it', () => {
  const resource = fc.record({ resourceType: types, resourceId: ids, form: fc.record({ tags }) })
  fc.assert(
    fc.property(scope, resource, (given, { resourceType, resourceId, form: { tags: worn } }) => {
      const own = new Map(Object.entries(worn))
      const against = [
        given.complianceResourceTypes !== undefined && !given.complianceResourceTypes.includes(resourceType),
        given.complianceResourceId !== undefined && given.complianceResourceId !== resourceId,
        given.tagKey !== undefined && !own.has(given.tagKey),
        given.tagValue !== undefined && own.get(given.tagKey ?? '') !== given.tagValue,
      ]
      const definition: RuleDefinition = {
        configRuleName: 'r',
        description: '',
        scope: given,
        source: { owner: 'CUSTOM_LAMBDA', sourceIdentifier: 'f', messageTypes: [] },
        inputParameters: '{}',
        maximumExecutionFrequency: null,
      }
      expect(isInScope(definition, { resourceType, resourceId, form: { tags: worn } })).toBe(!against.includes(true))
    }),
    { numRuns: 500 },
  )
})

it('[CONFIG-27] pages laid side by side are the list, whatever their length', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 60 }), fc.integer({ min: 0, max: 100 }), (list, limit) => {
      const seen: number[] = []
      let nextToken: string | undefined
      do {
        const page = valueOf(toPage(list, { limit, ...(nextToken === undefined ? {} : { nextToken }) }, 10))
        expect(page.entries.length).toBeLessThanOrEqual(limit || 10)
        seen.push(...page.entries)
        nextToken = page.nextToken
      } while (nextToken !== undefined)
      expect(seen).toEqual(list)
    }),
  )
})

it('[CONFIG-36] any text is a policy or is refused with a line of its own', () => {
  const word = fc.constantFrom(
    'rule',
    'r',
    'when',
    '{',
    '}',
    'a.b',
    '==',
    '1',
    '"x"',
    'exists',
    '!',
    'or',
    '[',
    ']',
    ',',
    '\n',
    '<<m>>',
    '~',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
      ),
      (text) => {
        const policy = parsePolicy(text)
        const line = policy.ok ? 1 : policy.error.line
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(text.split('\n').length)
      },
    ),
    { numRuns: 1000 },
  )
})
