import { hashWorld } from '../sim/save.ts'
import type { City } from './city.ts'

/** One number for everything that a replay must reproduce: the street, bit for bit, and the five services. */
export function hashCity(city: City): number {
  const { watch, config, bridge, lambda, trail, jobs, garage, director, study, dials, carried, counts, tick } = city
  const text = JSON.stringify({
    watch,
    config,
    bridge,
    lambda,
    trail,
    jobs,
    garage,
    director,
    study,
    dials,
    carried,
    counts,
    tick,
  })
  let hash = hashWorld(city.world) >>> 0
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return hash
}
