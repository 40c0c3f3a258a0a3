import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hashWorld } from '../../server/sim/save.ts'
import { autopilot, driveAs, joinAs, openStreet, SOME_AGENTS } from '../support/street.ts'

/** Hashes every 100 ticks, by map and seed. Written anew with `GOLDEN=write`; the commit says which numbers moved and why. */
const file = new URL('sim.json', import.meta.url)
const MAPS = ['nuageville', 'circuit-ecole', 'small'] as const
const SEEDS = [1, 2, 3]
const TICKS = 2000
const EVERY = 100

function play(on: (typeof MAPS)[number], seed: number): string[] {
  const street = openStreet({ on, seed, bots: on === 'nuageville' ? 60 : 15, agents: SOME_AGENTS })
  street.run(1, joinAs('1'), joinAs('2', 'sport'), joinAs('3', 'taxi'))
  street.run(1, driveAs('1', 1, 0.3), driveAs('2', 0.8, -0.2), autopilot('3'))
  street.run(98, { kind: 'send-unit', errandId: 'e', unit: 'response', plate: 'FR-3', cause: '1/1' })
  const hashes = [hashWorld(street.world).toString(16)]
  while (hashes.length < TICKS / EVERY) {
    const turn = hashes.length % 2 ? 0.4 : -0.4
    street.run(EVERY, driveAs('1', 0.7, turn), { kind: 'unstick', seatId: '2' })
    hashes.push(hashWorld(street.world).toString(16))
  }
  return hashes
}

describe('golden streets', () => {
  const played = Object.fromEntries(
    MAPS.flatMap((on) => SEEDS.map((seed) => [`${on} ${seed}`, play(on, seed)] as const)),
  )
  if (process.env['GOLDEN'] === 'write') writeFileSync(file, `${JSON.stringify(played, null, 2)}\n`)
  const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>

  it.each(Object.keys(played))('[SIM-1] plays %s as it always has', (name) => {
    expect(played[name]).toEqual(golden[name])
  })
})
