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

type CommandOf<K extends CityCommand['kind']> = Extract<CityCommand, { readonly kind: K }>

const only = <K extends CityCommand['kind']>(asked: readonly CityCommand[], kind: K): CommandOf<K>[] =>
  asked.filter((command): command is CommandOf<K> => command.kind === kind)

/** What of it is for the street. */
export const toStreet = (asked: readonly CityCommand[]): WorldCommand[] =>
  asked.filter((command): command is WorldCommand => !NOT_FOR_THE_STREET.has(command.kind))

const NOT_FOR_THE_STREET: ReadonlySet<CityCommand['kind']> = new Set(['complete-invocation', 'study', 'operate'])

/** What of it players' code has answered. */
export const toCompletions = (asked: readonly CityCommand[]): InvocationCompletion[] =>
  only(asked, 'complete-invocation').map(({ completion }) => completion)

/** What of it drivers did to learn. */
export const toStudies = (asked: readonly CityCommand[]): StudyCommand[] => only(asked, 'study')

/** What of it came from the desks. */
export const toDuties = (asked: readonly CityCommand[]): DutyCommand[] => only(asked, 'operate')
