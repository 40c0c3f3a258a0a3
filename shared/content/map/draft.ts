import type { JunctionControl, Outline, Point, SignalProgram } from '../../model/city-map.ts'
import type { Arm } from './arms.ts'
import type { Network } from './network.ts'

/** A lane while the map is being compiled. Numbers are places in `Draft.lanes`, `network.roads` and `network.nodes`. */
export interface DraftLane {
  readonly line: Outline
  readonly length: number
  /** Of the tightest bend, in metres; Infinity when straight. */
  readonly radius: number
  /** In m/s. */
  readonly limit: number
  readonly width: number
  flags: number
  /** −1 for a connector. */
  readonly road: number
  readonly junction: number
  signalGroup: number
  left: number
  right: number
  readonly successors: number[]
}

export type Turn = 'right' | 'straight' | 'left'

/** A way through a junction. */
export interface Connector {
  readonly lane: number
  readonly fromLane: number
  readonly toLane: number
  readonly approach: Approach
  readonly exit: Exit
  readonly turn: Turn
}

/** A road end by which one enters a junction; lanes rightmost first. */
export interface Approach {
  readonly number: number
  readonly arm: Arm
  readonly lanes: readonly number[]
  readonly heading: Point
  isMinor: boolean
}
export interface Exit {
  readonly arm: Arm
  readonly lanes: readonly number[]
  readonly heading: Point
}

export interface DraftJunction {
  readonly node: number
  readonly control: JunctionControl
  readonly approaches: readonly Approach[]
  readonly exits: readonly Exit[]
  readonly connectors: Connector[]
  program: SignalProgram | null
}

export interface RoadLanes {
  readonly centreLine: Outline
  readonly forward: number[]
  readonly backward: number[]
}

export interface Draft {
  readonly network: Network
  readonly arms: readonly Arm[][]
  readonly lanes: DraftLane[]
  readonly roads: readonly RoadLanes[]
  readonly junctions: readonly DraftJunction[]
}
