import { describe, expect, it } from 'vitest'

import { signalLines } from '../../../server/city/street-view.ts'
import { tick } from '../../../server/city/tick.ts'
import { viewCity } from '../../../server/city/views.ts'
import { callGreen } from '../../../server/sim/preempt.ts'
import { LIGHT } from '../../../server/sim/state.ts'
import { openDiscovery } from '../../support/test-city.ts'

const NAMES = { green: LIGHT.go, amber: LIGHT.amber, red: LIGHT.red }

describe('a signal that a siren has called', () => {
  it('[CITY-56] is told as the street shows it, and no longer', () => {
    let city = tick(openDiscovery(), [])
    const { streets, scratch } = city.world
    const signal = streets.signals[3]
    const way = signal?.connectors.find((connector) => scratch.lights[connector] === LIGHT.red) ?? 0
    const stages = new Set<string>()
    for (let i = 0; i < 500; i += 1) {
      if (i < 120) callGreen(city.world, way)
      city = tick(city, [])
      const [line] = viewCity(city, { role: 'projector', seatId: null, plate: null }).signals
      if (i < 120) expect(line?.junctionId).toBe(signal?.junctionId)
      if (!line) continue
      stages.add(line.lights.join())
      for (const connector of signal?.connectors ?? []) {
        const group = streets.map.lanes.signalGroup[connector] ?? -1
        if (group >= 0) expect(NAMES[line.lights[group] ?? 'red']).toBe(scratch.lights[connector])
      }
    }
    expect(stages.size).toBeGreaterThanOrEqual(4)
    expect(signalLines(city.world)).toEqual([])
  })
})
