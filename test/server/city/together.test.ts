import { beforeAll, describe, expect, it } from 'vitest'

import type { City } from '../../../server/city/city.ts'
import { causesOf, entryOf, type Letter, type Thing } from '../../../server/city/ledger.ts'
import { tick } from '../../../server/city/tick.ts'
import type { AlarmChange } from '../../../shared/aws/alarm.ts'
import type { Scenario } from '../../../shared/content/scenario.ts'
import { discovery, openDiscovery } from '../../support/test-city.ts'
import { openWorkshop, play } from '../../support/workshop.ts'

const CONSEQUENCES: ReadonlySet<Thing['kind']> = new Set([
  'letter', 'record', 'compliance', 'end', 'dead-letter', 'message', 'action', 'remediation', 'item', 'attempt', 'run', 'insight',
]) // prettier-ignore

/** Ids that something names as its cause and that nobody has ever seen. */
function brokenLinks(city: City): string[] {
  return [...city.ledger.recent.values()].flatMap(({ thing }) => {
    const { id, cause } = thing.it
    if (!CONSEQUENCES.has(thing.kind))
      return cause === null || entryOf(city.ledger, cause) ? [] : [`${thing.kind} ${id}`]
    const [first] = causesOf(city.ledger, id)
    return first?.thing.it.cause === null ? [] : [`${thing.kind} ${id} ends at ${first?.thing.it.id ?? 'nothing'}`]
  })
}

describe('two minutes with 300 vehicles', () => {
  let city: City
  const kinds = new Map<string, number>()
  beforeAll(() => {
    city = openDiscovery({ bots: 300 })
    for (let n = 0; n < 2400; n += 1) city = tick(city, [])
    for (const { thing } of city.ledger.recent.values()) kinds.set(thing.kind, (kinds.get(thing.kind) ?? 0) + 1)
  })

  it('[CITY-26] leave no consequence whose chain does not reach its first cause', () => {
    expect(city.ledger.recent.size).toBeLessThan(5000)
    expect(brokenLinks(city)).toEqual([])
    const missing = ['letter', 'record', 'compliance', 'end', 'item'].filter((kind) => !kinds.has(kind))
    expect(missing).toEqual([])
  })
})

describe('every service at once', () => {
  it('[CITY-26] leaves no broken chain either, with alarm actions, work orders, code and lost letters', () => {
    const { city } = play(openWorkshop(60), 2400)
    expect(brokenLinks(city)).toEqual([])
    expect(city.counts.alarmActions).toBeGreaterThan(0)
  })

  it('[CITY-22] lets a speed alarm call its units by itself, and the bulletin stand in the feed', () => {
    const letters: Letter[] = []
    const { city } = play(openWorkshop(40), 2400, { each: (now) => letters.push(...now.letters) })
    const things = [...city.ledger.recent.values()].map(({ thing }) => thing)
    const called = things.find(
      ({ kind, it }) => kind === 'start' && 'functionName' in it && it.functionName === 'witness',
    )
    const chain = causesOf(city.ledger, called?.it.id ?? '0/0').map(({ thing }) => thing.kind)
    expect(chain).toEqual(['fact', 'alarm', 'action', 'start'])
    expect(city.boards.feed.newest.some(({ text }) => text.key === 'chain.action.topic')).toBe(true)
  })
})

describe('the clocks', () => {
  const changesAt = (scale: number): readonly AlarmChange[] => {
    const scenario: Scenario = { ...discovery, clock: { ...discovery.clock, scale } }
    let city = openDiscovery({ bots: 40, scenario })
    for (let n = 0; n < 1800; n += 1) city = tick(city, [])
    return [...city.ledger.recent.values()].flatMap(({ thing }) => (thing.kind === 'alarm' ? [thing.it] : []))
  }

  it.each([1, 5, 12, 60])('[CITY-27] close periods on the service clock, whatever the scale (×%d)', (scale) => {
    const changes = changesAt(scale)
    expect(changes.length).toBeGreaterThan(0)
    for (const { at } of changes) expect(at % 10_000).toBeLessThan(50 * scale)
  })
})
