import { assertNever } from '../../shared/assert.ts'
import type { AlarmChange } from '../../shared/aws/alarm.ts'
import type { ComplianceChange, ComplianceType } from '../../shared/aws/item.ts'
import type { TrailRecord } from '../../shared/aws/record.ts'
import { vehicleArn } from '../../shared/aws/account.ts'
import {
  judgeAnew,
  relight,
  VIEW_CAPS,
  type AlarmLamp,
  type FeedEntry,
  type FleetLine,
  type InboxEntry,
  type LogbookLine,
  type Moment,
} from '../../shared/protocol/view.ts'
import { principalName, toFeedEntry } from './explain.ts'
import type { Ledger, Letter, Thing } from './ledger.ts'

/** The newest entries of a list, and how many there have ever been: a reader knows what it has not yet seen. */
export interface Board<T> {
  readonly newest: readonly T[]
  readonly total: number
}

/** What the screens show of the services, kept as it happens. Members change identity only when they change. */
export interface Boards {
  readonly feed: Board<FeedEntry>
  readonly logbook: Board<LogbookLine>
  /** By plate. */
  readonly inboxes: Readonly<Record<string, Board<InboxEntry>>>
  readonly alarms: readonly AlarmLamp[]
  readonly fleet: readonly FleetLine[]
  /** Matches by rule. */
  readonly matches: Readonly<Record<string, number>>
  /** Fines by plate. */
  readonly fines: Readonly<Record<string, number>>
}

/** Letters in a mailbox that nobody opens. */
const TRAFFIC_LETTERS = 5

const empty = { newest: [], total: 0 }

export const openBoards = (): Boards => ({
  feed: empty,
  logbook: empty,
  inboxes: {},
  alarms: [],
  fleet: [],
  matches: {},
  fines: {},
})

/** @returns the entries that were added since `seen` of them had been, as far as the board still has them */
export const since = <T>(board: Board<T>, seen: number): readonly T[] =>
  board.total <= seen ? [] : board.newest.slice(Math.max(0, board.newest.length - (board.total - seen)))

/**
 * Writes one tick's happenings on the boards; the same object when nothing is to be shown.
 *
 * @param drivers plates of the seats, whose mailboxes are read
 */
export function post(
  boards: Boards,
  things: readonly Thing[],
  { at, ledger, drivers = [] }: { readonly at: Moment; readonly ledger: Ledger; readonly drivers?: readonly string[] },
): Boards {
  if (things.length === 0) return boards
  const feed = things.filter(isNews).map((thing) => toFeedEntry(thing, at, ledger))
  const records = things.flatMap((thing) => (thing.kind === 'record' ? [toLogbookLine(thing.it, at)] : []))
  const letters = things.flatMap((thing) => (thing.kind === 'letter' ? [thing.it] : []))
  const changes = things.flatMap((thing) => (thing.kind === 'alarm' ? [thing.it] : []))
  const verdicts = things.flatMap((thing) => (thing.kind === 'compliance' ? [thing.it] : []))
  const gone = things.flatMap(({ kind, it }) =>
    kind === 'fact' && it.kind === 'vehicle-left' && it.seatId === null ? [it.plate] : [],
  )
  const matches = things.flatMap((thing) => (thing.kind === 'match' ? [thing.it.ruleName] : []))
  return {
    feed: extend(boards.feed, feed, VIEW_CAPS.feed),
    logbook: extend(boards.logbook, records, VIEW_CAPS.logbook),
    inboxes: without(deliver(boards.inboxes, letters, drivers), gone),
    alarms: light(boards.alarms, changes, at),
    fleet: judge(boards.fleet, verdicts),
    matches: count(boards.matches, matches),
    fines: without(
      count(
        boards.fines,
        letters.flatMap((letter) => (letter.entry.kind === 'fine' ? [letter.plate] : [])),
      ),
      gone,
    ),
  }
}

/** Traffic that has left reads no letters any more; a seat may come back. */
function without<T>(byPlate: Readonly<Record<string, T>>, gone: readonly string[]): Readonly<Record<string, T>> {
  if (!gone.some((plate) => plate in byPlate)) return byPlate
  return Object.fromEntries(Object.entries(byPlate).filter(([plate]) => !gone.includes(plate)))
}

