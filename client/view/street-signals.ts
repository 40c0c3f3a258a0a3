import type { Junction } from '../../shared/model/city-map.ts'
import { lightOf, phaseAt, type SignalLight } from '../../shared/model/signals.ts'
import type { SignalLine } from '../../shared/protocol/view.ts'

/** What decides the lights of this instant: the clock, and the signals that a siren has called. */
export interface SignalTime {
  readonly playMs: number
  readonly called: readonly SignalLine[]
}

/** @returns what the heads of a junction show now, by group; `null` for a junction without signals */
export function lightsOf(
  { id, program }: Pick<Junction, 'id' | 'program'>,
  { playMs, called }: SignalTime,
): ((group: number) => SignalLight) | null {
  if (!program) return null
  const line = called.find(({ junctionId }) => junctionId === id)
  if (line) return (group) => line.lights[group] ?? 'red'
  const phase = phaseAt(program, playMs / 1000)
  return (group) => lightOf(program, phase, group)
}
