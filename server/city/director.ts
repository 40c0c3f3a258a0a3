import { assertNever } from '../../shared/assert.ts'
import type { Inject, Scenario } from '../../shared/content/scenario.ts'
import type { ConfigRuleDefinition } from '../../shared/content/scenario-services.ts'
import type { CauseId } from '../../shared/ids.ts'
import type { Weather, WorldCommand } from '../../shared/model/command.ts'
import type { Fact } from '../../shared/model/fact.ts'
import type { PlayMs } from '../../shared/units.ts'
import type { Letter } from './ledger.ts'

/** What city hall does in the next tick, and because of what. */
export type HallAct = { readonly cause: CauseId | null } & (
  | { readonly kind: 'put-config-rule'; readonly rule: ConfigRuleDefinition }
  | { readonly kind: 'set-weather'; readonly weather: Weather }
  | { readonly kind: 'set-zone'; readonly zoneId: string; readonly active: boolean }
  | { readonly kind: 'inspect'; readonly plate: string; readonly errandId: string }
  | { readonly kind: 'overtake'; readonly seatId: string }
)

export interface DirectorState {
  /** Injects that have happened and do not happen again. */
  readonly spent: readonly string[]
  /** When those that keep a distance happened last. */
  readonly last: Readonly<Record<string, PlayMs>>
}

export const openDirector = (): DirectorState => ({ spent: [], last: {} })

/** What an inject may answer: a fine, a driver's coming. */
interface Occasion {
  readonly kind: 'fine' | 'join'
  readonly cause: CauseId
  readonly plate: string
  readonly seatId: string | null
}

interface Happened {
  readonly letters: readonly Letter[]
  readonly facts: readonly Fact[]
  readonly playMs: PlayMs
}

/** Interprets the scenario's injects; it never names a scenario. */
export function direct(
  state: DirectorState,
  scenario: Scenario,
  happened: Happened,
): { readonly state: DirectorState; readonly acts: readonly HallAct[] } {
  const occasions = toOccasions(happened)
  const acts: HallAct[] = []
  let next = state
  for (const inject of scenario.injects) {
    if (next.spent.includes(inject.id)) continue
    const found = occasionsFor(inject, occasions, next, happened.playMs)
    if (found.length === 0) continue
    acts.push(...found.flatMap((occasion) => toActs(inject, occasion)))
    next = afterwards(next, inject, happened.playMs)
  }
  return { state: next, acts }
}

const toOccasions = ({ letters, facts }: Happened): Occasion[] => [
  ...letters
    .filter(({ entry }) => entry.kind === 'fine')
    .map(({ id, plate }): Occasion => ({ kind: 'fine', cause: id, plate, seatId: null })),
  ...facts.flatMap((fact): Occasion[] =>
    fact.kind === 'vehicle-joined' && fact.seatId !== null
      ? [{ kind: 'join', cause: fact.id, plate: fact.plate, seatId: fact.seatId }]
      : [],
  ),
]

/** What an inject answers now; its moment answers to nothing in particular. */
function occasionsFor(
  { id, at }: Inject,
  occasions: readonly Occasion[],
  { last }: DirectorState,
  playMs: PlayMs,
): readonly (Occasion | null)[] {
  if ('playSeconds' in at) return playMs < at.playSeconds * 1000 ? [] : [null]
  if (at.gapSeconds !== undefined && playMs - (last[id] ?? -Infinity) < at.gapSeconds * 1000) return []
  const found = occasions.filter(({ kind }) => kind === at.after)
  return at.every && at.gapSeconds === undefined ? found : found.slice(0, 1)
}

function afterwards(state: DirectorState, { id, at }: Inject, playMs: PlayMs): DirectorState {
  if ('playSeconds' in at || !at.every) return { ...state, spent: [...state.spent, id] }
  return at.gapSeconds === undefined ? state : { ...state, last: { ...state.last, [id]: playMs } }
}

function toActs({ change }: Inject, occasion: Occasion | null): HallAct[] {
  const cause = occasion?.cause ?? null
  switch (change.kind) {
    case 'put-config-rule':
      return [{ kind: 'put-config-rule', rule: change.rule, cause }]
    case 'set-weather':
      return [{ kind: 'set-weather', weather: change.weather, cause }]
    case 'set-zone':
      return [{ kind: 'set-zone', zoneId: change.zoneId, active: change.active, cause }]
    case 'inspect-offender':
      return occasion === null
        ? []
        : [{ kind: 'inspect', plate: occasion.plate, errandId: `inspect-${occasion.cause}`, cause }]
    case 'overtake-driver':
      return occasion === null || occasion.seatId === null ? [] : [{ kind: 'overtake', seatId: occasion.seatId, cause }]
    default:
      return assertNever(change)
  }
}

/** The acts that concern the street. */
export function toWorldCommands(acts: readonly HallAct[]): WorldCommand[] {
  return acts.flatMap((act): WorldCommand[] => {
    if (act.kind === 'set-weather') return [{ kind: 'set-weather', weather: act.weather, cause: act.cause }]
    if (act.kind === 'set-zone') return [act]
    if (act.kind === 'overtake') return [{ kind: 'overtake', seatId: act.seatId, cause: act.cause }]
    if (act.kind !== 'inspect' || act.cause === null) return []
    return [{ kind: 'send-unit', errandId: act.errandId, unit: 'inspector', plate: act.plate, cause: act.cause }]
  })
}
