import { busArn } from '../../../shared/aws/account.ts'
import { toEnvelope, type BusEvent, type Handover, type RuleMatch } from '../../../shared/aws/event.ts'
import type { BusRule, Target } from '../../../shared/aws/rule.ts'
import type { CauseId } from '../../../shared/ids.ts'
import { randomShare, streamOf } from '../../../shared/random.ts'
import { serviceMs, type ServiceMs } from '../../../shared/units.ts'
import { toPayload } from './payload.ts'
import type { Delivery } from './state.ts'
import { count, type Turn } from './turn.ts'

const WAITS = streamOf('bridge-retry')
const LONGEST_WAIT_S = 900
const DEFAULT_RETRIES = 185
const DEFAULT_AGE_S = 86_400

/** Sends a matched event to one target of the rule; each target's way is its own. */
export function dispatch(turn: Turn, target: Target, { rule, event, match }: Cause): void {
  const { now } = turn.ctx
  const delivery = toDelivery(target, { rule, event, match }, now)
  const payload = toPayload(target, { event, rule, ingestedAt: now })
  if (payload.ok) send(turn, { ...delivery, payload: payload.value })
  else giveUp(turn, delivery, { code: payload.error })
}

/**
 * Sends a matched event to another bus, as it is: buses of one account take it at once. What came from another bus
 * goes to no third one (EventBridge User Guide, "Sending events between event buses in the same account and Region").
 *
 * @returns the dispatch and the bus that took it; `null` where none did
 */
export function dispatchToBus(turn: Turn, target: Target, cause: Cause): { id: CauseId; busName: string } | null {
  if (cause.event.isForwarded) return null
  const delivery = { ...toDelivery(target, cause, turn.ctx.now), payload: toEnvelope(cause.event) }
  const dispatchId = announce(turn, delivery)
  const bus = turn.state.buses.find(({ arn }) => arn === target.arn)
  if (bus === undefined) {
    giveUp(turn, { ...delivery, dispatchId }, { code: 'NO_RESOURCE' })
    return null
  }
  count(turn, 'Invocations', delivery.ruleName, dispatchId)
  return { id: dispatchId, busName: bus.name }
}

export const isBus = ({ arn }: Target): boolean => arn.startsWith(busArn(''))

/** Before its first dispatch it goes by the match's id. */
const toDelivery = (target: Target, { rule, event, match }: Cause, since: ServiceMs): Delivery => ({
  dispatchId: match.id,
  matchId: match.id,
  ruleName: rule.name,
  ruleArn: rule.arn,
  target,
  event,
  payload: null,
  since,
  retries: 0,
  failed: null,
})

interface Cause {
  readonly rule: BusRule
  readonly event: BusEvent
  readonly match: RuleMatch
}

function send(turn: Turn, delivery: Delivery): void {
  const dispatchId = announce(turn, delivery)
  turn.state = { ...turn.state, deliveries: [...turn.state.deliveries, { ...delivery, dispatchId, failed: null }] }
}

/** @returns the id of the dispatch that tells of a delivery */
function announce(turn: Turn, delivery: Delivery): CauseId {
  const id = turn.ctx.ids.next()
  const { ruleName, ruleArn, target, payload, event, matchId } = delivery
  turn.dispatches.push({
    id,
    cause: matchId,
    ruleName,
    ruleArn,
    targetId: target.id,
    targetArn: target.arn,
    payload,
    hops: event.hops + 1,
  })
  return id
}

/** Takes the targets' answers: done, given up, or to be tried again later. Unknown dispatches are ignored. */
export function settle(turn: Turn, handovers: readonly Handover[]): void {
  if (handovers.length === 0) return
  const outcomes = new Map(handovers.map((handover) => [handover.dispatchId, handover.outcome]))
  const before = turn.state.deliveries
  const deliveries = before.flatMap((delivery) => {
    const outcome = delivery.failed === null ? outcomes.get(delivery.dispatchId) : undefined
    return outcome === undefined ? delivery : (answer(turn, delivery, outcome) ?? [])
  })
  turn.state = { ...turn.state, deliveries }
}

