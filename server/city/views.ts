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
  ViewPatch,
} from '../../shared/protocol/view.ts'
import { isNews, since } from './boards.ts'
import type { City } from './city.ts'
import { isShown, plateOf, toLink } from './explain.ts'
import { causesOf, effectsOf, entryOf, type LedgerEntry } from './ledger.ts'
import { membersFor, openSharedMembers, toTold, type SharedMembers } from './shared-members.ts'
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

/** What a viewer has been told so far. */
export interface Cursor {
  feed: number
  logbook: number
  inbox: number
  /** The tick of the last look at the members that are told whole. */
  lookedAt: number
  /** By member of the view, the value last told. */
  readonly told: Map<string, unknown>
}

/** Own car, units and rules are looked at this often, in ticks: five times a second. */
const STRIDE = 4
/** How far "Why?" looks ahead. */
const MOST_EFFECTS = 24

export function viewCity(city: City, viewer: Viewer): CityView {
  const { boards } = city
  return {
    weather: weatherOf(city.world),
    signals: signalLines(city.world),
    car: carOf(city, viewer),
    study: studyOf(city, viewer),
    duty: dutyOf(city, viewer),
    feed: feedFor(city, viewer, boards.feed.newest),
    inbox: inboxOf(city, viewer).newest,
    logbook: boards.logbook.newest.filter((line) => mayRead(city, viewer, line)),
    alarms: viewer.role === 'projector' ? withoutPlates(boards.alarms) : boards.alarms,
    fleet: viewer.role === 'projector' ? [] : boards.fleet,
    units: unitLines(city),
    rules: ruleLines(city),
  }
}

/** A cursor for somebody who has just been given the whole view. */
export function openCursor(city: City, viewer: Viewer): Cursor {
  const { feed, logbook } = city.boards
  return {
    feed: feed.total,
    logbook: logbook.total,
    inbox: inboxOf(city, viewer).total,
    lookedAt: city.tick,
    told: new Map(
      toTold({ ...ownMembers(city, viewer), ...roleMembers(city, viewer.role) }).map(({ name, text }) => [name, text]),
    ),
  }
}

/**
 * @param shared of the host that tells this city: what others of the same role are told is not made again
 * @returns what has changed since the cursor, which moves on; `null` when nothing has
 */
export function patchCity(
  city: City,
  viewer: Viewer,
  cursor: Cursor,
  shared: SharedMembers = openSharedMembers(),
): ViewPatch | null {
  const append = appended(city, viewer, cursor)
  const set = city.tick - cursor.lookedAt >= STRIDE ? changed(city, viewer, cursor, shared) : null
  if (append === null && set === null) return null
  return { ...(set === null ? {} : { set }), ...(append === null ? {} : { append }) }
}

function appended(city: City, viewer: Viewer, cursor: Cursor): NonNullable<ViewPatch['append']> | null {
  const { boards } = city
  const inboxBoard = inboxOf(city, viewer)
  if (boards.feed.total === cursor.feed && boards.logbook.total === cursor.logbook && inboxBoard.total === cursor.inbox)
    return null
  const feed = feedFor(city, viewer, since(boards.feed, cursor.feed))
  const logbook = since(boards.logbook, cursor.logbook).filter((line) => mayRead(city, viewer, line))
  const inbox = since(inboxBoard, cursor.inbox)
  Object.assign(cursor, { feed: boards.feed.total, logbook: boards.logbook.total, inbox: inboxBoard.total })
  if (feed.length + logbook.length + inbox.length === 0) return null
  return {
    ...(feed.length === 0 ? {} : { feed }),
    ...(logbook.length === 0 ? {} : { logbook }),
    ...(inbox.length === 0 ? {} : { inbox }),
  }
}

type Settable = Omit<CityView, 'feed' | 'inbox' | 'logbook'>

type Own = 'car' | 'study' | 'duty'
type Making<K extends keyof Settable> = { readonly [N in K]: () => Settable[N] }

/** The members that are told whole and are the viewer's own, each made only when it is compared. */
const ownMembers = (city: City, viewer: Viewer): Making<Own> => ({
  car: () => carOf(city, viewer),
  study: () => studyOf(city, viewer),
  duty: () => dutyOf(city, viewer),
})

/** Those that everybody of a role sees alike. */
function roleMembers(city: City, role: Role): Making<Exclude<keyof Settable, Own>> {
  const { boards } = city
  return {
    weather: () => weatherOf(city.world),
    signals: () => signalLines(city.world),
    alarms: () => (role === 'projector' ? withoutPlates(boards.alarms) : boards.alarms),
    fleet: () => (role === 'projector' ? [] : boards.fleet),
    units: () => unitLines(city),
    rules: () => ruleLines(city),
  }
}

function changed(
  city: City,
  viewer: Viewer,
  cursor: Cursor,
  shared: SharedMembers,
): NonNullable<ViewPatch['set']> | null {
  cursor.lookedAt = city.tick
  const set: Record<string, unknown> = {}
  const members = [
    ...toTold(ownMembers(city, viewer)),
    ...membersFor(shared, city, viewer.role, () => roleMembers(city, viewer.role)),
  ]
  for (const { name, value, text } of members) {
    if (cursor.told.get(name) === text) continue
    cursor.told.set(name, text)
    set[name] = value
  }
  return Object.keys(set).length === 0 ? null : set
}

const NO_LETTERS = { newest: [], total: 0 }
const inboxOf = ({ boards }: City, { plate }: Viewer) =>
  plate === null ? NO_LETTERS : (boards.inboxes[plate] ?? NO_LETTERS)

function carOf(city: City, { seatId, plate }: Viewer): OwnCarView | null {
  const seat = seatId === null ? null : seatOf(city.world, seatId)
  if (seat === null || plate === null) return null
  return ownCarView(city.world, seat)
}

const studyOf = ({ scenario, study }: City, { seatId }: Viewer) => {
  const seat = seatId === null ? undefined : study[seatId]
  return seat === undefined ? null : viewStudy(scenario, seat)
}

const dutyOf = (city: City, { seatId }: Viewer) =>
  viewDuty(city, seatId === null ? 'driver' : (city.study[seatId]?.post ?? 'driver'))

/** The wall shows no pupil's failure: lines that name a seat's plate are left out, and of the rest nobody knows whose. */
function feedFor({ world }: City, { role }: Viewer, entries: readonly FeedEntry[]): readonly FeedEntry[] {
  if (role !== 'projector') return entries
  const seated = world.seats.flatMap((seat) => (seat === null ? [] : [world.plates[seat.slot] ?? '']))
  const names = ({ text }: FeedEntry) =>
    Object.values(text.params).some((value) => seated.some((plate) => String(value).includes(plate)))
  return entries.filter((entry) => !names(entry)).map((entry) => ({ ...entry, plate: null }))
}

/** A driver reads the own records, and what the agents did; the others' manoeuvres are theirs. */
export function mayRead({ world }: City, { role, plate }: Viewer, line: LogbookLine): boolean {
  if (role === 'projector') return !isSeated(world, line.plate)
  if (role === 'host') return true
  return line.plate === plate || (line.category === 'Management' && !isSeated(world, line.plate))
}

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
