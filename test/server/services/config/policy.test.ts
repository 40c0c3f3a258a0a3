import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/json.ts'
import { evaluatePolicy } from '../../../../server/services/config/policy.ts'
import { parsePolicy } from '../../../../server/services/config/policy-parse.ts'
import { ConfigBench, verdicts, vehicle } from './bench.ts'

const item = (more: JsonObject = {}): JsonObject => ({
  resourceType: 'City::Fleet::Vehicle',
  configuration: { kind: 'sedan', brakes: { wear: 0.9 }, wheels: [{ mm: 4 }, { mm: 2 }], name: '' },
  tags: {},
  ...more,
})

const judge = (clauses: string) => evaluatePolicy(`rule r { ${clauses} }`, item())

describe('policies in Guard', () => {
  it.each([
    ['configuration.brakes.wear <= 0.9', 'COMPLIANT'],
    ['configuration.brakes.wear < 0.9', 'NON_COMPLIANT'],
    ['configuration.brakes.wear >= 0.9', 'COMPLIANT'],
    ['configuration.brakes.wear > 0.9', 'NON_COMPLIANT'],
    ['configuration.brakes.wear > "0.1"', 'NON_COMPLIANT'],
    ['configuration.kind == "sedan"', 'COMPLIANT'],
    ["configuration.kind != 'sedan'", 'NON_COMPLIANT'],
    ['configuration.kind in ["taxi", "sedan"]', 'COMPLIANT'],
    ['configuration.kind not in ["taxi", "sedan"]', 'NON_COMPLIANT'],
    ['configuration.kind IN ["taxi"]', 'NON_COMPLIANT'],
    ['configuration.wheels.*.mm >= 2', 'COMPLIANT'],
    ['configuration.wheels.*.mm >= 3', 'NON_COMPLIANT'],
    ['configuration.wheels.0.mm == 4', 'COMPLIANT'],
    ['configuration.roof exists', 'NON_COMPLIANT'],
    ['configuration.roof !exists', 'COMPLIANT'],
    ['configuration.roof not exists', 'COMPLIANT'],
    ['configuration.roof == 1', 'NON_COMPLIANT'],
    ['configuration.roof != 1', 'NON_COMPLIANT'],
    ['configuration.name empty', 'COMPLIANT'],
    ['configuration.kind !empty', 'COMPLIANT'],
    ['configuration.kind is_string', 'COMPLIANT'],
    ['configuration.wheels is_list', 'COMPLIANT'],
    ['configuration.brakes is_struct', 'COMPLIANT'],
    ['configuration.kind == "taxi" or configuration.brakes.wear == 0.9', 'COMPLIANT'],
    ['configuration.kind == "taxi" or configuration.brakes.wear == 0.8', 'NON_COMPLIANT'],
    ['configuration.kind == "sedan" configuration.brakes.wear == 0.8', 'NON_COMPLIANT'],
    ['when resourceType == "City::Road::Sign" { configuration.limit == 50 }', 'NOT_APPLICABLE'],
    ['when resourceType == "City::Fleet::Vehicle" { configuration.kind == "sedan" }', 'COMPLIANT'],
  ])('[CONFIG-36] %s: %s', (clauses, complianceType) => {
    expect(judge(clauses)).toMatchObject({ complianceType })
  })

  it('[CONFIG-36] skips a rule whose condition does not hold, and fails when one of several rules fails', () => {
    const text = `
      # signs only
      rule signs when resourceType == 'City::Road::Sign' { configuration.limitKmh == 50 }
      rule brakes when resourceType == 'City::Fleet::Vehicle' {
        configuration.brakes.wear <= 0.8 <<pads are gone>>
        configuration.roof exists
      }`
    expect(evaluatePolicy(text, item())).toEqual({
      complianceType: 'NON_COMPLIANT',
      annotation: 'pads are gone; configuration.roof',
    })
    expect(evaluatePolicy(text, item({ resourceType: 'City::Road::Barrier' }))).toMatchObject({
      complianceType: 'NOT_APPLICABLE',
    })
  })

  it.each([
    ['let most = 0.8 configuration.brakes.wear <= %most', 'NON_COMPLIANT'],
    ['let most := 0.9 configuration.brakes.wear <= %most', 'COMPLIANT'],
    ['let kinds = ["taxi", "sedan"] configuration.kind in %kinds', 'COMPLIANT'],
    ['let kinds = ["taxi", "sedan"] configuration.kind not in %kinds', 'NON_COMPLIANT'],
    ['let wheels = configuration.wheels %wheels.*.mm >= 2', 'COMPLIANT'],
    ['let wheels = configuration.wheels.* %wheels.mm >= 3', 'NON_COMPLIANT'],
    ['let wheels = configuration.wheels let first = %wheels.0 %first.mm == 4', 'COMPLIANT'],
    ['let roof = configuration.roof %roof !exists', 'COMPLIANT'],
    ['let roof = configuration.roof configuration.kind == %roof', 'NON_COMPLIANT'],
    ['configuration.wheels.0.mm > configuration.wheels.1.mm', 'COMPLIANT'],
    ['configuration.wheels.1.mm in configuration.wheels.*.mm', 'COMPLIANT'],
    ['configuration.brakes.wear in configuration.wheels.*.mm', 'NON_COMPLIANT'],
    ['let kind = "sedan" %kind == configuration.kind', 'COMPLIANT'],
    ['let kind = "taxi" when %kind == configuration.kind { configuration.roof exists }', 'NOT_APPLICABLE'],
    ['let n = 1 when configuration.kind exists { let n = 4 configuration.wheels.0.mm == %n }', 'COMPLIANT'],
    ['when configuration.kind exists { let n = 4 } configuration.wheels.0.mm == 4', 'COMPLIANT'],
  ])('[CONFIG-45] %s: %s', (clauses, complianceType) => {
    expect(judge(clauses)).toMatchObject({ complianceType })
  })

  it('[CONFIG-45] knows the variables of the whole file in every rule', () => {
    const text = `
      let worn = 0.8
      rule brakes { let brakes = configuration.brakes
        %brakes.wear <= %worn <<pads>> }
      rule roof { configuration.wheels.*.mm >= %worn }`
    expect(evaluatePolicy(text, item())).toEqual({ complianceType: 'NON_COMPLIANT', annotation: 'pads' })
  })

  it.each([
    ['rule r {\n a == %b }', 2],
    ['let a = 1\nlet a = 2\nrule r { b exists }', 2],
    ['rule r { let a = 1\n let a = 2 b exists }', 2],
    ['rule r { when a exists { let b = 1 c exists }\n d == %b }', 2],
    ['rule r { let b = 1 c exists }\nrule s { d == %b }', 2],
    ['rule r { let = 1 }', 1],
    ['rule r { let %a = 1 }', 1],
    ['rule r { let a 1 }', 1],
    ['rule r { let a.b = 1 }', 1],
  ])('[CONFIG-45] refuses %j with the line of its fault', (text, line) => {
    expect(parsePolicy(text)).toMatchObject({ ok: false, error: { line } })
  })

  it.each([
    ['', 1],
    ['rule', 1],
    ['rule r {', 1],
    ['rule r {\n a ~ 1 }', 2],
    ['rule r {\n\n a == }', 3],
    ['rule r { a like 1 }', 1],
    ['rule r { a in [1 2, 3 }', 1],
    ['let x = 1', 1],
    [`rule r ${'{ when a exists '.repeat(40)}`, 1],
    [`rule r {\n a in ${'['.repeat(9000)}`, 2],
    [`rule r { a exists }${'\n'.repeat(10_000)}`, 1],
    ['<<m'.repeat(3000), 1],
  ])('[CONFIG-36] refuses %j with the line of its fault', (text, line) => {
    expect(parsePolicy(text)).toMatchObject({ ok: false, error: { line } })
  })

  it('[CONFIG-36] judges items as they change, like any other rule', () => {
    const bench = new ConfigBench([
      {
        configRuleName: 'quiet',
        source: {
          owner: 'CUSTOM_POLICY',
          policyText: 'rule quiet { configuration.horn !exists }',
          messageTypes: ['ConfigurationItemChangeNotification'],
        },
      },
    ])
    expect(verdicts(bench.see(1))).toEqual(['FR-042 - > COMPLIANT'])
    expect(verdicts(bench.see(2, { configuration: vehicle(0, { horn: 'loud' }) }))).toEqual([
      'FR-042 COMPLIANT > NON_COMPLIANT',
    ])
  })
})