/** @returns the delivery as it waits for its retry, or `null` when it is over */
function answer(turn: Turn, delivery: Delivery, outcome: Handover['outcome']): Delivery | null {
  if (outcome === 'ACCEPTED') {
    count(turn, 'Invocations', delivery.ruleName, delivery.dispatchId)
    return null
  }
  if (outcome === 'THROTTLING') count(turn, 'ThrottledRules', delivery.ruleName, delivery.dispatchId)
  const isPermanent = outcome === 'NO_RESOURCE' || outcome === 'NO_PERMISSIONS'
  const policy = delivery.target.retryPolicy
  const isExhausted = delivery.retries >= (policy?.maximumRetryAttempts ?? DEFAULT_RETRIES)
  if (isPermanent || isExhausted) {
    giveUp(turn, delivery, { code: codeOf(outcome), ...(isPermanent ? {} : { exhausted: 'MaximumRetryAttempts' }) })
    return null
  }
  const due = Math.min(turn.ctx.now + drawWait(turn, delivery.retries), expiryOf(delivery))
  return { ...delivery, failed: { outcome, due: serviceMs(due) } }
}

/** Dispatches again what has waited long enough, and gives up what has become too old. */
export function retry(turn: Turn): void {
  const { now } = turn.ctx
  const due = turn.state.deliveries.filter((delivery) => delivery.failed !== null && delivery.failed.due <= now)
  if (due.length === 0) return
  const deliveries = turn.state.deliveries.filter((delivery) => !due.includes(delivery))
  turn.state = { ...turn.state, deliveries }
  for (const delivery of due) {
    const code = codeOf(delivery.failed?.outcome ?? 'INTERNAL')
    if (now >= expiryOf(delivery)) giveUp(turn, delivery, { code, exhausted: 'MaximumEventAgeInSeconds' })
    else send(turn, { ...delivery, retries: delivery.retries + 1 })
  }
}

const expiryOf = ({ since, target }: Delivery): number =>
  since + (target.retryPolicy?.maximumEventAgeInSeconds ?? DEFAULT_AGE_S) * 1000

/** Doubles from 1 s to 15 min, shortened by chance to between half and all of it. */
function drawWait(turn: Turn, retries: number): number {
  const seconds = Math.min(2 ** Math.min(retries, 10), LONGEST_WAIT_S)
  const share = 0.5 + randomShare(turn.ctx.seed, WAITS, turn.state.waitsDrawn) / 2
  turn.state = { ...turn.state, waitsDrawn: turn.state.waitsDrawn + 1 }
  return Math.round(seconds * 1000 * share)
}

interface Reason {
  readonly code: string
  readonly exhausted?: string
}

const codeOf = (outcome: Handover['outcome']): string => (outcome === 'INTERNAL' ? 'INTERNAL_ERROR' : outcome)

const MESSAGES: Readonly<Record<string, string>> = {
  NO_RESOURCE: 'The target does not exist.',
  NO_PERMISSIONS: 'The rule is not allowed to call the target.',
  THROTTLING: 'The target refused the call because it had too many.',
  TIMEOUT: 'The target did not answer in time.',
  INTERNAL_ERROR: 'The target failed to take the call.',
  INVALID_JSON: 'What the target would have got is not valid JSON.',
}

/** The end of a delivery that nobody took: to the target's dead-letter queue, or lost. */
function giveUp(turn: Turn, delivery: Delivery, { code, exhausted }: Reason): void {
  const { ruleName, ruleArn, target, event, retries } = delivery
  const cause: CauseId = delivery.dispatchId
  count(turn, 'Invocations', ruleName, cause)
  count(turn, 'FailedInvocations', ruleName, cause)
  if (!target.deadLetterConfig) return
  const isQueue = target.deadLetterConfig.arn.startsWith('arn:aws:sqs:')
  count(turn, isQueue ? 'InvocationsSentToDlq' : 'InvocationsFailedToBeSentToDlq', ruleName, cause)
  if (!isQueue) return
  turn.deadLetters.push({
    id: turn.ctx.ids.next(),
    cause,
    queue: target.deadLetterConfig.arn,
    body: toEnvelope(event),
    attributes: {
      RULE_ARN: ruleArn,
      TARGET_ARN: target.arn,
      ERROR_CODE: code,
      ERROR_MESSAGE: MESSAGES[code] ?? code,
      ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
      RETRY_ATTEMPTS: retries,
    },
  })
}
