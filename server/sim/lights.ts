import type { SignalProgram } from '../../shared/model/city-map.ts'
import { whole } from '../../shared/driving/columns.ts'
import type { World } from './state.ts'
import { LIGHT } from './state.ts'
import type { Signal } from './streets.ts'

/**
 * Works out every light from the tick alone: signals keep no state. A group is green in the phases that name it,
 * amber where they say so, else red; what has no group goes by its foes.
 */
export function stepLights(world: World): void {
  const { scratch, streets, clock } = world
  const tick = whole(clock.tick, 0)
  for (let i = 0; i < streets.signals.length; i += 1) {
    if (tick < whole(scratch.phaseEnds, i)) continue
    const signal = streets.signals[i] as Signal
    const at = (((tick + signal.offset) % signal.cycle) + signal.cycle) % signal.cycle
    const phase = phaseAt(signal, at)
    const end = tick + (signal.ends[phase] ?? signal.cycle) - at
    scratch.phaseEnds[i] = end
    for (const connector of signal.connectors) scratch.redAt[connector] = end
    show(world, signal, signal.program.phases[phase])
  }
}

function phaseAt({ ends, cycle }: Signal, at: number): number {
  let phase = 0
  while (at >= (ends[phase] ?? cycle)) phase += 1
  return phase
}

type Phase = SignalProgram['phases'][number]

function show({ scratch, streets }: World, { connectors }: Signal, phase: Phase | undefined): void {
  for (const connector of connectors) {
    const group = whole(streets.map.lanes.signalGroup, connector)
    scratch.lights[connector] = group < 0 ? LIGHT.go : lightIn(phase, group)
  }
}

function lightIn(phase: Phase | undefined, group: number): number {
  if (phase?.green.includes(group)) return LIGHT.go
  return phase?.amber.includes(group) ? LIGHT.amber : LIGHT.red
}
