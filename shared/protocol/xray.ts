import type { AlarmState } from '../aws/alarm.ts'
import type { ComplianceType } from '../aws/item.ts'
import type { JsonObject } from '../json.ts'
import type { FeedEntry, Moment, Speaker, Text } from './view.ts'

/**
 * What can be looked into: things of the street (`camera`, `station`, a `car` by its number on the wire, a `vehicle` by
 * its plate) and resources of the services, each by its name.
 */
export const THING_KINDS = [
  'camera', 'station', 'car', 'vehicle', 'alarm', 'trail', 'inspector', 'config-rule', 'bus', 'rule', 'function',
] as const // prettier-ignore

export interface ThingRef {
  readonly kind: (typeof THING_KINDS)[number]
  readonly id: string
}

/** The frame of a metric's curve: so many periods of service time from a moment on. */
export interface GraphFrame {
  readonly metricName: string
  readonly statistic: string
  readonly periodSeconds: number
  readonly periods: number
  /** The beginning of the first period. */
  readonly from: Moment
}

/** What stands in the frame. */
export interface GraphPoints {
  /** Number of the period, from 0, and its value; periods in which nothing was measured have none. */
  readonly points: readonly (readonly [period: number, value: number])[]
  /** What the alarms compare with; `null` without any. */
  readonly threshold: number | null
}

export type Graph = GraphFrame & GraphPoints

/** One alarm as a panel shows it. */
export interface AlarmCard {
  readonly name: string
  readonly arn: string
  readonly state: AlarmState
  readonly reason: string
  readonly since: Moment
  /** Newest first. */
  readonly history: readonly { readonly at: Moment; readonly type: string; readonly summary: string }[]
}

/** Another thing that this one leads to. */
export interface RelatedThing {
  readonly ref: ThingRef
  /** CloudFormation's name of its kind. */
  readonly type: string
  readonly name: string
  /** In AWS's own word: an alarm's state, a verdict, `ENABLED` … */
  readonly state: string | null
}

/** A fact about a thing as it is now: what it is called is a key of the locales, its value AWS's own word or a number. */
export interface ThingFact {
  readonly label: string
  readonly value: string
}

/** Everything of one thing: whose it is, its AWS name, what it is, how it does, and what AWS's API would answer. */
export interface ThingCard {
  readonly ref: ThingRef
  readonly speaker: Speaker
  /** CloudFormation's name of its kind, as `AWS::CloudWatch::Alarm`; `null` for what AWS has no part in. */
  readonly type: string | null
  readonly name: string
  readonly arn: string | null
  readonly about: Text
  readonly facts: readonly ThingFact[]
  readonly graph: Graph | null
  readonly alarms: readonly AlarmCard[]
  /** The newest first; each has a chain of causes. */
  readonly news: readonly FeedEntry[]
  readonly related: readonly RelatedThing[]
  /** By the name of the operation that answers so. */
  readonly answers: readonly { readonly operation: string; readonly json: JsonObject }[]
}

/** What a camera carries in the X-ray. */
export interface CameraNews extends GraphPoints {
  readonly id: string
  /** The gravest state of its alarms; `null` while it has none. */
  readonly state: AlarmState | null
}

/** What an agent's car carries: a record, a verdict, a run. `car` is its number on the wire. */
export type AgentNews =
  | { readonly kind: 'record'; readonly car: number; readonly eventName: string; readonly errorCode: string | null }
  | {
      readonly kind: 'verdict'
      readonly car: number
      readonly ruleName: string
      readonly plate: string
      readonly verdict: ComplianceType
    }
  | { readonly kind: 'run'; readonly car: number; readonly functionName: string; readonly start: RunStart }

/** How a run began; `idle` when none is under way. */
export type RunStart = 'cold' | 'warm' | 'idle'

/** What the city's things carry in the X-ray, asked for while it is on. */
export interface XrayNews {
  /** Of all cameras' curves; `null` in a city without cameras. */
  readonly frame: GraphFrame | null
  readonly cameras: readonly CameraNews[]
  readonly agents: readonly AgentNews[]
  /** What the command centre recognised last. */
  readonly match: { readonly ruleName: string; readonly matches: number; readonly at: Moment } | null
}
