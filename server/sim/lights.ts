import type { SignalProgram } from '../../shared/model/city-map.ts'
import { whole } from '../../shared/driving/columns.ts'
import { calledLight, calledRedAt, STAGE, stepCall } from './preempt.ts'
import type { World } from './state.ts'
import { LIGHT } from './state.ts'
import type { Signal } from './streets.ts'

/** A constant of this file is folded into fast code, one of another file is looked up for every signal. */
const PROGRAMME = STAGE.programme

/** Takes the signals that vehicles on duty have called one tick further. */
export function stepCalls(world: World): void {
  const { streets, signals, clock } = world
  const tick = whole(clock.tick, 0)
  for (let i = 0; i < streets.signals.length; i += 1) {
    if (signals.stage[i] === PROGRAMME && whole(signals.until, i) < tick) continue
    const signal = streets.signals[i] as Signal
    stepCall(world, i, signal.program.phases[phaseAt(signal, placeIn(signal, tick))])
  }
}

/**
 * Works out every light: from the tick alone, unless a vehicle on duty has called. A group is green in the phases that
 * name it, amber where they say so, else red; what has no group goes by its foes.
 */
export function stepLights(world: World): void {
  const { scratch, streets, signals, clock } = world
  const tick = whole(clock.tick, 0)
  for (let i = 0; i < streets.signals.length; i += 1) {
    const isCalled = signals.stage[i] !== PROGRAMME
    if (!isCalled && tick < whole(scratch.phaseEnds, i)) continue
    const signal = streets.signals[i] as Signal
    const at = placeIn(signal, tick)
    const phase = phaseAt(signal, at)
    const end = isCalled ? calledRedAt(world, i) : tick + (signal.ends[phase] ?? signal.cycle) - at
    // Back in its programme, a signal is worked out anew.
    scratch.phaseEnds[i] = isCalled ? 0 : end
    const running = signal.program.phases[phase]
    for (const connector of signal.connectors) {
      const group = whole(streets.map.lanes.signalGroup, connector)
      scratch.redAt[connector] = end
      const light = isCalled ? calledLight(world, i, group) : lightIn(running, group)
      scratch.lights[connector] = group < 0 ? LIGHT.go : light
    }
  }
}

const placeIn = ({ offset, cycle }: Signal, tick: number): number => (((tick + offset) % cycle) + cycle) % cycle

function phaseAt({ ends, cycle }: Signal, at: number): number {
  let phase = 0
  while (at >= (ends[phase] ?? cycle)) phase += 1
  return phase
}

function lightIn(phase: SignalProgram['phases'][number] | undefined, group: number): number {
  if (phase?.green.includes(group)) return LIGHT.go
  return phase?.amber.includes(group) ? LIGHT.amber : LIGHT.red
}
