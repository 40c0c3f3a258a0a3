import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RemediationOutcome, ResourceChange } from '../../shared/aws/item.ts'
import type { CauseId } from '../../shared/ids.ts'
import { GONE_LIMIT, HISTORY_LIMIT } from '../../server/services/config/limits.ts'
import {
  putConfigurationRecorder,
  startConfigurationRecorder,
  stopConfigurationRecorder,
} from '../../server/services/config/recorder.ts'
import { putRemediationConfiguration } from '../../server/services/config/remediation.ts'
import { putConfigRule } from '../../server/services/config/rules.ts'
import type { ConfigOutput } from '../../server/services/config/state.ts'
import { ConfigBench, at, brakes, managed, seen, vehicle } from '../server/services/config/bench.ts'

/** What may happen in a tick. */
type Act =
  | { readonly do: 'change'; readonly plate: number; readonly wear: number; readonly gone: boolean }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'repair'; readonly works: boolean }
  | { readonly do: 'stop' | 'start' | 'daily' | 'continuous' }
  | { readonly do: 'limit'; readonly maxWear: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('change' as const), plate: fc.nat(5), wear: fc.nat(3), gone: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 70, 3600, 90_000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repair' as const), works: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('stop', 'start', 'daily', 'continuous') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('limit' as const), maxWear: fc.nat(3) }) },
)

const name = { configurationRecorderName: 'default' }

/** Drives one city's inspector through the acts, and shows every tick's output. */
function play(
  acts: readonly Act[],
  look: (out: ConfigOutput, bench: ConfigBench, changes: readonly CauseId[]) => void,
) {
  const bench = new ConfigBench([
    brakes({ inputParameters: '{"maxWear":1}' }),
    managed('FUEL_RESERVE', { maximumExecutionFrequency: 'One_Hour' }),
  ])
  bench.change((state, ctx) =>
    putRemediationConfiguration(
      state,
      { configRuleName: 'brakes-in-order', targetType: 'SSM_DOCUMENT', targetId: 'x', automatic: true },
      ctx,
    ),
  )
  let second = 0
  for (const [n, next] of acts.entries()) {
    second += next.do === 'wait' ? next.seconds : 0.6
    const changes: ResourceChange[] = []
    const remediationOutcomes: RemediationOutcome[] = []
    if (next.do === 'change') {
      const configuration = next.gone ? null : vehicle(next.wear, { fuel: { share: next.wear / 10 } })
      changes.push(seen({ cause: `0/${n + 1}`, resourceId: `FR-${next.plate}`, configuration, at: at(second).now }))
    } else if (next.do === 'repair') {
      const running = bench.state.executions.filter((execution) => execution.state === 'IN_PROGRESS')
      const outcome = next.works ? 'SUCCEEDED' : 'FAILED'
      remediationOutcomes.push(...running.map(({ executionId }) => ({ executionId, outcome }) as const))
    } else control(bench, next, second)
    look(
      bench.step(second, { changes, remediationOutcomes }),
      bench,
      changes.map((change) => change.cause),
    )
  }
}

function control(bench: ConfigBench, next: Act, second: number): void {
  bench.change((state, ctx) => {
    if (next.do === 'stop') return stopConfigurationRecorder(state, name, ctx)
    if (next.do === 'start') return startConfigurationRecorder(state, name, ctx)
    if (next.do === 'limit') {
      return putConfigRule(state, brakes({ inputParameters: `{"maxWear":${next.maxWear}}` }), ctx)
    }
    const recordingFrequency = next.do === 'daily' ? 'DAILY' : 'CONTINUOUS'
    return putConfigurationRecorder(
      state,
      { name: 'default', roleARN: 'r', recordingMode: { recordingFrequency } },
      ctx,
    )
  }, second)
}

const runs = fc.array(act, { maxLength: 60 })

it('[CONFIG-16] tells a change exactly when a verdict differs from the one told before', () => {
  fc.assert(
    fc.property(runs, (acts) => {
      const told = new Map<string, string | null>()
      play(acts, (out, bench) => {
        for (const { configRuleName, resourceId, from, to } of out.compliance) {
          const key = `${configRuleName} City::Fleet::Vehicle/${resourceId}`
          // A verdict may also have been dropped by a narrower scope; then the next one is a first one.
          expect(from).toBe(told.get(key) ?? null)
          expect(to).not.toBe(from)
          told.set(key, to)
        }
        const events = out.events.filter((event) => event.detailType === 'Config Rules Compliance Change')
        expect(events.map((event) => event.cause)).toEqual(out.compliance.map((change) => change.id))
        for (const [key, type] of told) {
          const [ruleName = '', resource = ''] = key.split(' ')
          const rule = bench.state.rules.find(({ definition }) => definition.configRuleName === ruleName)
          const stored = rule?.results[resource]?.complianceType ?? null
          if (stored === null) told.delete(key)
          expect([type, null]).toContain(stored)
        }
      })
    }),
    { numRuns: 150 },
  )
})

it('[CONFIG-39] keeps plain data, gives ids once, and names a known cause for everything', () => {
  fc.assert(
    fc.property(runs, (acts) => {
      const known = new Set<string>()
      play(acts, (out, bench, changes) => {
        expect(JSON.parse(JSON.stringify(bench.state))).toEqual(bench.state)
        const caused = [...out.items, ...out.runs, ...out.compliance, ...out.remediations]
        for (const cause of [...changes, ...caused.map(({ id }) => id)]) known.add(cause)
        const causes = [...caused, ...out.events].flatMap(({ cause }) => cause ?? [])
        expect(causes.filter((cause) => !known.has(cause))).toEqual([])
        const ids = caused.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      })
    }),
    { numRuns: 100 },
  )
})

it('[CONFIG-30] never has two repairs of one resource under way for one rule', () => {
  fc.assert(
    fc.property(runs, (acts) => {
      play(acts, (_, { state }) => {
        const open = state.executions
          .filter((execution) => execution.state === 'QUEUED' || execution.state === 'IN_PROGRESS')
          .map((execution) => execution.resourceKey)
        expect(new Set(open).size).toBe(open.length)
      })
    }),
    { numRuns: 100 },
  )
})

it('[CONFIG-41] stays bounded however long a city runs and however many vehicles come and go', () => {
  const bench = new ConfigBench([brakes()])
  for (let n = 0; n < HISTORY_LIMIT + 20; n += 1) bench.see(n, { configuration: vehicle(n / 1000) })
  expect(Object.values(bench.state.resources)[0]?.items).toHaveLength(HISTORY_LIMIT)
  for (let n = 0; n < GONE_LIMIT + 50; n += 1) {
    bench.see(1000 + n, { resourceId: `FR-${n}` })
    bench.see(1000.5 + n, { resourceId: `FR-${n}`, configuration: null })
  }
  expect(Object.keys(bench.state.resources)).toHaveLength(GONE_LIMIT + 1)
  expect(Object.keys(bench.state.resources)).not.toContain('City::Fleet::Vehicle/FR-49')
  expect(Object.keys(bench.state.resources)).toContain('City::Fleet::Vehicle/FR-50')
  expect(Object.keys(bench.state.rules[0]?.results ?? {})).toHaveLength(GONE_LIMIT + 1)
})
