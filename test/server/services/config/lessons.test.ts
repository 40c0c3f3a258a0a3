import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/json.ts'
import {
  describeComplianceByConfigRule,
  getComplianceDetailsByConfigRule,
} from '../../../../server/services/config/compliance.ts'
import { getResourceConfigHistory } from '../../../../server/services/config/history.ts'
import {
  deleteRemediationExceptions,
  putRemediationConfiguration,
} from '../../../../server/services/config/remediation.ts'
import type { ConfigOutput } from '../../../../server/services/config/state.ts'
import { START, ConfigBench, managed, only, seen, valueOf, vehicle } from './bench.ts'

const HOUR = 3600
const PLATES = Array.from({ length: 12 }, (_, n) => `FR-${String(n + 1).padStart(3, '0')}`)
const DARK = { headlights: { working: false } }
const WORN = { tyres: { treadMm: 1.2 } }

/** The inspector's desk of scenario S4, with a fleet of twelve; FR-012 is a motorbike. Times are service seconds. */
function desk(): ConfigBench {
  const bench = new ConfigBench([
    managed('HEADLIGHTS_WORKING'),
    managed('TYRE_TREAD_MINIMUM', { maximumExecutionFrequency: 'One_Hour' }),
    managed('SEAT_BELT_FASTENED'),
  ])
  bench.step(1, { changes: PLATES.map((resourceId) => seen({ resourceId, configuration: parts(resourceId) })) })
  return bench
}

const parts = (plate: string, more: JsonObject = {}) =>
  vehicle(0.1, { kind: plate === 'FR-012' ? 'motorbike' : 'sedan', ...more })

const told = (out: ConfigOutput) => out.compliance.map((change) => `${change.resourceId} ${change.to}`)

describe('the technical inspection (S4)', () => {
  it('[CONFIG-10] lost headlights are found within 15 s of a change, and nothing stops the car', () => {
    const bench = desk()
    const out = bench.see(720, { resourceId: 'FR-003', configuration: parts('FR-003', DARK) })
    expect(told(out)).toEqual(['FR-003 NON_COMPLIANT'])
    expect(out.events.map((event) => event.time - START)).toEqual([720_000, 720_000])
    expect(bench.state.resources['City::Fleet::Vehicle/FR-003']?.seen.configuration).toMatchObject(DARK)
  })

  it('[CONFIG-13] worn tyres stay unnoticed until the hour, then four cars are flagged at once', () => {
    const bench = desk()
    expect(told(bench.step(HOUR))).toEqual(PLATES.map((plate) => `${plate} COMPLIANT`))
    for (const plate of PLATES.slice(0, 4)) {
      expect(told(bench.see(2 * HOUR - 900, { resourceId: plate, configuration: parts(plate, WORN) }))).toEqual([])
    }
    expect(told(bench.step(2 * HOUR - 1))).toEqual([])
    expect(told(bench.step(2 * HOUR))).toEqual(PLATES.slice(0, 4).map((plate) => `${plate} NON_COMPLIANT`))
  })

  it('[CONFIG-11] the motorbike shows NOT_APPLICABLE under the belt rule, belt or no belt', () => {
    const bench = desk()
    bench.see(60, { resourceId: 'FR-012', configuration: parts('FR-012', { seatBelt: { fastened: false } }) })
    const request = { configRuleName: 'seat-belt-fastened', complianceTypes: ['NOT_APPLICABLE'] } as const
    const { entries } = valueOf(getComplianceDetailsByConfigRule(bench.state, request))
    expect(only(entries)).toMatchObject({
      EvaluationResultIdentifier: { EvaluationResultQualifier: { ResourceId: 'FR-012' } },
    })
    expect(valueOf(describeComplianceByConfigRule(bench.state)).entries[2]).toMatchObject({
      Compliance: { ComplianceType: 'COMPLIANT' },
    })
  })

  it('[CONFIG-33] a broken work order fails five times and stops; mended, it repairs once its exception is gone', () => {
    const bench = desk()
    const order = (targetId: string) => ({
      configRuleName: 'headlights-working',
      targetType: 'SSM_DOCUMENT',
      targetId,
      automatic: true,
    })
    bench.change((state, ctx) => putRemediationConfiguration(state, order('BrokenOrder'), ctx))
    let starts = bench.see(100, { resourceId: 'FR-003', configuration: parts('FR-003', DARK) }).remediations
    let tries = starts.length
    for (let tick = 1; tick <= 50; tick += 1) {
      const remediationOutcomes = starts.map(({ executionId }) => ({ executionId, outcome: 'FAILED' }) as const)
      starts = bench.step(100 + tick * 0.6, { remediationOutcomes }).remediations
      tries += starts.length
    }
    expect(tries).toBe(5)
    expect(only(bench.state.exceptions).message).toContain('5 attempts failed within 60 s')

    const key = { resourceType: 'City::Fleet::Vehicle', resourceId: 'FR-003' }
    bench.change((state) =>
      deleteRemediationExceptions(state, { configRuleName: 'headlights-working', resourceKeys: [key] }),
    )
    bench.change((state, ctx) => putRemediationConfiguration(state, order('FitBulbs'), ctx), 200)
    const repair = only(bench.step(200).remediations)
    expect(repair).toMatchObject({ targetId: 'FitBulbs', resourceId: 'FR-003' })
    const outcome = { executionId: repair.executionId, outcome: 'SUCCEEDED' } as const
    const change = seen({ resourceId: 'FR-003', configuration: parts('FR-003') })
    expect(told(bench.step(248, { remediationOutcomes: [outcome], changes: [change] }))).toEqual(['FR-003 COMPLIANT'])
  })

  it('[CONFIG-28] the timeline says when car 12 lost its lights; who did it stands in the logbook alone', () => {
    const bench = desk()
    bench.see(1234, { resourceId: 'FR-012', cause: '2056/4', configuration: parts('FR-012', DARK) })
    const request = { resourceType: 'City::Fleet::Vehicle', resourceId: 'FR-012' }
    const [newest, before] = valueOf(getResourceConfigHistory(bench.state, request)).configurationItems
    expect(newest).toMatchObject({ configurationItemCaptureTime: START / 1000 + 1234, relatedEvents: [] })
    expect(before).toMatchObject({ configuration: JSON.stringify(parts('FR-012')) })
    expect(bench.state.resources['City::Fleet::Vehicle/FR-012']?.seen.cause).toBe('2056/4')
  })
})

describe('a sign and its owner (S5)', () => {
  const sign = (limitKmh: number) => ({
    resourceType: 'City::Road::Sign',
    resourceId: 'A7',
    configuration: { limitKmh, plannedKmh: 50 },
  })

  it('[CONFIG-16] only the change to the bad state is told: writing 50 over 50 changes nothing', () => {
    const bench = new ConfigBench([managed('SIGN_SHOWS_LIMIT')])
    const changes = [50, 50, 70, 70, 80, 50, 50].map((limitKmh, n) => told(bench.see(n + 1, sign(limitKmh))))
    expect(changes).toEqual([['A7 COMPLIANT'], [], ['A7 NON_COMPLIANT'], [], [], ['A7 COMPLIANT'], []])
  })

  it('[CONFIG-12] a rule may know the limit itself', () => {
    const bench = new ConfigBench([managed('SIGN_SHOWS_LIMIT', { inputParameters: '{"limitKmh":"30"}' })])
    expect(told(bench.see(1, sign(50)))).toEqual(['A7 NON_COMPLIANT'])
    expect(told(bench.see(2, sign(30)))).toEqual(['A7 COMPLIANT'])
  })
})
