import type { CauseId } from '../../shared/ids.ts'
import type { ClientCommand, CommandName, Reply } from '../../shared/protocol/messages.ts'
import type { City } from './city.ts'
import { describeThing } from './describe/describe.ts'
import { xrayNews } from './describe/xray.ts'
import { tryPattern } from './duty-view.ts'
import { openQuestion } from './study-view.ts'
import { chainOf, type Viewer } from './views.ts'

/** What a viewer may ask of the city as it stands; `null` for what is not there, or not theirs to see. */
const LOOKS = {
  why: (city: City, viewer: Viewer, { id }: ClientCommand<'why'>) => chainOf(city, viewer, id as CauseId),
  describe: (city: City, viewer: Viewer, ref: ClientCommand<'describe'>) => describeThing(city, viewer, ref),
  question: (city: City, viewer: Viewer, { goal }: ClientCommand<'question'>) =>
    openQuestion(city, viewer.seatId, goal),
  tryPattern: (city: City, viewer: Viewer, { eventPattern }: ClientCommand<'tryPattern'>) =>
    viewer.seatId === null ? null : tryPattern(city, eventPattern),
  xray: (city: City, viewer: Viewer) => xrayNews(city, viewer),
} as const satisfies Partial<Record<CommandName, unknown>>

export type LookName = keyof typeof LOOKS

/** Looking changes nothing, and goes on while the clocks stand. */
export function look<N extends LookName>(city: City, viewer: Viewer, name: N, body: ClientCommand<N>): Reply<unknown> {
  const find = LOOKS[name] as (city: City, viewer: Viewer, body: ClientCommand<N>) => unknown
  const value = find(city, viewer, body)
  return value === null ? { ok: false, refusal: { code: 'unknown-id', field: name } } : { ok: true, value }
}