/** Every pass and every data event would drown the rest: the feed tells what the agents decided and did. */
export function isNews(thing: Thing): boolean {
  switch (thing.kind) {
    case 'fact':
      return NEWS_FACTS.has(thing.it.kind)
    case 'record':
      return thing.it.call.category === 'Management' || thing.it.call.eventName === 'RunRed'
    case 'dispatch':
    case 'item':
    case 'event':
    case 'run':
      return false
    case 'attempt':
      return thing.it.outcome !== 'returned'
    case 'alarm':
      return thing.it.to !== 'INSUFFICIENT_DATA' && !(thing.it.from === 'INSUFFICIENT_DATA' && thing.it.to === 'OK')
    case 'compliance':
      return thing.it.to !== 'NOT_APPLICABLE' && !(thing.it.from === null && thing.it.to === 'COMPLIANT')
    case 'action':
    case 'dead-letter':
    case 'insight':
    case 'loop':
    case 'message':
    case 'remediation':
    case 'match':
    case 'start':
    case 'end':
    case 'letter':
      return true
    default:
      return assertNever(thing)
  }
}

const NEWS_FACTS = new Set([
  'vehicle-inspected',
  'unit-departed',
  'unit-arrived',
  'weather-changed',
  'camera-switched',
  'limit-set',
  'road-closed',
])

function extend<T>(board: Board<T>, added: readonly T[], cap: number): Board<T> {
  if (added.length === 0) return board
  return { newest: [...board.newest, ...added].slice(-cap), total: board.total + added.length }
}

function deliver(
  inboxes: Boards['inboxes'],
  letters: readonly Letter[],
  drivers: readonly string[],
): Boards['inboxes'] {
  if (letters.length === 0) return inboxes
  const next: Record<string, Board<InboxEntry>> = { ...inboxes }
  for (const { plate, entry } of letters) {
    const cap = drivers.includes(plate) ? VIEW_CAPS.inbox : TRAFFIC_LETTERS
    next[plate] = extend(next[plate] ?? empty, [entry], cap)
  }
  return next
}

function light(lamps: readonly AlarmLamp[], changes: readonly AlarmChange[], at: Moment): readonly AlarmLamp[] {
  if (changes.length === 0) return lamps
  const changed = new Map(changes.map((change) => [change.alarmName, toLamp(change, at)]))
  return relight(lamps, [...changed.values()])
}

const toLamp = ({ alarmName, to, dimensions }: AlarmChange, at: Moment): AlarmLamp => ({
  name: alarmName,
  state: to,
  cameraId: dimensions['Camera'] ?? null,
  plate: dimensions['Plate'] ?? null,
  at,
})

function judge(fleet: readonly FleetLine[], changes: readonly ComplianceChange[]): readonly FleetLine[] {
  if (changes.length === 0) return fleet
  const verdicts = new Map<string, Record<string, ComplianceType>>()
  for (const { resourceId, configRuleName, to } of changes) {
    const known = verdicts.get(resourceId) ?? { ...fleet.find(({ plate }) => plate === resourceId)?.verdicts }
    verdicts.set(resourceId, { ...known, [configRuleName]: to })
  }
  return judgeAnew(
    fleet,
    [...verdicts].map(([plate, found]) => ({ plate, verdicts: found })),
  )
}

function count(totals: Readonly<Record<string, number>>, names: readonly string[]): Readonly<Record<string, number>> {
  if (names.length === 0) return totals
  const next = { ...totals }
  for (const name of names) next[name] = (next[name] ?? 0) + 1
  return next
}

function toLogbookLine(record: TrailRecord, at: Moment): LogbookLine {
  const { call } = record
  const vehicle = call.resources.find(({ ARN }) => ARN.startsWith(vehicleArn('')))
  return {
    id: record.id,
    eventName: call.eventName,
    eventSource: call.eventSource,
    principal: principalName(record),
    category: call.category,
    awsRegion: call.awsRegion,
    plate: vehicle === undefined ? null : vehicle.ARN.slice(vehicleArn('').length),
    errorCode: call.errorCode ?? null,
    at,
  }
}
