import type { CauseId } from '../../shared/ids.ts'
import type {
  Chain,
  ChainLink,
  FeedEntry,
  LogbookLine,
  OwnCarView,
  Role,
  RuleLine,
  SeatView,
  UnitLine,
} from '../../shared/protocol/view.ts'
import { isNews } from './boards.ts'
import type { City } from './city.ts'
import { isShown, plateOf, toLink } from './explain.ts'
import { causesOf, effectsOf, entryOf, type LedgerEntry } from './ledger.ts'
import { viewDuty } from './duty-view.ts'
import { viewStudy } from './study-view.ts'
import { ownCarView, seatOf, signalLines, weatherOf } from './street-view.ts'

/** Who looks. A view is built from what the role may see, never by deleting from what it may not. */
export interface Viewer {
  readonly role: Role
  readonly seatId: string | null
  readonly plate: string | null
}

/** The city's part of a view; the room adds who sits in it. */
export type CityView = Omit<SeatView, 'role' | 'seatId' | 'room'>

/** How far "Why?" looks ahead. */
const MOST_EFFECTS = 24

export function viewCity(city: City, viewer: Viewer): CityView {
  const { boards } = city
  return {
    ...roleMembers(city, viewer.role),
    car: carOf(city, viewer),
    study: studyOf(city, viewer),
    duty: dutyOf(city, viewer),
    feed: feedFor(city, viewer, boards.feed.newest),
    inbox: inboxOf(city, viewer).newest,
    logbook: boards.logbook.newest.filter((line) => mayRead(city, viewer, line)),
  }
}

/** What everybody of a role sees alike. */
export type RoleMembers = Pick<CityView, 'weather' | 'signals' | 'alarms' | 'fleet' | 'units' | 'rules'>

export const roleMembers = (city: City, role: Role): RoleMembers => ({
  weather: weatherOf(city.world),
  signals: signalLines(city.world),
  alarms: role === 'projector' ? withoutPlates(city.boards.alarms) : city.boards.alarms,
  fleet: role === 'projector' ? [] : city.boards.fleet,
  units: unitLines(city),
  rules: ruleLines(city),
})

const NO_LETTERS = { newest: [], total: 0 }
export const inboxOf = ({ boards }: City, { plate }: Viewer) =>
  plate === null ? NO_LETTERS : (boards.inboxes[plate] ?? NO_LETTERS)

export function carOf(city: City, { seatId, plate }: Viewer): OwnCarView | null {
  const seat = seatId === null ? null : seatOf(city.world, seatId)
  if (seat === null || plate === null) return null
  return ownCarView(city.world, seat)
}

export const studyOf = ({ scenario, study }: City, { seatId }: Viewer) => {
  const seat = seatId === null ? undefined : study[seatId]
  return seat === undefined ? null : viewStudy(scenario, seat)
}

export const dutyOf = (city: City, { seatId }: Viewer) =>
  viewDuty(city, seatId === null ? 'driver' : (city.study[seatId]?.post ?? 'driver'))

/** The wall shows no pupil's failure: lines that name a seat's plate are left out, and of the rest nobody knows whose. */
export function feedFor({ world }: City, { role }: Viewer, entries: readonly FeedEntry[]): readonly FeedEntry[] {
  if (role !== 'projector') return entries
  const seated = world.seats.flatMap((seat) => (seat === null ? [] : [world.plates[seat.slot] ?? '']))
  const names = ({ text }: FeedEntry) =>
    Object.values(text.params).some((value) => seated.some((plate) => String(value).includes(plate)))
  return entries.filter((entry) => !names(entry)).map((entry) => ({ ...entry, plate: null }))
}

/** What everybody of a role may read: a driver what the agents did, a host everything. */
export const isPublic = ({ world }: City, role: Role, line: LogbookLine): boolean =>
  role === 'host' || ((role === 'projector' || line.category === 'Management') && !isSeated(world, line.plate))

/** A driver also reads the own records; the others' manoeuvres are theirs. */
export const mayRead = (city: City, { role, plate }: Viewer, line: LogbookLine): boolean =>
  isPublic(city, role, line) || (role === 'driver' && line.plate === plate)

/** A vehicle's own matters are its driver's and the host's; those of traffic are anybody's but the wall's. */
export const mayKnow = ({ world }: City, { role, plate: own }: Viewer, plate: string): boolean =>
  role === 'host' || plate === own || (role === 'driver' && !isSeated(world, plate))

const isSeated = (world: City['world'], plate: string | null) =>
  plate !== null && world.seats.some((seat) => seat !== null && world.plates[seat.slot] === plate)

const withoutPlates = (alarms: City['boards']['alarms']) =>
  alarms.map((lamp) => ({ ...lamp, name: lamp.cameraId ?? lamp.name, plate: null }))

export function unitLines({ lambda }: City): UnitLine[] {
  return lambda.functions.map((fn) => {
    const environments = lambda.environments.filter((environment) => environment.functionName === fn.name)
    const waiting = lambda.queue.filter((event) => event.functionName === fn.name)
    return {
      functionName: fn.name,
      running: environments.filter(({ busy }) => busy).length,
      warm: environments.filter(({ busy }) => !busy).length,
      queued: waiting.length,
      reservedConcurrency: fn.reservedConcurrency,
      throttles: waiting.filter(({ throttles }) => throttles > 0).length,
    }
  })
}

function ruleLines({ bridge, boards, scenario }: City): RuleLine[] {
  return bridge.rules.map((rule) => ({
    ruleName: rule.name,
    pattern: rule.eventPattern ?? '',
    enabled: rule.state !== 'DISABLED',
    matches: boards.matches[rule.name] ?? 0,
    targets:
      scenario.services.rules.find(({ name }) => name === rule.name)?.targets.map(({ functionName }) => functionName) ??
      [],
  }))
}

/**
 * "Why?": from the instant on the road to what was tapped, and what came of it. Of another driver's matters only what the
 * feed tells everybody is a link, without its JSON.
 *
 * @returns `null` when it is not known, or not for this viewer
 */
export function chainOf(city: City, viewer: Viewer, id: CauseId): Chain | null {
  const entry = entryOf(city.ledger, id)
  if (entry === undefined || viewer.role === 'projector') return null
  const isTheirs = (link: LedgerEntry) => {
    const plate = plateOf(link, city.ledger)
    return plate === null || mayKnow(city, viewer, plate)
  }
  const linkOf = (link: LedgerEntry): ChainLink[] =>
    isTheirs(link) ? [toLink(link)] : isNews(link.thing) ? [{ ...toLink(link), json: {} }] : []
  if (linkOf(entry).length === 0) return null
  const shown = (entries: readonly LedgerEntry[]) => entries.filter(({ thing }) => isShown(thing)).flatMap(linkOf)
  return { links: shown(causesOf(city.ledger, id)), after: shown(effectsOf(city.ledger, id, MOST_EFFECTS)) }
}
