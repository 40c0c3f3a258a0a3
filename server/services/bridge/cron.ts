/** A day field: days by number, or one of the days that depend on the month. */
export type CronDays =
  | { readonly kind: 'any' }
  | { readonly kind: 'days'; readonly days: ReadonlySet<number> }
  /** The last day of the month. */
  | { readonly kind: 'last' }
  /** The weekday (Monday to Friday) nearest to a day of the month; `null`: the last weekday. */
  | { readonly kind: 'weekday'; readonly day: number | null }
  /** The n-th of a day of the week in the month; `null`: the last. */
  | { readonly kind: 'nth'; readonly day: number; readonly nth: number | null }

/** Six fields, in UTC. Days of the week count from 1 (Sunday) to 7. */
export interface Cron {
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly daysOfMonth: CronDays
  readonly months: ReadonlySet<number>
  readonly daysOfWeek: CronDays
  readonly years: ReadonlySet<number>
}

interface Range {
  readonly min: number
  readonly max: number
  readonly names?: readonly string[]
}

const MINUTES: Range = { min: 0, max: 59 }
const HOURS: Range = { min: 0, max: 23 }
const DAYS: Range = { min: 1, max: 31 }
const MONTHS: Range = {
  min: 1,
  max: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
}
const WEEK: Range = { min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] }
const YEARS: Range = { min: 1970, max: 2199 }

/**
 * Reads what stands between the brackets of `cron(…)` (EventBridge User Guide, "Cron expressions").
 *
 * @returns `null` when it is not valid: not six fields, a value out of range, or not exactly one day field `?`
 */
export function parseCron(text: string): Cron | null {
  const fields = text.split(' ')
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields
  if (fields.length !== 6 || (dayOfMonth === '?') === (dayOfWeek === '?')) return null
  const minutes = parseSet(minute, MINUTES)
  const hours = parseSet(hour, HOURS)
  const daysOfMonth = parseDaysOfMonth(dayOfMonth)
  const months = parseSet(month, MONTHS)
  const daysOfWeek = parseDaysOfWeek(dayOfWeek)
  const years = parseSet(year, YEARS)
  if (!minutes || !hours || !daysOfMonth || !months || !daysOfWeek || !years) return null
  return { minutes: sorted(minutes), hours: sorted(hours), daysOfMonth, months, daysOfWeek, years }
}

const sorted = (values: ReadonlySet<number>) => [...values].sort((a, b) => a - b)

function parseDaysOfMonth(text: string): CronDays | null {
  if (text === '?') return { kind: 'any' }
  if (text === 'L') return { kind: 'last' }
  if (text === 'LW') return { kind: 'weekday', day: null }
  if (text.endsWith('W')) {
    const day = parseValue(text.slice(0, -1), DAYS)
    return day === null ? null : { kind: 'weekday', day }
  }
  return toDays(parseSet(text, DAYS))
}

function parseDaysOfWeek(text: string): CronDays | null {
  if (text === '?') return { kind: 'any' }
  if (text === 'L') return { kind: 'days', days: new Set([7]) }
  const [dayText = '', nthText] = text.endsWith('L') ? [text.slice(0, -1), 'L'] : text.split('#')
  if (nthText === undefined) return toDays(parseSet(text, WEEK))
  const day = parseValue(dayText, WEEK)
  const nth = nthText === 'L' ? null : parseValue(nthText, { min: 1, max: 5 })
  const isValid = day !== null && (nthText === 'L' || nth !== null) && text.split('#').length <= 2
  return isValid ? { kind: 'nth', day, nth } : null
}

const toDays = (days: ReadonlySet<number> | null): CronDays | null => days && { kind: 'days', days }

/** A list of `*`, `n`, `n-m`, each with an optional `/step`. */
function parseSet(text: string, range: Range): ReadonlySet<number> | null {
  const parts = text.split(',').map((part) => parsePart(part, range))
  return parts.includes(null) ? null : new Set(parts.flatMap((part) => part ?? []))
}

function parsePart(text: string, range: Range): number[] | null {
  const [span = '', stepText, extra] = text.split('/')
  const step = stepText === undefined ? 1 : parseValue(stepText, { min: 1, max: range.max })
  const bounds = parseSpan(span, range, stepText !== undefined)
  if (extra !== undefined || step === null || bounds === null || bounds.from > bounds.to) return null
  const values: number[] = []
  for (let value = bounds.from; value <= bounds.to; value += step) values.push(value)
  return values
}

function parseSpan(text: string, range: Range, isOpen: boolean): { from: number; to: number } | null {
  if (text === '*') return { from: range.min, to: range.max }
  const ends = text.split('-').map((end) => parseValue(end, range))
  const [from = null, to = isOpen ? range.max : from] = ends
  return ends.length > 2 || from === null || to === null ? null : { from, to }
}

function parseValue(text: string, { min, max, names }: Range): number | null {
  const named = names?.indexOf(text.toUpperCase()) ?? -1
  if (named >= 0) return named + min
  const value = /^\d{1,4}$/.test(text) ? Number(text) : NaN
  return value >= min && value <= max ? value : null
}
