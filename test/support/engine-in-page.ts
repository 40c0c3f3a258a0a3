import nuageville from '../../assets/maps/nuageville.json' with { type: 'json' }
import discovery from '../../assets/scenarios/discovery.json' with { type: 'json' }
import { readMap } from '../../shared/content/map/read-map.ts'
import { decodeScenario } from '../../shared/content/scenario.ts'
import { openCity } from '../../server/city/city.ts'
import { hashCity } from '../../server/city/hash.ts'
import { tick } from '../../server/city/tick.ts'

/** A game with a driver in it, played in whatever JavaScript engine runs this. @returns a hash every `every` ticks */
export function playHashes({
  seed,
  bots,
  ticks,
  every,
}: Record<'seed' | 'bots' | 'ticks' | 'every', number>): number[] {
  const map = readMap(nuageville)
  const scenario = decodeScenario(discovery)
  if (!map.ok || !scenario.ok) throw new Error('the content is faulty')
  let city = openCity({ map: map.value, scenario: scenario.value, seed, bots })
  city = tick(city, [{ kind: 'join', seatId: 's1', plate: 'AB-005-NV', vehicle: 'sedan', colour: 3 }])
  const hashes: number[] = []
  for (let n = 1; n <= ticks; n += 1) {
    const steering = (((n * 37) % 41) - 20) / 40
    const input = { throttle: n % 97 < 80 ? 1 : -0.5, steering, handbrake: n % 131 === 0 }
    city = tick(city, [{ kind: 'drive', seatId: 's1', seq: n, input }])
    if (n % every === 0) hashes.push(hashCity(city))
  }
  return hashes
}
