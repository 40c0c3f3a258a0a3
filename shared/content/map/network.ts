import type { Outline, Point, RoadClass } from '../../model/city-map.ts'
import type { SourceNode, SourceRoad } from '../map-source.ts'

/** Nodes and road pieces after roundabouts have become circles and turn pockets pieces of their own. */
export interface Network {
  readonly nodes: NetNode[]
  readonly roads: NetRoad[]
}

export interface NetNode {
  readonly id: string
  /** In the source, for faults. */
  readonly path: string
  readonly point: Point
  readonly source: SourceNode
  readonly isCircle: boolean
}

export interface NetRoad {
  readonly id: string
  readonly path: string
  readonly source: SourceRoad
  from: number
  to: number
  /** The centre line of the whole source road; this piece lies between `start` and `end` metres on it. */
  readonly line: Outline
  readonly length: number
  start: number
  end: number
  readonly forward: number
  readonly backward: number
  readonly laneWidth: number
  readonly median: number
  limitKmh: number
  readonly isCircle: boolean
  /** Ends at which the leftmost of several lanes is for left turns only. */
  readonly leftLaneTurnsAt: readonly ('from' | 'to')[]
}

/** What is usual for a class: lanes there and back, metres of a lane and of the strip between the directions, limit. */
export const CLASS_DEFAULTS: Readonly<
  Record<RoadClass, { lanes: readonly [number, number]; width: number; median: number; limitKmh: number; rank: number }>
> = {
  expressway: { lanes: [2, 2], width: 3.75, median: 3, limitKmh: 110, rank: 5 },
  ramp: { lanes: [1, 0], width: 4, median: 0, limitKmh: 70, rank: 1 },
  avenue: { lanes: [2, 2], width: 3.25, median: 0, limitKmh: 50, rank: 4 },
  street: { lanes: [1, 1], width: 3.25, median: 0, limitKmh: 50, rank: 3 },
  lane: { lanes: [1, 0], width: 3.5, median: 0, limitKmh: 30, rank: 2 },
}
