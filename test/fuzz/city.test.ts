import { describe, expect, it } from 'vitest'
import type { City } from '../../server/city/city.ts'
import type { CityCommand } from '../../server/city/command.ts'
import { hashCity } from '../../server/city/hash.ts'
import { entryOf } from '../../server/city/ledger.ts'
import { tick } from '../../server/city/tick.ts'
import { openDiscovery } from '../support/test-city.ts'
import { randomCommands } from '../support/street-commands.ts'

const EVERY = 9

/** What happened whose cause nobody has ever seen. */
const unexplained = (city: City): string[] =>
  [...city.ledger.recent.values()].flatMap(({ thing }) =>
    thing.it.cause === null || thing.it.cause === '1/1' || entryOf(city.ledger, thing.it.cause)
      ? []
      : [`${thing.kind} ${thing.it.id} of ${thing.it.cause}`],
  )

describe('a city of which anything is asked', () => {
  it.each([1, 2])('[CITY-1] is the same again by its journal, and explains what it did: seed %i', (seed) => {
    const journal: (readonly CityCommand[])[] = []
    let city = openDiscovery({ seed, bots: 40 })
    const hashes: number[] = []
    for (let n = 0; n < 1500; n += 1) {
      const asked = n % EVERY === 0 ? randomCommands(city, seed * 31, n) : []
      journal.push(asked)
      city = tick(city, asked)
      if (n % 100 === 0) hashes.push(hashCity(city))
    }
    const joined = city.ledger.recent.size
    expect(joined).toBeGreaterThan(100)
    expect(unexplained(city)).toEqual([])
    let twin = openDiscovery({ seed, bots: 40 })
    const again = journal.flatMap((asked, n) => {
      twin = tick(twin, asked)
      return n % 100 === 0 ? [hashCity(twin)] : []
    })
    expect(again).toEqual(hashes)
    expect(hashCity(twin)).toBe(hashCity(city))
  })
})
