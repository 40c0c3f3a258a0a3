import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import { parseCron, type Cron } from './cron.ts'
import { nextOfCron } from './cron-next.ts'

/** A schedule expression, understood. */
type ScheduleRule = { readonly kind: 'rate'; readonly everyMs: number } | { readonly kind: 'cron'; readonly cron: Cron }

const MINUTE_MS = 60_000
const UNIT_MS = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 1440 * MINUTE_MS } as const
const RATE = /^rate\(([1-9]\d{0,8}) (minute|hour|day)(s?)\)$/
const CRON = /^cron\((.*)\)$/

/** @returns `null` when the expression is not valid (EventBridge User Guide, "Schedule expression syntax") */
export function parseSchedule(expression: string): ScheduleRule | null {
  const [, value = '', unit, plural] = RATE.exec(expression) ?? []
  if (unit !== undefined) {
    const isSpelledRight = (value === '1') === (plural === '')
    return isSpelledRight ? { kind: 'rate', everyMs: Number(value) * UNIT_MS[unit as keyof typeof UNIT_MS] } : null
  }
  const cron = parseCron(CRON.exec(expression)?.[1] ?? '')
  return cron && { kind: 'cron', cron }
}

/**
 * When a schedule fires next: at a whole minute, in UTC.
 *
 * @param after when the rule was put or enabled, or fired last
 * @returns `null` when it never fires again
 */
export function nextFiring(schedule: ScheduleRule, after: ServiceMs): ServiceMs | null {
  if (schedule.kind === 'cron') return nextOfCron(schedule.cron, after)
  return serviceMs(Math.ceil((after + schedule.everyMs) / MINUTE_MS) * MINUTE_MS)
}
