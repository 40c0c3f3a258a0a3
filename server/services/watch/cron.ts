import { toServiceMs, toUtcParts } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'

/** A five-field cron expression, read: the values that each field allows. */
export interface Cron {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  /** 0 = Sunday. */
  readonly weekdays: ReadonlySet<number>
  /** When both day fields say something, one of them is enough. */
  readonly isEitherDay: boolean
}

interface FieldKind {
  readonly least: number
  readonly most: number
  readonly names?: readonly string[]
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const MINUTE = 60_000
const DAY = 86_400_000
/** A cron that never comes, such as the 31st of February, is given up after four years and a day. */
const FARTHEST_DAYS = 1462

/** Reads `minute hour day-of-month month day-of-week`. @returns `null` when it is no such expression */
export function parseCron(text: string): Cron | null {
  const fields = text.trim().split(/\s+/)
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  const minutes = parseField(minute, { least: 0, most: 59 })
  const hours = parseField(hour, { least: 0, most: 23 })
  const days = parseField(day, { least: 1, most: 31 })
  const months = parseField(month, { least: 1, most: 12, names: MONTHS })
  const weekdays = parseField(weekday, { least: 0, most: 7, names: DAYS })
  if (fields.length !== 5 || !minutes || !hours || !days || !months || !weekdays) return null
  if (weekdays.has(7)) weekdays.add(0)
  return { minutes, hours, days, months, weekdays, isEitherDay: !isAny(day) && !isAny(weekday) }
}

/** The first minute at `from` or later that the expression names; `null` when there is none within four years. */
export function nextCron(cron: Cron, from: ServiceMs): ServiceMs | null {
  const start = Math.ceil(from / MINUTE) * MINUTE
  for (let day = 0; day <= FARTHEST_DAYS; day += 1) {
    const midnight = (Math.floor(start / DAY) + day) * DAY
    if (!isDayNamed(cron, serviceMs(midnight))) continue
    const minute = firstMinute(cron, Math.max(0, start - midnight) / MINUTE)
    if (minute !== null) return serviceMs(midnight + minute * MINUTE)
  }
  return null
}

/** Reads `yyyy-MM-ddThh:mm` in UTC. @returns `null` when it is no such moment */
export function parseMinute(text: string): ServiceMs | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::00)?$/.exec(text)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match?.slice(1, 6).map(Number) ?? []
  if (!match || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59) return null
  const at = toServiceMs({ year, month, day }, (hour * 60 + minute) * MINUTE)
  return toUtcParts(at).day === day ? at : null
}

const isAny = (field: string): boolean => field === '*' || field === '?'

function parseField(text: string, kind: FieldKind): Set<number> | null {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const range = parsePart(part.toUpperCase(), kind)
    if (!range) return null
    for (let value = range.from; value <= range.to; value += range.step) values.add(value)
  }
  return values
}

function parsePart(part: string, kind: FieldKind): { from: number; to: number; step: number } | null {
  const match = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part)
  if (!match) return null
  const [, first = '', last, every] = match
  const step = every === undefined ? 1 : Number(every)
  if (step < 1) return null
  if (isAny(first)) return last === undefined ? { from: kind.least, to: kind.most, step } : null
  const from = toValue(first, kind)
  const to = last === undefined ? (every === undefined ? from : kind.most) : toValue(last, kind)
  return from === null || to === null || from > to ? null : { from, to, step }
}

function toValue(text: string, { least, most, names = [] }: FieldKind): number | null {
  const named = names.indexOf(text)
  if (named >= 0) return named + (least === 0 ? 0 : 1)
  const value = /^\d+$/.test(text) ? Number(text) : -1
  return value >= least && value <= most ? value : null
}

function isDayNamed(cron: Cron, midnight: ServiceMs): boolean {
  const { month, day, weekday } = toUtcParts(midnight)
  if (!cron.months.has(month)) return false
  const isDay = cron.days.has(day)
  const isWeekday = cron.weekdays.has(weekday)
  return cron.isEitherDay ? isDay || isWeekday : isDay && isWeekday
}

function firstMinute(cron: Cron, from: number): number | null {
  for (let minute = from; minute < 1440; minute += 1) {
    if (cron.hours.has(Math.floor(minute / 60)) && cron.minutes.has(minute % 60)) return minute
  }
  return null
}
