import type { InvocationCompletion } from '../../shared/aws/invocation.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { DutyCommand } from './duty.ts'
import type { StudyCommand } from './study.ts'

/**
 * What a city is asked in a tick: what the street takes, and what players' code did. Code runs outside the tick, and its
 * answer comes in by the journal like everything else, so that a replay needs to run no code.
 */
export type CityCommand =
  | WorldCommand
  | StudyCommand
  | DutyCommand
  | { readonly kind: 'complete-invocation'; readonly completion: InvocationCompletion }

/** What of it is for the street. */
export const toStreet = (asked: readonly CityCommand[]): WorldCommand[] =>
  asked.flatMap((command) =>
    command.kind === 'complete-invocation' || command.kind === 'study' || command.kind === 'operate' ? [] : [command],
  )

/** What of it players' code has answered. */
export const toCompletions = (asked: readonly CityCommand[]): InvocationCompletion[] =>
  asked.flatMap((command) => (command.kind === 'complete-invocation' ? [command.completion] : []))

/** What of it drivers did to learn. */
export const toStudies = (asked: readonly CityCommand[]): StudyCommand[] =>
  asked.flatMap((command) => (command.kind === 'study' ? [command] : []))

/** What of it came from the desks. */
export const toDuties = (asked: readonly CityCommand[]): DutyCommand[] =>
  asked.flatMap((command) => (command.kind === 'operate' ? [command] : []))
