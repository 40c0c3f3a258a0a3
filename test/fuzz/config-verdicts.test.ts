import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { decodeParameters } from '../../server/services/config/parameters.ts'
import { managedRule } from '../../server/services/config/managed-rules.ts'
import { rollUp } from '../../server/services/config/compliance.ts'
import {
  describeComplianceByConfigRule,
  describeComplianceByResource,
} from '../../server/services/config/compliance.ts'
import { ConfigBench, managed, valueOf } from '../server/services/config/bench.ts'

const IDENTIFIERS = [
  'BRAKES_IN_ORDER',
  'TYRE_TREAD_MINIMUM',
  'FUEL_RESERVE',
  'HEADLIGHTS_WORKING',
  'SEAT_BELT_FASTENED',
]

const part = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const anyVehicle = fc.record({
  kind: fc.constantFrom('sedan', 'taxi', 'motorbike', 'drone', 'bus'),
  brakes: part(fc.record({ wear: fc.constantFrom(0, 0.5, 0.8, 0.81, 1) })),
  tyres: part(fc.record({ treadMm: fc.constantFrom(0, 1.59, 1.6, 8) })),
  headlights: part(fc.record({ working: fc.boolean() })),
  seatBelt: part(fc.record({ fastened: fc.boolean() })),
  fuel: part(fc.record({ share: fc.constantFrom(0, 0.09, 0.1, 1) })),
})

const sights = fc.array(
  fc.record({ plate: fc.constantFrom('FR-1', 'FR-2', 'FR-3'), seen: fc.option(anyVehicle, { nil: null, freq: 5 }) }),
  { maxLength: 40 },
)

/** The configuration as JSON holds it: parts that are not there are left out. */
const asJson = (seen: object | null) => (seen === null ? null : (JSON.parse(JSON.stringify(seen)) as JsonObject))

/** What an inspector with a clear head would say of each rule and vehicle, from the last look alone. */
function clearHead(last: ReadonlyMap<string, JsonObject | null>): Map<string, string> {
  const verdicts = new Map<string, string>()
  for (const identifier of IDENTIFIERS) {
    for (const [plate, configuration] of last) {
      const verdict =
        configuration && managedRule(identifier)?.judge({ configuration, tags: {} }, decodeParameters('{}') ?? {})
      const type = verdict && 'complianceType' in verdict ? verdict.complianceType : 'NOT_APPLICABLE'
      verdicts.set(`${identifier} ${plate}`, type)
    }
  }
  return verdicts
}

it('[CONFIG-10] after any history the stored verdicts are those of the last items', () => {
  fc.assert(
    fc.property(sights, (list) => {
      const bench = new ConfigBench(
        IDENTIFIERS.map((identifier) => managed(identifier, { configRuleName: identifier })),
      )
      const last = new Map<string, JsonObject | null>()
      for (const [second, { plate, seen }] of list.entries()) {
        const configuration = asJson(seen)
        bench.see(second + 1, { resourceId: plate, configuration })
        if (configuration !== null || last.has(plate)) last.set(plate, configuration)
      }
      const stored = bench.state.rules.flatMap((rule) =>
        Object.entries(rule.results).map(([key, { complianceType }]) => {
          return [`${rule.definition.configRuleName} ${key.split('/')[1]}`, complianceType] as const
        }),
      )
      expect(new Map(stored)).toEqual(clearHead(last))
    }),
    { numRuns: 150 },
  )
})

it('[CONFIG-25] rolled up by rule and by resource, the verdicts say the same as one by one', () => {
  fc.assert(
    fc.property(sights, (list) => {
      const bench = new ConfigBench(
        IDENTIFIERS.map((identifier) => managed(identifier, { configRuleName: identifier })),
      )
      for (const [second, { plate, seen }] of list.entries()) {
        bench.see(second + 1, { resourceId: plate, configuration: asJson(seen) })
      }
      const results = bench.state.rules.map((rule) => rule.results)
      const byRule = valueOf(describeComplianceByConfigRule(bench.state)).entries
      const expected = results.map((own) => rollUp(Object.values(own).map(({ complianceType }) => complianceType)))
      expect(byRule.map((entry) => (entry['Compliance'] as JsonObject)['ComplianceType'])).toEqual(expected)
      for (const entry of valueOf(describeComplianceByResource(bench.state)).entries) {
        const key = `${String(entry['ResourceType'] as string)}/${String(entry['ResourceId'] as string)}`
        const types = results.flatMap((own) => own[key]?.complianceType ?? [])
        expect((entry['Compliance'] as JsonObject)['ComplianceType']).toBe(rollUp(types))
      }
    }),
    { numRuns: 100 },
  )
})
