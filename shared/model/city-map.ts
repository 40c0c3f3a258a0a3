import type { Kmh, Metres, MetresPerSecond } from '../units.ts'

/**
 * The street as the engine, the wire and the screens know it: what the map compiler makes of a map source
 * (`assets/maps`). Immutable. x grows to the east, y to the south; headings are radians from +x towards +y.
 * All lengths are metres; points are quantised to 1/64 m.
 */
export interface CityMap {
  readonly id: string
  /** Hash of the compiled map; part of the protocol's handshake. */
  readonly hash: number
  readonly width: Metres
  readonly height: Metres
  readonly districts: readonly District[]
  readonly roads: readonly Road[]
  readonly junctions: readonly Junction[]
  readonly lanes: LaneTable
  readonly cameras: readonly CameraSite[]
  readonly stations: readonly Station[]
  readonly crossings: readonly Crossing[]
  readonly busStops: readonly LanePoint[]
  readonly parkings: readonly Parking[]
  readonly zones: readonly Zone[]
  readonly scenery: Scenery
}

export interface Point {
  readonly x: number
  readonly y: number
}
export type Outline = readonly Point[]

/** A place on a lane, `s` metres from its beginning. */
export interface LanePoint {
  readonly lane: number
  readonly s: Metres
}

/** Districts stand for Regions. */
export interface District {
  readonly id: string
  /** AWS Region code, as in `awsRegion`. */
  readonly region: string
  readonly outline: Outline
  readonly character: 'old-town' | 'business' | 'harbour' | 'school' | 'suburb' | 'training'
}

export type RoadClass = 'expressway' | 'ramp' | 'avenue' | 'street' | 'lane'

export interface Road {
  readonly id: string
  readonly name: string
  readonly class: RoadClass
  readonly limitKmh: Kmh
  readonly districtId: string
  /** Lane numbers in the direction from → to, rightmost first. */
  readonly forward: readonly number[]
  /** Lane numbers in the other direction, rightmost first; empty for a one-way. */
  readonly backward: readonly number[]
  readonly centreLine: Outline
  readonly laneWidth: Metres
  readonly onBridge: boolean
}

export type JunctionControl = 'signals' | 'roundabout' | 'stop' | 'yield' | 'priority-right' | 'merge' | 'none'

export interface Junction {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly control: JunctionControl
  /** Connector lanes through it. */
  readonly connectors: readonly number[]
  readonly outline: Outline
  readonly program: SignalProgram | null
}

/** Phases run in order and repeat. A connector is open while its group is in `green`, else closed. */
export interface SignalProgram {
  readonly offsetSeconds: number
  /** Stop lines: where each group's head stands, for drawing. */
  readonly heads: readonly {
    readonly group: number
    readonly x: number
    readonly y: number
    readonly heading: number
  }[]
  readonly phases: readonly {
    readonly seconds: number
    readonly green: readonly number[]
    readonly amber: readonly number[]
  }[]
}

/** Bits of `LaneTable.flags`. */
export const LANE_FLAG = { connector: 1, stop: 2, yield: 4, keepClear: 8, busOnly: 16, turnsLeft: 32, turnsRight: 64, uTurn: 128, merge: 256, roundabout: 512 } as const // prettier-ignore

/**
 * Lanes as columns. A connector is a lane through a junction. "CSR" columns: the entries of lane i stand from
 * `xStart[i]` to `xStart[i + 1]`.
 */
export interface LaneTable {
  readonly count: number
  readonly length: Float64Array
  /** The legal limit, in m/s; a connector's is the lower one of the roads it joins. */
  readonly limit: Float64Array
  /** In m/s: comfortable in the lane's tightest bend; never above `limit`. What bots aim at, no rule of law. */
  readonly advised: Float64Array
  readonly width: Float64Array
  readonly flags: Uint16Array
  /** Index into `roads`, −1 for a connector. */
  readonly road: Int32Array
  /** Index into `junctions` of the junction at the lane's end (for a connector: the one it crosses), −1 for none. */
  readonly junction: Int32Array
  /** Index into `districts`. */
  readonly district: Int32Array
  /** Signal group within the junction's program (connectors only), −1 for none. */
  readonly signalGroup: Int32Array
  /** Neighbour lanes in the same direction, −1 for none. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly successorStart: Int32Array
  readonly successor: Int32Array
  readonly predecessorStart: Int32Array
  readonly predecessor: Int32Array
  /** Connectors that cross or join this one, and where: metres along this one and along the foe. */
  readonly foeStart: Int32Array
  readonly foe: Int32Array
  readonly foeAt: Float64Array
  readonly foeAtOther: Float64Array
  /** 1 when this connector must give way to that foe. */
  readonly foeYield: Uint8Array
  /** Polyline: points and metres from the lane's beginning. */
  readonly pointStart: Int32Array
  readonly pointX: Float64Array
  readonly pointY: Float64Array
  readonly pointS: Float64Array
}

/** A detector: a measuring line across lanes, and the mast from which it is seen. */
export interface CameraSite {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly limitKmh: Kmh
  readonly districtId: string
  readonly roadId: string
  readonly lines: readonly LanePoint[]
  readonly fieldOfView: { readonly metres: Metres; readonly radians: number }
}

export type StationKind = 'police' | 'response' | 'garage' | 'inspection' | 'command' | 'hospital' | 'depot'

export interface Station {
  readonly id: string
  readonly kind: StationKind
  readonly districtId: string
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly outline: Outline
  /** Where vehicles leave the station and come back. */
  readonly access: LanePoint
}

export interface Crossing {
  readonly id: string
  readonly lines: readonly LanePoint[]
  readonly from: Point
  readonly to: Point
}

export interface Parking extends Point {
  readonly heading: number
  readonly access: LanePoint
}

interface Zone {
  readonly id: string
  readonly kind: 'school' | 'parade' | 'roadworks' | 'pedestrian'
  readonly limitKmh: Kmh
  readonly outline: Outline
}

export type BuildingKind =
  'house' | 'old-house' | 'office' | 'tower' | 'warehouse' | 'school' | 'stadium' | 'church' | 'crane' | 'station'

export interface Scenery {
  /** Solid: free-driving cars collide with them. */
  readonly buildings: readonly { readonly kind: BuildingKind; readonly outline: Outline; readonly height: Metres }[]
  readonly water: readonly Outline[]
  readonly parks: readonly Outline[]
  readonly plazas: readonly Outline[]
  readonly trees: readonly {
    readonly x: number
    readonly y: number
    readonly size: Metres
    readonly kind: 'round' | 'conifer' | 'palm'
  }[]
  readonly lamps: readonly Point[]
  readonly boats: readonly {
    readonly x: number
    readonly y: number
    readonly heading: number
    readonly length: Metres
  }[]
}

/** A pose in the plane: what is drawn, measured and collided. */
export interface Pose {
  x: number
  y: number
  heading: number
  speed: MetresPerSecond
}
