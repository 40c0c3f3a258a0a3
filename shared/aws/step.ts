import type { IdSource } from '../ids.ts'
import type { ServiceMs } from '../units.ts'

/** What every service is told at each tick: nothing else comes from outside but its inputs. */
export interface StepContext {
  /** Service time of this tick; never earlier than at the last call. */
  readonly now: ServiceMs
  /** Gives the causal ids of this tick in the order in which things happen. */
  readonly ids: IdSource
  /** The city's seed: UUIDs and jitter are drawn from it with a stream of the service's own. */
  readonly seed: number
}

/** A refusal as AWS gives it: the exception's name, its message, and the field at fault where there is one. */
export interface ServiceError {
  readonly code: string
  readonly message: string
  readonly field?: string
}
