import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { toUtcParts } from '../../../../shared/time.ts'
import { serviceMs, type ServiceMs } from '../../../../shared/units.ts'
import { nextFiring, parseSchedule } from '../../../../server/services/bridge/schedule.ts'
import { START } from './kit.ts'

const MINUTE_MS = 60_000

/** Whether a field of numbers, lists, ranges and steps names a value: read anew for every question. */
function names(field: string, value: number, min: number, max: number): boolean {
  return field.split(',').some((part) => {
    const [span = '', step] = part.split('/')
    const [from = '', to] = span.split('-')
    const first = span === '*' ? min : Number(from)
    const last = span === '*' || (to === undefined && step !== undefined) ? max : Number(to ?? from)
    return value >= first && value <= last && (value - first) % Number(step ?? 1) === 0
  })
}

/** Tries minute after minute. */
function nextSlowly(fields: readonly string[], after: ServiceMs, minutes: number): ServiceMs | null {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  for (let n = 1; n <= minutes; n += 1) {
    const at = serviceMs((Math.floor(after / MINUTE_MS) + n) * MINUTE_MS)
    const parts = toUtcParts(at)
    const isDay = day === '?' ? names(weekday, parts.weekday + 1, 1, 7) : names(day, parts.day, 1, 31)
    if (
      isDay &&
      names(month, parts.month, 1, 12) &&
      names(hour, parts.hour, 0, 23) &&
      names(minute, parts.minute, 0, 59)
    )
      return at
  }
  return null
}

const field = (min: number, max: number) => {
  const value = fc.integer({ min, max })
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`)
  const span = fc.oneof(value.map(String), range, fc.constant('*'))
  const part = fc.oneof(
    span,
    fc.tuple(span, fc.integer({ min: 1, max: 7 })).map(([from, step]) => `${from}/${step}`),
  )
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','))
}

const days = fc.oneof(
  field(1, 31).map((day) => ({ day, weekday: '?' })),
  field(1, 7).map((weekday) => ({ day: '?', weekday })),
)

describe('cron', () => {
  it('[BRIDGE-60] fires at the first minute that its fields name, tried one by one', () => {
    const minutes = 3 * 1440
    const offset = fc.nat({ max: 400 * 86_400_000 })
    const crons = fc.record({ minute: field(0, 59), hour: field(0, 23), days, month: field(1, 12), offset })
    fc.assert(
      fc.property(crons, (cron) => {
        const fields = [cron.minute, cron.hour, cron.days.day, cron.month, cron.days.weekday]
        const schedule = parseSchedule(`cron(${fields.join(' ')} *)`)
        const after = serviceMs(START + cron.offset)
        const next = schedule && nextFiring(schedule, after)
        const expected = nextSlowly(fields, after, minutes)
        const isFar = next === null || next > after + minutes * MINUTE_MS
        expect(schedule).not.toBeNull()
        expect(isFar ? null : next).toBe(expected)
      }),
      { seed: 60, numRuns: 300 },
    )
  })
})
