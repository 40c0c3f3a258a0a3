import { HOME_REGION } from '../../../shared/aws/account.ts'
import { takeEventId, trigger } from './publish.ts'
import { nextFiring, parseSchedule } from './schedule.ts'
import type { Schedule } from './state.ts'
import type { Turn } from './turn.ts'

/** Fires every schedule that is due, once for each time it was due; the event goes to its own rule only. */
export function fireSchedules(turn: Turn): void {
  const due = turn.state.schedules.filter((schedule) => schedule.next <= turn.ctx.now)
  if (due.length === 0) return
  const schedules = turn.state.schedules.flatMap((schedule) => fire(turn, schedule) ?? [])
  turn.state = { ...turn.state, schedules }
}

/** @returns the schedule with its next time, or `null` when there is none */
function fire(turn: Turn, { ruleArn, next }: Schedule): Schedule | null {
  const rule = turn.state.rules.find((one) => one.arn === ruleArn)
  const schedule = parseSchedule(rule?.scheduleExpression ?? '')
  if (!rule || !schedule) return null
  let at: typeof next | null = next
  while (at !== null && at <= turn.ctx.now) {
    const event = {
      id: turn.ctx.ids.next(),
      cause: null,
      eventId: takeEventId(turn),
      eventBusName: rule.eventBusName,
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
      resources: [rule.arn],
      time: at,
      region: HOME_REGION,
      hops: 0,
      readOnlyManagement: false,
    }
    turn.events.push(event)
    trigger(turn, rule, event)
    at = nextFiring(schedule, at)
  }
  return at === null ? null : { ruleArn, next: at }
}
