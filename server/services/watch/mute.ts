import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Cron } from './cron.ts'
import { nextCron, parseCron, parseMinute } from './cron.ts'
import { invalid, nameFaults } from './faults.ts'
import { limits } from './limits.ts'
import type { MuteRule, MuteRuleInput } from './state.ts'

type Rules = Readonly<Record<string, MuteRule>>

/** When a mute rule's windows begin, and how long each lasts. */
interface Schedule {
  readonly begins: ServiceMs | Cron
  readonly lengthMs: number
}

/** Whether a window is open that names the alarm; a rule without targets names them all. */
export const isMutedAt = (rules: Rules, alarmName: string, at: ServiceMs): boolean =>
  Object.values(rules).some(({ input, window }) => {
    const isOpen = window !== null && window.from <= at && at < window.to
    const names = input.MuteTargets?.AlarmNames ?? []
    return isOpen && (names.length === 0 || names.includes(alarmName))
  })

/**
 * Reads a mute rule and finds its window at `now`, open or next (CloudWatch API Reference, "PutAlarmMuteRule"). Times are
 * UTC. A window that has already begun by then is open.
 */
export function toMuteRule(input: MuteRuleInput, now: ServiceMs): Result<MuteRule, ServiceError> {
  const [fault] = muteFaults(input)
  if (fault) return fail(fault)
  const schedule = toSchedule(input)
  return schedule.ok ? ok({ input, window: windowAfter(input, schedule.value, now) }) : schedule
}

/** The rules with every window that has ended by `at` replaced by the next one; the same object when none has. */
export function turnWindows(rules: Rules, at: ServiceMs): Rules {
  const isOver = Object.values(rules).some(({ window }) => window !== null && window.to <= at)
  if (!isOver) return rules
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, turned(rule, at)]))
}

function turned(rule: MuteRule, at: ServiceMs): MuteRule {
  if (rule.window === null || rule.window.to > at) return rule
  const schedule = toSchedule(rule.input)
  return { ...rule, window: schedule.ok ? windowAfter(rule.input, schedule.value, at) : null }
}

function muteFaults(input: MuteRuleInput): ServiceError[] {
  const names = input.MuteTargets?.AlarmNames ?? []
  const { Timezone = 'UTC' } = input.Rule.Schedule
  return [
    ...nameFaults('Name', input.Name),
    ...(names.length > limits.MUTE_TARGETS
      ? [invalid('MuteTargets', `A rule mutes at most ${limits.MUTE_TARGETS} alarms.`)]
      : []),
    ...(Timezone === 'UTC' ? [] : [invalid('Timezone', `This city keeps UTC, not ${Timezone}.`)]),
  ]
}

function toSchedule({ Rule }: MuteRuleInput): Result<Schedule, ServiceError> {
  const { Expression, Duration } = Rule.Schedule
  const match = /^(cron|at)\((.+)\)$/.exec(Expression)
  const inner = match?.[2] ?? ''
  const begins = match?.[1] === 'at' ? parseMinute(inner) : parseCron(inner)
  if (begins === null) return fail(invalid('Expression', `${Expression} is neither cron(…) nor at(yyyy-MM-ddThh:mm).`))
  const lengthMs = parseDuration(Duration)
  if (lengthMs === null) return fail(invalid('Duration', `${Duration} is not a time from PT1M to P15D.`))
  return ok({ begins, lengthMs })
}

/** Reads an ISO 8601 length of whole minutes. */
function parseDuration(text: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text)
  if (!match || text.endsWith('T')) return null
  const [days = 0, hours = 0, minutes = 0] = match.slice(1, 4).map((part) => Number(part ?? 0))
  const length = ((days * 24 + hours) * 60 + minutes) * 60_000
  return length >= limits.SHORTEST_MUTE_MS && length <= limits.LONGEST_MUTE_MS ? length : null
}

function windowAfter(input: MuteRuleInput, { begins, lengthMs }: Schedule, at: ServiceMs): MuteRule['window'] {
  const { StartDate = 0, ExpireDate = Infinity } = input
  const earliest = serviceMs(Math.max(StartDate, at - lengthMs + 1))
  const from = typeof begins === 'number' ? begins : nextCron(begins, earliest)
  if (from === null || from < StartDate || from >= ExpireDate) return null
  const to = serviceMs(Math.min(from + lengthMs, ExpireDate))
  return to > at ? { from, to } : null
}
