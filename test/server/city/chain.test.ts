import { beforeAll, describe, expect, it } from 'vitest'

import type { City } from '../../../server/city/city.ts'
import { hashCity } from '../../../server/city/hash.ts'
import { causesOf, entryOf, type Letter } from '../../../server/city/ledger.ts'
import { tick } from '../../../server/city/tick.ts'
import { chainOf } from '../../../server/city/views.ts'
import { openDiscovery } from '../../support/test-city.ts'

const driver = { role: 'host', seatId: null, plate: null } as const

function play(first: City, ticks: number, each: (city: City) => void = () => {}): City {
  let city = first
  for (let n = 0; n < ticks; n += 1) {
    city = tick(city, [])
    each(city)
  }
  return city
}

describe('the example that must always work', () => {
  const letters: Letter[] = []
  let city: City

  beforeAll(() => {
    city = play(openDiscovery({ bots: 40 }), 3600, (now) => letters.push(...now.letters))
  })

  it('[CITY-2] fines a speeding car by the chain alone', () => {
    const fine = letters.find(({ entry }) => entry.kind === 'fine')
    const chain = chainOf(city, driver, fine?.id ?? '0/0')
    const names = chain?.links.map(({ speaker }) => speaker)
    expect(names).toEqual(['watch', 'watch', 'bridge', 'bridge', 'lambda', 'lambda', 'lambda', 'mail'])
    expect(chain?.links.map(({ name }) => name)).toEqual([
      'SpeedKmh',
      'StateUpdate',
      'CloudWatch Alarm State Change',
      'fine-speeders',
      'Invoke',
      'unit-departed',
      'unit-arrived',
      'SendFine',
    ])
    expect(chain?.after.some(({ speaker, name }) => speaker === 'trail' && name === 'SendFine')).toBe(true)
  })

  it('[CITY-3] lets every letter be walked back to the road', () => {
    expect(letters.length).toBeGreaterThan(0)
    for (const { id } of letters) {
      const [first] = causesOf(city.ledger, id)
      expect(first?.thing.kind).toBe('fact')
      expect(first?.thing.it.cause).toBeNull()
    }
    for (const { thing } of city.ledger.recent.values()) {
      const { cause } = thing.it
      if (cause !== null) expect(entryOf(city.ledger, cause), `${thing.kind} ${thing.it.id} ← ${cause}`).toBeDefined()
    }
  })

  it('[CITY-6] makes city hall stricter once, in the logbook’s sight', () => {
    const puts = [...city.ledger.recent.values()].filter(
      ({ thing }) => thing.kind === 'record' && thing.it.call.eventName === 'PutConfigRule',
    )
    expect(puts).toHaveLength(1)
    const tyres = city.config.rules.find(({ definition }) => definition.configRuleName === 'tyre-tread-minimum')
    expect(JSON.parse(tyres?.definition.inputParameters ?? '')).toEqual({ minTreadMm: 3 })
    expect(city.counts.complianceChanges).toBeGreaterThan(0)
  })
})

describe('a city', () => {
  it('[CITY-1] is the same city for the same commands', () => {
    const hashes = [1, 2].map(() => hashCity(play(openDiscovery({ seed: 11 }), 600)))
    expect(hashes[0]).toBe(hashes[1])
    expect(hashCity(play(openDiscovery({ seed: 12 }), 600))).not.toBe(hashes[0])
  })
})
