import type { ViewPatch } from '../../shared/protocol/view.ts'
import { since } from './boards.ts'
import type { City } from './city.ts'
import { isSame } from './same.ts'
import { filled, newsFor, openSharedNews, toPatch, type RoleCursor, type SharedNews } from './shared-news.ts'
import { hasCarChanged, openCarTrace, seatOf, type CarTrace } from './street-view.ts'
import type { SeatStudy } from './study.ts'
import { carOf, dutyOf, inboxOf, mayRead, roleMembers, studyOf, type CityView, type Viewer } from './views.ts'

/** What a viewer has been told so far. */
export interface Cursor extends RoleCursor {
  inbox: number
  car: CityView['car']
  readonly carTrace: CarTrace
  study: SeatStudy | undefined
  duty: CityView['duty']
}

/** Everything but the street is looked at this often, in ticks: five times a second, by viewers in turns. */
const STRIDE = 4

/** A cursor for somebody who has just been given the whole view. */
export const openCursor = (city: City, viewer: Viewer): Cursor => ({
  lookedAt: city.tick,
  feed: city.boards.feed.total,
  logbook: city.boards.logbook.total,
  inbox: inboxOf(city, viewer).total,
  members: roleMembers(city, viewer.role),
  car: carOf(city, viewer),
  carTrace: openCarTrace(),
  study: city.study[viewer.seatId ?? ''],
  duty: dutyOf(city, viewer),
})

/**
 * @param shared of the host that tells this city: what others of the same role are told is not made again
 * @returns what has changed since the cursor, which moves on; `null` when nothing has
 */
export function patchCity(
  city: City,
  viewer: Viewer,
  cursor: Cursor,
  shared: SharedNews = openSharedNews(),
): ViewPatch | null {
  if (city.tick - cursor.lookedAt < STRIDE) return null
  const { members, patch, plates } = newsFor(shared, city, viewer, cursor)
  const set = ownChanges(city, viewer, cursor)
  const append = ownAdditions(city, viewer, cursor, plates.has(viewer.plate))
  const { feed, logbook } = city.boards
  Object.assign(cursor, { members, lookedAt: city.tick, feed: feed.total, logbook: logbook.total })
  if (set === null && append === null) return patch
  return toPatch({ ...patch?.set, ...set }, { ...patch?.append, ...append })
}

/** The viewer's own members, where they are not what was told. */
function ownChanges(city: City, viewer: Viewer, cursor: Cursor): ViewPatch['set'] | null {
  const car = carNow(city, viewer, cursor)
  const duty = dutyOf(city, viewer)
  const study = city.study[viewer.seatId ?? '']
  const hasCar = car !== cursor.car && !isSame(car, cursor.car)
  const hasDuty = !isSame(duty, cursor.duty)
  const hasStudy = study !== cursor.study
  if (!hasCar && !hasDuty && !hasStudy) return null
  Object.assign(cursor, { car, duty, study })
  return {
    ...(hasCar ? { car } : {}),
    ...(hasDuty ? { duty } : {}),
    ...(hasStudy ? { study: studyOf(city, viewer) } : {}),
  }
}

/** The own car's view, as it was told when nothing of it has changed. */
function carNow(city: City, viewer: Viewer, { car, carTrace }: Cursor): CityView['car'] {
  const seat = viewer.seatId === null ? null : seatOf(city.world, viewer.seatId)
  if (seat === null) return null
  return hasCarChanged(carTrace, city.world, seat) ? carOf(city, viewer) : car
}

/** Letters, and the logbook's lines where some of them are the viewer's own to read. */
function ownAdditions(city: City, viewer: Viewer, cursor: Cursor, hasOwnLines: boolean): ViewPatch['append'] | null {
  const inbox = inboxOf(city, viewer)
  const hasLetters = inbox.total !== cursor.inbox
  if (!hasLetters && !hasOwnLines) return null
  const letters = since(inbox, cursor.inbox)
  cursor.inbox = inbox.total
  const lines = hasOwnLines ? since(city.boards.logbook, cursor.logbook) : []
  return filled({ inbox: letters, logbook: lines.filter((line) => mayRead(city, viewer, line)) })
}
