import type { SignalProgram } from '../../shared/model/city-map.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import { whole } from '../../shared/driving/columns.ts'
import type { World } from './state.ts'
import { LIGHT } from './state.ts'

/**
 * Works out every light from the tick alone: signals keep no state. A group is green in the phases that name it,
 * amber where they say so, else red; what has no group goes by its foes.
 */
export function stepLights(world: World): void {
  const { map } = world.streets
  const tick = whole(world.clock.tick, 0)
  for (const { program, connectors } of map.junctions) {
    if (!program) continue
    const phase = phaseAt(program, tick)
    for (const connector of connectors) {
      const group = whole(map.lanes.signalGroup, connector)
      world.scratch.lights[connector] = group < 0 ? LIGHT.go : lightIn(phase, group)
    }
  }
}

type Phase = SignalProgram['phases'][number]

function phaseAt(program: SignalProgram, tick: number): Phase | undefined {
  const cycle = program.phases.reduce((sum, phase) => sum + phase.seconds, 0)
  let left = (tick / TICKS_PER_SECOND + program.offsetSeconds) % cycle
  return program.phases.find((phase) => {
    left -= phase.seconds
    return left < 0
  })
}

function lightIn(phase: Phase | undefined, group: number): number {
  if (phase?.green.includes(group)) return LIGHT.go
  return phase?.amber.includes(group) ? LIGHT.amber : LIGHT.red
}
