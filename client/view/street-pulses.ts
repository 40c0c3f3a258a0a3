import type { CityMap, Point, StationKind } from '../../shared/model/city-map.ts'
import type { FeedEntry, Speaker } from '../../shared/protocol/view.ts'
import { AGENT_COLOUR } from './street-palette.ts'

/** A message on its way from one place of the city to another, as the X-ray shows it. */
export interface Pulse {
  readonly from: Point
  readonly to: Point
  readonly colour: string
  /** What travels, in AWS's own words: a rule's name, an alarm's state … */
  readonly label: string
  readonly startMs: number
}

export const PULSE_MS = 1400
/** More at once would be a blur. */
const MOST = 24

const HOME: Readonly<Partial<Record<Speaker, StationKind>>> = {
  trail: 'police',
  config: 'inspection',
  bridge: 'command',
  lambda: 'response',
}
/** To whom each speaks: alarms, verdicts and records go to the bus, the bus calls a unit, a unit goes to the car. */
const TOWARDS: Readonly<Partial<Record<Speaker, StationKind>>> = {
  watch: 'command',
  config: 'command',
  trail: 'command',
  bridge: 'response',
}

export interface PulseTrack {
  readonly lastId: string | null
  readonly pulses: readonly Pulse[]
}

export const openPulses = (feed: readonly FeedEntry[]): PulseTrack => ({ lastId: feed.at(-1)?.id ?? null, pulses: [] })

interface Now {
  readonly map: CityMap
  readonly nowMs: number
  /** The own car, where there is one: what concerns it starts or ends there. */
  readonly own: Point | null
  readonly plate: string | null
}

/** Lets pulses start for entries of the feed that are new since the last call, and old ones end. */
export function stepPulses(track: PulseTrack, feed: readonly FeedEntry[], now: Now): PulseTrack {
  const known = feed.findLastIndex(({ id }) => id === track.lastId)
  const fresh = feed.slice(known + 1)
  const running = track.pulses.filter(({ startMs }) => now.nowMs - startMs < PULSE_MS)
  const started = fresh.flatMap((entry) => pulseOf(entry, now) ?? [])
  return { lastId: feed.at(-1)?.id ?? track.lastId, pulses: [...running, ...started].slice(-MOST) }
}

function pulseOf(entry: FeedEntry, { map, nowMs, own, plate }: Now): Pulse | null {
  const { speaker } = entry
  const isOwn = entry.plate === null || entry.plate === plate
  const from = speaker === 'watch' ? cameraOf(map, entry, own) : stationOf(map, HOME[speaker], own)
  const to = stationOf(map, TOWARDS[speaker], from) ?? (isOwn ? own : null)
  if (!from || !to) return null
  return { from, to, colour: AGENT_COLOUR[speaker], label: labelOf(entry), startMs: nowMs }
}

/** Where each service's sentences name what they are about. */
const NAMED_BY: Readonly<Partial<Record<Speaker, readonly string[]>>> = {
  watch: ['to', 'target'],
  config: ['rule'],
  bridge: ['rule'],
  lambda: ['function'],
  trail: ['eventName'],
}

function labelOf({ speaker, text }: FeedEntry): string {
  const name = NAMED_BY[speaker]?.find((each) => each in text.params)
  return name === undefined ? '' : String(text.params[name])
}

function cameraOf(map: CityMap, { text }: FeedEntry, near: Point | null): Point | null {
  const words = Object.values(text.params).map(String)
  // An alarm is named for its camera and its plate: `speed-A7-N-FR-042`.
  const named = map.cameras.find(({ id }) => words.some((word) => word === id || `-${word}-`.includes(`-${id}-`)))
  return named ?? nearest(map.cameras, near)
}

function stationOf(map: CityMap, kind: StationKind | undefined, near: Point | null): Point | null {
  return kind
    ? nearest(
        map.stations.filter((station) => station.kind === kind),
        near,
      )
    : null
}

function nearest(places: readonly Point[], to: Point | null): Point | null {
  const away = (p: Point) => (to ? Math.hypot(p.x - to.x, p.y - to.y) : 0)
  return places.reduce<Point | null>((best, p) => (!best || away(p) < away(best) ? p : best), null)
}

/** How much of a pulse that keeps still is left: all of it at first, nothing at its end. */
export const pulseFade = ({ startMs }: Pulse, nowMs: number): number =>
  Math.max(0, Math.min(1, (2 * (PULSE_MS - (nowMs - startMs))) / PULSE_MS))

/** How far along its way a pulse is: slow at both ends. */
export function pulseShare({ startMs }: Pulse, nowMs: number): number {
  const t = Math.max(0, Math.min(1, (nowMs - startMs) / PULSE_MS))
  return t * t * (3 - 2 * t)
}
