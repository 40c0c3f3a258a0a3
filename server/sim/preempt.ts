import { whole } from '../../shared/driving/columns.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import type { World } from './state.ts'
import { LIGHT } from './state.ts'
import type { Signal } from './streets.ts'

/** What a signal does that was called by a vehicle on duty; the value of its `stage`. */
export const STAGE = {
  /** Nobody called: by its programme. */
  programme: 0,
  /** Who had green gets amber, then all are red but the one that was called for. */
  ending: 1,
  clearing: 2,
  /** Green for whom it was called, red for all others. */
  open: 3,
  /** The same on the way back to the programme. */
  closing: 4,
  returning: 5,
} as const

const AMBER_TICKS = 3 * TICKS_PER_SECOND
const CLEAR_TICKS = TICKS_PER_SECOND
/** A call holds this long after it was last made; the other streets wait no longer than this. */
const CALL_TICKS = TICKS_PER_SECOND
const MOST_OPEN_TICKS = 25 * TICKS_PER_SECOND
/** Back in its programme, a signal is not called for the same group again so soon: the others have their turn. */
const REST_TICKS = 10 * TICKS_PER_SECOND

/** A vehicle on duty asks for green on a connector, every tick while it needs it. One at a time: who called first. */
export function callGreen(world: World, connector: number): void {
  const { streets, signals, clock } = world
  const signal = whole(streets.signalOf, connector)
  const group = whole(streets.map.lanes.signalGroup, connector)
  if (signal < 0 || group < 0) return
  const stage = whole(signals.stage, signal)
  const tick = whole(clock.tick, 0)
  const isOurs = whole(signals.called, signal) === group
  const rests = isOurs && whole(signals.since, signal) > 0 && tick - whole(signals.since, signal) < REST_TICKS
  if (stage === STAGE.programme && rests) return
  const isTaken = stage !== STAGE.programme || whole(signals.until, signal) >= tick
  if (isTaken && (!isOurs || stage >= STAGE.closing)) return
  signals.called[signal] = group
  signals.until[signal] = tick + CALL_TICKS
}

type Phase = Signal['program']['phases'][number]

/** Takes a called signal through its stages. @param running what its programme would show now */
export function stepCall(world: World, signal: number, running: Phase | undefined): void {
  const { signals, clock } = world
  const stage = whole(signals.stage, signal)
  if (stage === STAGE.programme) signals.held[signal] = bitsOf(running?.green ?? [])
  const isCalled = whole(signals.until, signal) >= whole(clock.tick, 0)
  const age = whole(clock.tick, 0) - whole(signals.since, signal)
  if (isOver(stage, age, { isCalled, running })) enter(world, signal, (stage + 1) % STAGES)
}

const STAGES = Object.keys(STAGE).length

function isOver(stage: number, age: number, now: { isCalled: boolean; running: Phase | undefined }): boolean {
  if (stage === STAGE.programme) return now.isCalled
  if (stage === STAGE.open) return !now.isCalled || age >= MOST_OPEN_TICKS
  if (stage === STAGE.ending || stage === STAGE.closing) return age >= AMBER_TICKS
  // Nobody sees an amber that follows a red.
  return age >= CLEAR_TICKS && (stage === STAGE.clearing || now.running?.amber.length === 0)
}

function enter({ signals, clock }: World, signal: number, stage: number): void {
  signals.stage[signal] = stage
  signals.since[signal] = whole(clock.tick, 0)
}

const bitsOf = (groups: readonly number[]): number => groups.reduce((bits, group) => bits | (1 << group), 0)

/** What a called signal shows to a group. */
export function calledLight({ signals }: World, signal: number, group: number): number {
  const stage = whole(signals.stage, signal)
  const hadGreen = (whole(signals.held, signal) & (1 << group)) !== 0
  const isCalled = whole(signals.called, signal) === group
  if (stage === STAGE.open) return isCalled ? LIGHT.go : LIGHT.red
  if (stage === STAGE.ending && hadGreen) return isCalled ? LIGHT.go : LIGHT.amber
  if (stage === STAGE.clearing && hadGreen && isCalled) return LIGHT.go
  return stage === STAGE.closing && isCalled ? LIGHT.amber : LIGHT.red
}

/** The tick at which a called signal's ambers turn red. */
export const calledRedAt = ({ signals }: World, signal: number): number => whole(signals.since, signal) + AMBER_TICKS
