import type { Role, ViewPatch } from '../../shared/protocol/view.ts'
import { since } from './boards.ts'
import type { City } from './city.ts'
import { isSame } from './same.ts'
import { feedFor, isPublic, roleMembers, type RoleMembers, type Viewer } from './views.ts'

/** What is new for all viewers of a role who were last told at the same tick. */
export interface RoleNews {
  readonly members: RoleMembers
  /** For whoever has no news of their own: one object for them all, so that it has to be written only once. */
  readonly patch: ViewPatch | null
  /** Plates of the new lines in the logbook that only their own driver reads. */
  readonly plates: ReadonlySet<string | null>
}

/**
 * What viewers are told alike, worked out once for all of them. Belongs to the host, not to the city: nothing of it is
 * state.
 */
export interface SharedNews {
  city: City | null
  /** By role, as of this city; a member that says the same as before is the same object. */
  readonly members: Map<Role, RoleMembers>
  /** By role and tick of the last look, of this city only. */
  readonly news: Map<string, RoleNews>
}

export const openSharedNews = (): SharedNews => ({ city: null, members: new Map(), news: new Map() })

/** How far somebody has been told. */
export interface RoleCursor {
  /** The tick of the last look. */
  lookedAt: number
  feed: number
  logbook: number
  members: RoleMembers
}

/** @returns what is new for a role since the tick at which somebody was told last */
export function newsFor(shared: SharedNews, city: City, viewer: Viewer, told: Readonly<RoleCursor>): RoleNews {
  if (shared.city !== city) shared.news.clear()
  shared.city = city
  const key = `${viewer.role} ${told.lookedAt}`
  const known = shared.news.get(key) ?? findNews(shared, city, viewer, told)
  shared.news.set(key, known)
  return known
}

function findNews(shared: SharedNews, city: City, viewer: Viewer, told: Readonly<RoleCursor>): RoleNews {
  const { role } = viewer
  const members = keepSame(shared.members.get(role), roleMembers(city, role))
  shared.members.set(role, members)
  const lines = since(city.boards.logbook, told.logbook)
  const logbook = lines.filter((line) => isPublic(city, role, line))
  const feed = feedFor(city, viewer, since(city.boards.feed, told.feed))
  const { set, append } = changesOf(role, told.members, members)
  return {
    members,
    patch: toPatch(set, { ...filled({ feed, logbook }), ...append }),
    plates: new Set(lines.filter((line) => !logbook.includes(line)).map(({ plate }) => plate)),
  }
}

type Whole = NonNullable<ViewPatch['set']>
type Added = NonNullable<ViewPatch['append']>

/** @returns `null` when there is nothing in it */
export function toPatch(set: Whole, append: Added): ViewPatch | null {
  const hasSet = Object.keys(set).length > 0
  const hasAppend = Object.keys(append).length > 0
  if (!hasSet && !hasAppend) return null
  return { ...(hasSet ? { set } : {}), ...(hasAppend ? { append } : {}) }
}

/** The lists with something in them. */
export const filled = (lists: Added): Added =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))

/** Members that say the same as before stay the same objects. */
function keepSame(before: RoleMembers | undefined, now: RoleMembers): RoleMembers {
  if (before === undefined) return now
  const kept = Object.entries(now).map(([name, value]) => {
    const known = before[name as keyof RoleMembers]
    return [name, isSame(known, value) ? known : value]
  })
  return Object.fromEntries(kept) as unknown as RoleMembers
}

/** Lamps and vehicles are told one by one. On the wall nobody knows whose they are: there they are told all together. */
function changesOf(role: Role, told: RoleMembers, now: RoleMembers): { readonly set: Whole; readonly append: Added } {
  const { alarms, fleet, ...rest } = now
  const whole = role === 'projector' ? now : rest
  const changed = Object.entries(whole).filter(([name, value]) => !isSame(told[name as keyof RoleMembers], value))
  if (role === 'projector') return { set: Object.fromEntries(changed), append: {} }
  const added = {
    alarms: told.alarms === alarms ? [] : alarms.filter((lamp) => !told.alarms.includes(lamp)),
    fleet: told.fleet === fleet ? [] : fleet.filter((line) => !told.fleet.includes(line)),
  }
  return { set: Object.fromEntries(changed), append: filled(added) }
}
