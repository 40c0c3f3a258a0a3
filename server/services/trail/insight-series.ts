import type { CauseId } from '../../../shared/ids.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { InsightType } from './trail-settings.ts'

export const MINUTE_MS = 60_000
const HOUR_MINUTES = 60
const DAY_MINUTES = 1440
const WEEK_MINUTES = 7 * DAY_MINUTES
/** A rate is unusual above mean + 4 σ, and no σ counts for less than one call a minute. */
const SIGMAS = 4
const LEAST_SIGMA = 1
const MINUTES_TO_START = 2
const MINUTES_TO_END = 5

/** Calls of one kind in one minute, and who made them. Names are counted in the order in which they first appear. */
export interface MinuteCount {
  readonly calls: number
  readonly callers: Readonly<Record<string, number>>
  readonly userAgents: Readonly<Record<string, number>>
  readonly errorCodes: Readonly<Record<string, number>>
  /** The record of the last call. */
  readonly last: CauseId
}

/** Sums of the minutes of one hour, counted from 1970. */
interface HourSum {
  readonly hour: number
  readonly calls: number
  readonly squares: number
}

/** An unusual rate from its first minute on. It is an insight, with an id, from its second. */
export interface Unusual {
  readonly insight: { readonly id: CauseId; readonly sharedEventID: string } | null
  readonly baseline: Baseline
  readonly minutes: number
  readonly quietMinutes: number
  /** What was called since the first minute. */
  readonly total: Omit<MinuteCount, 'last'>
}

/** What is usual: calls a minute over the week before, or over what of it was observed. */
interface Baseline {
  readonly average: number
  readonly threshold: number
  readonly minutes: number
}

/** What is watched for unusual rates: the calls, or the failures, of one operation in one Region. */
export interface Series {
  readonly type: InsightType
  readonly region: string
  readonly eventSource: string
  readonly eventName: string
  readonly hours: readonly HourSum[]
  readonly unusual: Unusual | null
}

/** An insight starts or ends with the minute just closed. */
export interface Turn {
  readonly state: 'Start' | 'End'
  readonly unusual: Unusual
}

/**
 * Closes one minute of a series. An insight starts with the second minute in a row above the threshold and ends with
 * the fifth in a row that is not. Whoever writes down the start enters its ids.
 *
 * @param minute counted from 1970
 * @param since when counting began: without a day of it nothing is unusual
 */
export function closeMinute(
  series: Series,
  minute: number,
  count: MinuteCount | undefined,
  since: ServiceMs,
): { readonly series: Series; readonly turn: Turn | null } {
  const counted = { ...series, hours: addMinute(series.hours, minute, count?.calls ?? 0) }
  const unusual = goOn(series, minute, count, since)
  if (unusual === null) return { series: { ...counted, unusual }, turn: null }
  const { insight, minutes, quietMinutes } = unusual
  if (insight === null) {
    const isOver = quietMinutes > 0
    const turn: Turn | null = !isOver && minutes >= MINUTES_TO_START ? { state: 'Start', unusual } : null
    return { series: { ...counted, unusual: isOver ? null : unusual }, turn }
  }
  const ends = quietMinutes >= MINUTES_TO_END
  return { series: { ...counted, unusual: ends ? null : unusual }, turn: ends ? { state: 'End', unusual } : null }
}

/** @returns a series without anything counted */
export const openSeries = (kind: Pick<Series, 'type' | 'region' | 'eventSource' | 'eventName'>): Series => ({
  ...kind,
  hours: [],
  unusual: null,
})

/** Adds what one minute brought to what was counted before; names keep the place of their first appearance. */
export const addCounts = (before: Unusual['total'], count: MinuteCount | undefined): Unusual['total'] =>
  count === undefined
    ? before
    : {
        calls: before.calls + count.calls,
        callers: addNames(before.callers, count.callers),
        userAgents: addNames(before.userAgents, count.userAgents),
        errorCodes: addNames(before.errorCodes, count.errorCodes),
      }

/** Nothing was called. */
export const NO_CALLS: Unusual['total'] = { calls: 0, callers: {}, userAgents: {}, errorCodes: {} }

function goOn({ unusual, hours }: Series, minute: number, count: MinuteCount | undefined, since: ServiceMs) {
  const calls = count?.calls ?? 0
  if (unusual === null) {
    const baseline = baselineOf(hours, minute, since)
    if (baseline === null || calls <= baseline.threshold) return null
    return { insight: null, baseline, minutes: 1, quietMinutes: 0, total: addCounts(NO_CALLS, count) }
  }
  return {
    ...unusual,
    minutes: unusual.minutes + 1,
    quietMinutes: calls > unusual.baseline.threshold ? 0 : unusual.quietMinutes + 1,
    total: addCounts(unusual.total, count),
  }
}

/** The minutes before this one: mean and spread over all of them, those without a call included. */
function baselineOf(hours: readonly HourSum[], minute: number, since: ServiceMs): Baseline | null {
  const minutes = Math.min(WEEK_MINUTES, minute - Math.ceil(since / MINUTE_MS))
  if (minutes < DAY_MINUTES) return null
  const recent = recentHours(hours, minute)
  const average = recent.reduce((sum, { calls }) => sum + calls, 0) / minutes
  const variance = recent.reduce((sum, { squares }) => sum + squares, 0) / minutes - average * average
  const sigma = Math.max(LEAST_SIGMA, Math.sqrt(Math.max(0, variance)))
  return { average, threshold: average + SIGMAS * sigma, minutes }
}

function addMinute(hours: readonly HourSum[], minute: number, calls: number): readonly HourSum[] {
  if (calls === 0) return hours
  const hour = Math.floor(minute / HOUR_MINUTES)
  const last = hours.at(-1)
  const isNewHour = last === undefined || last.hour !== hour
  const before = isNewHour ? { hour, calls: 0, squares: 0 } : last
  const kept = isNewHour ? recentHours(hours, minute) : hours.slice(0, -1)
  return [...kept, { hour, calls: before.calls + calls, squares: before.squares + calls * calls }]
}

const recentHours = (hours: readonly HourSum[], minute: number): readonly HourSum[] =>
  hours.filter(({ hour }) => (hour + 1) * HOUR_MINUTES > minute - WEEK_MINUTES)

function addNames(before: Readonly<Record<string, number>>, count: Readonly<Record<string, number>>) {
  const sums = Object.entries(count).map(([name, calls]) => [name, (before[name] ?? 0) + calls] as const)
  return { ...before, ...Object.fromEntries(sums) }
}
