import { assertNever } from '../../shared/assert.ts'
import type { Inject, Scenario } from '../../shared/content/scenario.ts'
import type { ConfigRuleDefinition } from '../../shared/content/scenario-services.ts'
import type { CauseId } from '../../shared/ids.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { Weather } from '../../shared/model/command.ts'
import type { PlayMs } from '../../shared/units.ts'
import type { Letter } from './ledger.ts'

/** What city hall does in the next tick, and because of what. */
export type HallAct = { readonly cause: CauseId | null } & (
  | { readonly kind: 'put-config-rule'; readonly rule: ConfigRuleDefinition }
  | { readonly kind: 'set-weather'; readonly weather: Weather }
  | { readonly kind: 'inspect'; readonly plate: string; readonly errandId: string }
)

export interface DirectorState {
  /** Injects that have happened and do not happen again. */
  readonly spent: readonly string[]
}

export const openDirector = (): DirectorState => ({ spent: [] })

/** Interprets the scenario's injects; it never names a scenario. */
export function direct(
  state: DirectorState,
  scenario: Scenario,
  { letters, playMs }: { readonly letters: readonly Letter[]; readonly playMs: PlayMs },
): { readonly state: DirectorState; readonly acts: readonly HallAct[] } {
  const fines = letters.filter(({ entry }) => entry.kind === 'fine')
  const acts: HallAct[] = []
  const spent = [...state.spent]
  for (const inject of scenario.injects) {
    if (spent.includes(inject.id)) continue
    if ('playSeconds' in inject.at) {
      if (playMs < inject.at.playSeconds * 1000) continue
      acts.push(...toActs(inject, null))
      spent.push(inject.id)
    } else if (fines.length > 0) {
      for (const fine of inject.at.every ? fines : fines.slice(0, 1)) acts.push(...toActs(inject, fine))
      if (!inject.at.every) spent.push(inject.id)
    }
  }
  return { state: spent.length === state.spent.length ? state : { spent }, acts }
}

function toActs({ change }: Inject, fine: Letter | null): HallAct[] {
  const cause = fine?.id ?? null
  switch (change.kind) {
    case 'put-config-rule':
      return [{ kind: 'put-config-rule', rule: change.rule, cause }]
    case 'set-weather':
      return [{ kind: 'set-weather', weather: change.weather, cause }]
    case 'inspect-offender':
      return fine === null ? [] : [{ kind: 'inspect', plate: fine.plate, errandId: `inspect-${fine.id}`, cause }]
    default:
      return assertNever(change)
  }
}

/** The acts that concern the street. */
export function toWorldCommands(acts: readonly HallAct[]): WorldCommand[] {
  return acts.flatMap((act): WorldCommand[] => {
    if (act.kind === 'set-weather') return [{ kind: 'set-weather', weather: act.weather, cause: act.cause }]
    if (act.kind !== 'inspect' || act.cause === null) return []
    return [{ kind: 'send-unit', errandId: act.errandId, unit: 'inspector', plate: act.plate, cause: act.cause }]
  })
}
