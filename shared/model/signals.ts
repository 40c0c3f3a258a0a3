import type { SignalProgram } from './city-map.ts'

export type SignalLight = 'red' | 'amber' | 'green'

/** @returns the index of the phase that runs `playSeconds` after the city was opened */
export function phaseAt(program: SignalProgram, playSeconds: number): number {
  const cycle = program.phases.reduce((sum, phase) => sum + phase.seconds, 0)
  let rest = (playSeconds + program.offsetSeconds) % cycle
  for (const [index, phase] of program.phases.entries()) {
    if (rest < phase.seconds) return index
    rest -= phase.seconds
  }
  return program.phases.length - 1
}

/** What a driver sees at the head of `group` during a phase. */
export function lightOf(program: SignalProgram, phase: number, group: number): SignalLight {
  const running = program.phases[phase]
  if (running?.green.includes(group)) return 'green'
  return running?.amber.includes(group) ? 'amber' : 'red'
}
