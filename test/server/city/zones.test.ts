import { describe, expect, it } from 'vitest'

import { tick } from '../../../server/city/tick.ts'
import type { Fact } from '../../../shared/model/fact.ts'
import { openDiscovery } from '../../support/test-city.ts'

describe('a zone of the map', () => {
  it('[CITY-55] comes into force when the scenario says so', () => {
    let city = openDiscovery()
    const facts: Fact[] = []
    for (let i = 0; i < 40; i += 1) {
      city = tick(city, [])
      facts.push(...city.facts)
    }
    const set = facts.flatMap((fact) => (fact.kind === 'limit-set' ? [fact] : []))
    expect(set.length).toBeGreaterThan(1)
    expect(new Set(set.map(({ limitKmh }) => limitKmh))).toEqual(new Set([30]))
    const { roads } = city.world.streets.map
    for (const { roadId } of set) {
      const road = roads.find(({ id }) => id === roadId)
      const lane = [...(road?.forward ?? []), ...(road?.backward ?? [])][0] ?? -1
      expect((city.world.queues.limit[lane] ?? 0) * 3.6).toBeCloseTo(30)
    }
    expect(facts.filter(({ kind }) => kind === 'command-refused')).toEqual([])
  })
})
