import { InvariantError } from '../../shared/assert.ts'
import type { City } from '../city/city.ts'
import type { Letter } from '../city/ledger.ts'
import type { TrailStore } from '../store/port.ts'
import type { Clock } from './clock.ts'
import type { JournalEntry } from './journal.ts'

export interface RoomSettings {
  readonly code: string
  readonly hostKey: string
  readonly city: City
  readonly clock: Clock
  readonly phaseMs: number
  readonly maxSeats: number
  /** Where the logbook's files go; left out: nobody will read them. */
  readonly archive?: TrailStore
  /** Told of every letter, so that a copy can leave the game. */
  readonly onLetters: (letters: readonly Letter[]) => void
  /** Told when a bug stopped the city: what was thrown, and how to make it happen again. */
  readonly onCrash: (crash: Crash) => void
  readonly onClose: () => void
}

/** The report is the reproduction: scenario, seed and journal. */
export interface Crash {
  readonly code: string
  readonly scenarioId: string
  readonly seed: number
  readonly tick: number
  readonly message: string
  readonly journal: readonly JournalEntry[]
}

export function toCrash(code: string, { scenario, seed, tick }: City, error: Error, journal: Crash['journal']): Crash {
  const kind = error instanceof InvariantError ? '' : `${error.name}: `
  const message = `${kind}${error.message}\n${error.stack ?? ''}`
  return { code, scenarioId: scenario.id, seed, tick, message, journal }
}
