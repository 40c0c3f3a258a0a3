import { describe, expect, it } from 'vitest'

import type { City } from '../../../server/city/city.ts'
import { openGarage, stepGarage, type GarageState } from '../../../server/city/garage.ts'
import { causesOf, type Letter, type Thing } from '../../../server/city/ledger.ts'
import { describeRemediationExecutionStatus } from '../../../server/services/config/remediation.ts'
import type { RemediationStart } from '../../../shared/aws/item.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { Fact } from '../../../shared/model/fact.ts'
import { playMs } from '../../../shared/units.ts'
import { context, later } from '../../support/facts.ts'
import { discovery } from '../../support/test-city.ts'
import { join, openWorkshop, PLATE, play } from '../../support/workshop.ts'

const records = (city: City, eventName: string) =>
  [...city.ledger.recent.values()].flatMap(({ thing }: { thing: Thing }) =>
    thing.kind === 'record' && thing.it.call.eventName === eventName ? [thing.it] : [],
  )
const verdictOf = (city: City, rule: string) =>
  city.config.rules.find(({ definition }) => definition.configRuleName === rule)?.results[
    `City::Fleet::Vehicle/${PLATE}`
  ]?.complianceType

/** A parked car with one broken part, and an inspector on the way to it. */
function breakPart(part: 'headlights' | 'tyres', value: number | boolean) {
  const letters: Letter[] = []
  const begin = [
    join,
    { kind: 'assist', seatId: 's1', assists: { steering: true, braking: true, speedCap: 1, autopilot: false } },
    { kind: 'set-part', plate: PLATE, part, value, cause: null },
    { kind: 'send-unit', errandId: 'test', unit: 'inspector', plate: PLATE, cause: '1/1' },
  ] as const
  const { city } = play(openWorkshop(), 3600, { begin, each: (now) => letters.push(...now.letters) })
  return { city, letters }
}

describe('a work order', () => {
  it('[CITY-23] brings a tow truck that mends the part; the inspector’s new item makes the car COMPLIANT', () => {
    const { city, letters } = breakPart('headlights', false)
    expect(verdictOf(city, 'headlights-working')).toBe('COMPLIANT')
    const [started] = records(city, 'StartAutomationExecution').filter(({ call }) => call.errorCode === undefined)
    expect(started?.record['userIdentity']).toMatchObject({ invokedBy: 'config.amazonaws.com' })
    expect(started?.call.requestParameters).toEqual({
      documentName: 'City-RepairHeadlights',
      parameters: { Plate: [PLATE] },
    })
    const letter = letters.find(({ entry }) => entry.from === 'City-RepairHeadlights')
    const chain = causesOf(city.ledger, letter?.id ?? '0/0').map(({ thing }) => thing.kind)
    expect(chain.slice(-6)).toEqual(['item', 'compliance', 'remediation', 'fact', 'fact', 'letter'])
    const resourceKeys = [{ resourceType: 'City::Fleet::Vehicle', resourceId: PLATE }] as const
    const status = describeRemediationExecutionStatus(city.config, {
      configRuleName: 'headlights-working',
      resourceKeys,
    })
    expect(status).toMatchObject({ ok: true, value: { entries: [{ State: 'SUCCEEDED' }] } })
    expect(city.garage).toMatchObject({ waiting: [], out: {} })
  })

  it('[CITY-24] for a procedure that nobody knows fails five times, and then an exception stands', () => {
    const { city } = breakPart('tyres', 1)
    expect(verdictOf(city, 'tyre-tread-minimum')).toBe('NON_COMPLIANT')
    const failed = records(city, 'StartAutomationExecution').filter(({ call }) => call.errorCode !== undefined)
    expect(failed).toHaveLength(5)
    expect(city.config.exceptions).toMatchObject([{ configRuleName: 'tyre-tread-minimum' }])
  })
})

describe('city hall', () => {
  it('[CITY-28] can be walked back to from the verdict that its rule changed, and from there to the fine', () => {
    const { city: known, letters } = breakPart('tyres', 2.5)
    expect(verdictOf(known, 'tyre-tread-minimum')).toBe('COMPLIANT')
    const [put] = discovery.injects.filter(({ change }) => change.kind === 'put-config-rule')
    const rule = put?.change.kind === 'put-config-rule' ? put.change.rule : null
    const cause = letters.find(({ entry }) => entry.kind === 'fine')?.id ?? null
    if (rule === null) throw new Error('Discovery puts no rule')
    const acts = [{ kind: 'put-config-rule', rule, cause }] as const
    const { city } = play({ ...known, carried: { ...known.carried, acts } }, 2)
    expect(verdictOf(city, 'tyre-tread-minimum')).toBe('NON_COMPLIANT')
    const changes = [...city.ledger.recent.values()].filter(({ thing }) => thing.kind === 'compliance')
    const chain = causesOf(city.ledger, changes.at(-1)?.thing.it.id ?? '0/0').map(({ thing }) => thing)
    expect(chain.slice(-4).map(({ kind }) => kind)).toEqual(['letter', 'record', 'run', 'compliance'])
    const record = chain.at(-3)
    expect(record?.kind === 'record' && record.it.call.eventName).toBe('PutConfigRule')
    expect(chain[0]?.it.cause).toBeNull()
  })
})

describe('the garage', () => {
  const at = { playMs: playMs(0), serviceMs: later(0) }
  const order = (n: number, targetId = 'City-RepairBrakes'): RemediationStart => ({
    id: `5/${n}`,
    cause: '4/1',
    executionId: `e${n}`,
    configRuleName: 'brakes-in-order',
    resourceType: 'City::Fleet::Vehicle',
    resourceId: `FR-00${n}-NV`,
    targetId,
    parameters: {},
  })
  const out = (errandId: string, reason: 'all-out' | 'no-target'): Fact => ({
    kind: 'unit-unavailable',
    id: '6/1',
    cause: '5/1',
    errandId,
    reason,
  })
  const step = (
    state: GarageState,
    { orders = [], facts = [], ms = 0 }: { orders?: readonly RemediationStart[]; facts?: readonly Fact[]; ms?: number },
  ) => stepGarage(state, { facts, orders }, { ctx: context(later(ms)), at })
  const sentTo = ({ commands }: ReturnType<typeof step>) =>
    commands.map((command) => (command.kind === 'send-unit' ? command.plate : command.kind))

  it('[CITY-25] keeps orders that find all trucks out waiting, first come first served', () => {
    const first = step(openGarage(later(0)), { orders: [order(1), order(2)] })
    expect(sentTo(first)).toEqual(['FR-001-NV'])
    const refused = step(first.state, { facts: [out('garage-e1', 'all-out')], ms: 600 })
    expect([refused.outcomes, sentTo(refused)]).toEqual([[], []])
    expect(refused.state.waiting.map(({ executionId }) => executionId)).toEqual(['e1', 'e2'])
    expect(sentTo(step(refused.state, { ms: 12_599 }))).toEqual([])
    expect(sentTo(step(refused.state, { ms: 12_600 }))).toEqual(['FR-001-NV'])
  })

  it('[CITY-25] reports a failure when the vehicle is gone, and stays the same when nothing happens', () => {
    const first = step(openGarage(later(0)), { orders: [order(1)] })
    const gone = step(first.state, { facts: [out('garage-e1', 'no-target')] })
    expect(gone.outcomes).toMatchObject([{ executionId: 'e1', outcome: 'FAILED' }])
    const foreign = step(gone.state, { facts: [out('somebody-else' as CauseId, 'all-out')] })
    expect(foreign.state).toBe(gone.state)
  })
})
