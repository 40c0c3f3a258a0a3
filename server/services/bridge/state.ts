import { busArn } from '../../../shared/aws/account.ts'
import type { BusEvent, Handover } from '../../../shared/aws/event.ts'
import type { Archive, BusRule, EventBus, Replay, Target } from '../../../shared/aws/rule.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { Json } from '../../../shared/json.ts'
import type { ServiceMs } from '../../../shared/units.ts'

/** The command centre's memory: plain JSON. */
export interface BridgeState {
  /** Longest event pattern in characters: 2048 by default, 4096 at most. */
  readonly patternLimit: number
  readonly buses: readonly EventBus[]
  /** Changes its identity only when a rule changes: the compiled matchers hang on it. */
  readonly rules: readonly BusRule[]
  /** By the rule's ARN. */
  readonly targets: Readonly<Record<string, readonly Target[]>>
  readonly schedules: readonly Schedule[]
  /** Changes its identity only when an archive's definition changes. */
  readonly archives: readonly Archive[]
  /** What each archive holds, by its name. */
  readonly kept: Readonly<Record<string, readonly ArchiveMinute[]>>
  readonly replays: readonly Replay[]
  readonly deliveries: readonly Delivery[]
  /** How many event ids have been given out. */
  readonly idsGiven: number
  /** How many waits before a retry have been drawn. */
  readonly waitsDrawn: number
  /** When there is work without anything coming in; `null`: never. */
  readonly due: ServiceMs | null
}

/** When an enabled rule's schedule fires next. */
export interface Schedule {
  readonly ruleArn: string
  readonly next: ServiceMs
}

/** The events of one minute of event time, in the order in which they came. */
export interface ArchiveMinute {
  /** Minutes since 1970. */
  readonly minute: number
  readonly events: readonly BusEvent[]
}

/** An event on its way to one target, from the first dispatch until it is accepted or given up. */
export interface Delivery {
  /** The newest dispatch. */
  readonly dispatchId: CauseId
  readonly matchId: CauseId
  readonly ruleName: string
  readonly ruleArn: string
  readonly target: Target
  readonly event: BusEvent
  readonly payload: Json
  readonly since: ServiceMs
  readonly retries: number
  /** How the newest dispatch failed and when to do something about it; `null` while its answer is awaited. */
  readonly failed: { readonly outcome: Handover['outcome']; readonly due: ServiceMs } | null
}

export const DEFAULT_BUS = 'default'

/** Of an event pattern, in characters, when an account has asked for it. */
export const MAX_PATTERN_LENGTH = 4096

/** A command centre with its `default` bus and nothing else. */
export const emptyState = (patternLimit: number): BridgeState => ({
  patternLimit,
  buses: [{ name: DEFAULT_BUS, arn: busArn(DEFAULT_BUS) }],
  rules: [],
  targets: {},
  schedules: [],
  archives: [],
  kept: {},
  replays: [],
  deliveries: [],
  idsGiven: 0,
  waitsDrawn: 0,
  due: null,
})

const RUNNING: ReadonlySet<Replay['state']> = new Set(['STARTING', 'RUNNING', 'CANCELLING'])
export const isRunning = (replay: Replay): boolean => RUNNING.has(replay.state)

/** The state with its next moment of work set anew. */
export function withDue(state: Omit<BridgeState, 'due'>, now: ServiceMs): BridgeState {
  const moments = [
    ...state.schedules.map((schedule) => schedule.next),
    ...state.deliveries.flatMap((delivery) => delivery.failed?.due ?? []),
    ...(state.replays.some(isRunning) ? [now] : []),
  ]
  const due = moments.reduce<ServiceMs | null>((least, at) => (least === null || at < least ? at : least), null)
  return { ...state, due }
}
