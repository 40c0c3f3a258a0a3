import { toServiceMs, toUtcParts, type UtcParts } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Cron, CronDays } from './cron.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const LAST_YEAR = 2199

/** @returns the first minute later than `after` that the expression names, or `null` when there is none to 2199 */
export function nextOfCron(cron: Cron, after: ServiceMs): ServiceMs | null {
  let from = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS
  for (;;) {
    const parts = toUtcParts(serviceMs(from))
    if (parts.year > LAST_YEAR) return null
    const midnight = Math.floor(from / DAY_MS) * DAY_MS
    const minute = isDay(cron, parts) ? firstMinute(cron, (from - midnight) / MINUTE_MS) : null
    if (minute !== null) return serviceMs(midnight + minute * MINUTE_MS)
    from = cron.years.has(parts.year) ? midnight + DAY_MS : toServiceMs({ year: parts.year + 1, month: 1, day: 1 })
  }
}

/** @returns the first minute of the day, from `least` on, that the expression names */
function firstMinute(cron: Cron, least: number): number | null {
  for (const hour of cron.hours)
    for (const minute of cron.minutes) if (hour * 60 + minute >= least) return hour * 60 + minute
  return null
}

const isDay = (cron: Cron, parts: UtcParts): boolean =>
  cron.years.has(parts.year) &&
  cron.months.has(parts.month) &&
  isIn(cron.daysOfMonth, parts, parts.day) &&
  isIn(cron.daysOfWeek, parts, parts.weekday + 1)

function isIn(field: CronDays, parts: UtcParts, day: number): boolean {
  switch (field.kind) {
    case 'any':
      return true
    case 'days':
      return field.days.has(day)
    case 'last':
      return parts.day === daysIn(parts)
    case 'weekday':
      return parts.day === nearestWeekday(field.day, parts)
    case 'nth':
      if (day !== field.day) return false
      return field.nth === null ? parts.day > daysIn(parts) - 7 : Math.ceil(parts.day / 7) === field.nth
    default:
      return field satisfies never
  }
}

function daysIn({ year, month }: UtcParts): number {
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 }
  return (toServiceMs({ ...next, day: 1 }) - toServiceMs({ year, month, day: 1 })) / DAY_MS
}

/** Never leaves the month: Saturday the 1st gives Monday the 3rd. */
function nearestWeekday(day: number | null, parts: UtcParts): number | null {
  const last = daysIn(parts)
  const wanted = day ?? last
  if (wanted > last) return null
  const weekday = (((parts.weekday + wanted - parts.day) % 7) + 7) % 7
  if (weekday === 6) return wanted === 1 || day === null ? (wanted === 1 ? 3 : wanted - 1) : wanted - 1
  if (weekday === 0) return wanted === last ? wanted - 2 : wanted + 1
  return wanted
}
