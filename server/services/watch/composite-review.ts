import type { CauseId } from '../../../shared/ids.ts'
import { toOffsetMillis, toUtcParts } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { alarmNameOf, isRuleTrue } from './composite.ts'
import type { Alarm, CompositeAlarm } from './state.ts'
import { suppress } from './suppression.ts'
import type { Move, Run } from './transition.ts'
import { actOrMute, alarmIn, changeComposite, setAlarm } from './transition.ts'

/** Alarm name → id of the change that brought it here, for those that have changed since the last review. */
export type Changed = ReadonlyMap<string, CauseId | null>

/**
 * Evaluates the composite alarms whose children have changed, then those above them, until nothing changes any more;
 * and looks after what holds their actions back. Alarms that depend on themselves are left alone.
 */
export function reviewComposites(run: Run, at: ServiceMs, changed: Changed): void {
  let news: Changed = changed
  for (let depth = 0; depth <= Object.keys(run.alarms).length; depth += 1) {
    const next = new Map<string, CauseId | null>()
    for (const alarm of Object.values(run.alarms)) {
      if (alarm.kind !== 'composite') continue
      const id = reviewOne(run, alarm, { at, news })
      if (id !== undefined) next.set(alarm.config.AlarmName, id)
    }
    if (next.size === 0) return
    news = next
  }
}

/**
 * Puts a composite alarm into a state, or leaves it there, and decides whether its actions run now, later or not at all.
 *
 * @returns the id of the alarm's change, `undefined` when its state stays
 */
export function moveComposite(run: Run, alarm: CompositeAlarm, move: Move): CauseId | undefined {
  const hasChanged = move.to !== alarm.status.value
  const { next, runs } = suppress(alarm, {
    at: move.at,
    hasChanged,
    isInAlarm: move.to === 'ALARM',
    isSuppressorInAlarm: suppressorState(run, alarm) === 'ALARM',
  })
  if (!hasChanged && !runs && next === alarm.suppression) return undefined
  const after = changeComposite(run, { ...alarm, suppression: next }, { before: alarm, move })
  if (runs) actOrMute(run, after, { before: alarm, at: move.at })
  return hasChanged ? (after.status.changeId ?? undefined) : undefined
}

/** @returns the id of the alarm's change, `undefined` when its state stays */
function reviewOne(run: Run, alarm: CompositeAlarm, { at, news }: { at: ServiceMs; news: Changed }) {
  const trigger = alarm.children.find((child) => news.has(child))
  const isDue = (trigger !== undefined || alarm.isUnchecked) && !isInCycle(run, alarm)
  const { value, reason, reasonData } = alarm.status
  if (!isDue) return moveComposite(run, alarm, { to: value, reason, reasonData, at, cause: null })
  const checked = alarm.isUnchecked ? { ...alarm, isUnchecked: false } : alarm
  if (checked !== alarm) setAlarm(run, checked)
  const to = isRuleTrue(alarm.rule, (child) => childState(run, child)) ? 'ALARM' : 'OK'
  const child = trigger === undefined ? undefined : alarmIn(run, trigger)
  const cause = trigger === undefined ? null : (news.get(trigger) ?? null)
  return moveComposite(run, checked, { to, ...reasonOf(child, to), at, cause })
}

function suppressorState(run: Run, { config }: CompositeAlarm) {
  return config.ActionsSuppressor === undefined ? null : childState(run, config.ActionsSuppressor)
}

/** A child that has been deleted is in no known state. */
const childState = (run: Run, child: string) => alarmIn(run, alarmNameOf(child))?.status.value ?? 'INSUFFICIENT_DATA'

function isInCycle(run: Run, alarm: CompositeAlarm): boolean {
  const seen = new Set<string>()
  const queue = [...alarm.children]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (name === alarm.config.AlarmName) return true
    const child = alarmIn(run, name)
    if (seen.has(name) || child?.kind !== 'composite') continue
    seen.add(name)
    queue.push(...child.children)
  }
  return false
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
] // prettier-ignore

function reasonOf(child: Alarm | undefined, to: string): { reason: string; reasonData: string | null } {
  if (!child) return { reason: `Alarm rule evaluated to ${to}`, reasonData: null }
  const { value, updatedAt } = child.status
  const { weekday, day, month, year, hour, minute, second } = toUtcParts(updatedAt)
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':')
  const date = `${WEEKDAYS[weekday]} ${String(day).padStart(2, '0')} ${MONTHS[month - 1]}, ${year} ${clock} UTC`
  const triggeringAlarms = [{ arn: child.arn, state: { value, timestamp: toOffsetMillis(updatedAt) } }]
  return {
    reason: `${child.arn} transitioned to ${value} at ${date}`,
    reasonData: JSON.stringify({ triggeringAlarms }),
  }
}
