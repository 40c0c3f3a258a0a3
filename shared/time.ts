import type { ServiceMs } from './units.ts'
import { serviceMs } from './units.ts'

/** A moment of the service clock, split in UTC. `month` and `day` count from 1; `weekday` from 0 (Sunday). */
export interface UtcParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  readonly weekday: number
}

const DAY_MS = 86_400_000
const pad = (value: number, width: number) => String(value).padStart(width, '0')

/** Splits service time without `Date`: proleptic Gregorian calendar, years 1970 to 9999. */
export function toUtcParts(at: ServiceMs): UtcParts {
  const days = Math.floor(at / DAY_MS)
  const rest = at - days * DAY_MS
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: Math.floor(rest) % 1000,
    weekday: (((days + 4) % 7) + 7) % 7,
  }
}

/** The inverse of `toUtcParts` for a date and a time of day in UTC. */
export function toServiceMs(date: Pick<UtcParts, 'year' | 'month' | 'day'>, timeOfDayMs = 0): ServiceMs {
  const year = date.month <= 2 ? date.year - 1 : date.year
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5) + date.day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return serviceMs((era * 146_097 + dayOfEra - 719_468) * DAY_MS + timeOfDayMs)
}

const toDay = (p: UtcParts) => `${pad(p.year, 4)}-${pad(p.month, 2)}-${pad(p.day, 2)}`
const toClock = (p: UtcParts) => `${pad(p.hour, 2)}:${pad(p.minute, 2)}:${pad(p.second, 2)}`

/** `2026-03-14T09:26:53Z`: EventBridge `time`, CloudTrail `eventTime`. */
export function toIsoSeconds(at: ServiceMs): string {
  const parts = toUtcParts(at)
  return `${toDay(parts)}T${toClock(parts)}Z`
}

/** `2026-03-14T09:26:53.123Z`: Config's times. */
export function toIsoMillis(at: ServiceMs): string {
  const parts = toUtcParts(at)
  return `${toDay(parts)}T${toClock(parts)}.${pad(parts.millisecond, 3)}Z`
}

/** `2026-03-14T09:26:53.123+0000`: the `timestamp` of an alarm state. */
export const toOffsetMillis = (at: ServiceMs): string => toIsoMillis(at).replace('Z', '+0000')

const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(?:Z|\+0000)$/

/** Reads any of the three forms above. @returns `null` when the text is none of them */
export function fromIso(text: string): ServiceMs | null {
  const match = ISO.exec(text)
  if (!match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null
  const millisecond = Number((match[7] ?? '0').padEnd(3, '0'))
  const at = toServiceMs({ year, month, day }, ((hour * 60 + minute) * 60 + second) * 1000 + millisecond)
  return toUtcParts(at).day === day ? at : null
}
