import type { CityMap, Station, StationKind } from '../../../shared/model/city-map.ts'
import { boxOf } from '../../view/street-lines.ts'
import { AGENT_COLOUR, darker, lighter, PALETTE } from '../../view/street-palette.ts'
import { facadeOf, frameOf, inset } from '../../view/street-roofs.ts'
import type { Sheet } from '../atlas/sheet.ts'
import { disc, fill, stroke, trace, within, type Pen, type Piece } from './pen.ts'

interface Look {
  readonly colour: string
  readonly icon: string
}

const LOOKS: Readonly<Record<StationKind, Look>> = {
  police: { colour: AGENT_COLOUR.trail, icon: 'icon-police' },
  response: { colour: AGENT_COLOUR.lambda, icon: 'icon-response' },
  garage: { colour: AGENT_COLOUR.street, icon: 'icon-garage' },
  inspection: { colour: AGENT_COLOUR.config, icon: 'icon-inspection' },
  command: { colour: AGENT_COLOUR.bridge, icon: 'icon-command' },
  hospital: { colour: '#4f86d6', icon: 'icon-hospital' },
  depot: { colour: '#2f8f83', icon: 'icon-depot' },
}

export const iconOfStation = (kind: StationKind): string => LOOKS[kind].icon
export const colourOfStation = (kind: StationKind): string => LOOKS[kind].colour

/** Forecourts, before anything is built on them. */
export function forecourtPieces(map: CityMap): Piece[] {
  return map.stations.map((station) => ({
    box: boxOf(station.outline, 12),
    paint: (pen) => within(pen, frontOf(station), () => forecourt(pen, station)),
  }))
}

/** The stations of the agents: each told by its colour, its roof's sign and what stands on it. */
export function stationPieces(map: CityMap, sheet: Sheet): Piece[] {
  return map.stations.map((station) => ({
    box: boxOf(station.outline, 3),
    paint: (pen) => paintStation(pen, station, sheet),
  }))
}

/** The middle of the side towards the street; x leads to the street. */
function frontOf({ x, y, heading, outline }: Station) {
  const depth = Math.max(...outline.map((p) => (p.x - x) * Math.cos(heading) + (p.y - y) * Math.sin(heading)))
  return { x: x + Math.cos(heading) * depth, y: y + Math.sin(heading) * depth, heading }
}

function halfFront({ x, y, heading, outline }: Station): number {
  return Math.max(...outline.map((p) => -(p.x - x) * Math.sin(heading) + (p.y - y) * Math.cos(heading)))
}

function forecourt(pen: Pen, station: Station): void {
  const half = halfFront(station)
  const { colour } = LOOKS[station.kind]
  pen.fillStyle = PALETTE.kerb
  pen.fillRect(-1, -half - 1.2, 7, half * 2 + 2.4)
  pen.fillStyle = PALETTE.asphaltSlow
  pen.fillRect(-1, -half - 0.8, 7.4, half * 2 + 1.6)
  for (let y = -half + 1; y <= half - 2.4; y += 3.2) {
    stroke(
      pen,
      [
        { x: 0.4, y },
        { x: 4.2, y },
      ],
      { colour: PALETTE.paint, width: 0.14 },
    )
  }
  stroke(
    pen,
    [
      { x: 4.7, y: -half },
      { x: 4.7, y: half },
    ],
    { colour: lighter(colour, 0.3), width: 0.4, dash: [1.2, 0.8] },
  )
  if (station.kind === 'inspection') inspectionLane(pen, half)
}

function inspectionLane(pen: Pen, half: number): void {
  pen.fillStyle = '#f5f2e8'
  pen.fillRect(0.3, -half * 0.5, 3.8, half)
  for (let y = -half * 0.5; y < half * 0.5 - 0.8; y += 1.8) {
    pen.fillStyle = AGENT_COLOUR.config
    pen.fillRect(0.3, y, 3.8, 0.9)
  }
  pen.fillStyle = PALETTE.ink
  pen.fillRect(1.2, -half * 0.4, 0.6, half * 0.8)
  pen.fillRect(2.6, -half * 0.4, 0.6, half * 0.8)
}

function paintStation(pen: Pen, station: Station, sheet: Sheet): void {
  const { outline, kind } = station
  const { colour, icon } = LOOKS[kind]
  const facade = facadeOf(outline, 9)
  pen.save()
  trace(pen, outline)
  pen.clip()
  fill(pen, outline, darker(PALETTE.wall, 0.2))
  within(pen, frontOf(station), () => doors(pen, station))
  pen.translate(0, -facade)
  fill(pen, outline, lighter(colour, 0.55))
  fill(pen, inset(outline, 0.8), darker(colour, 0.2))
  fill(pen, inset(outline, 1.3), colour)
  fill(pen, inset(outline, 3.1), lighter(colour, 0.16))
  roofGear(pen, station)
  const { x, y, wide } = frameOf(outline)
  const size = Math.min(wide * 1.35, 13)
  disc(pen, { x: x + 0.5, y: y + 0.5 }, size / 2, '#1b254733')
  sheet.paint(pen, icon, { x: x - size / 2, y: y - size / 2, w: size, h: size })
  pen.restore()
  stroke(pen, outline, { colour: '#26304a80', width: 0.22, isClosed: true })
}

function doors(pen: Pen, station: Station): void {
  const half = halfFront(station)
  for (let y = -half + 2; y < half - 3; y += 4.6) {
    pen.fillStyle = PALETTE.ink
    pen.fillRect(-1.6, y, 1.6, 3.4)
    pen.fillStyle = '#c9d2da'
    pen.fillRect(-1.2, y + 0.2, 1, 3)
  }
}

/** What tells a station at a glance, beside the sign: a dish, sirens, stacks of tyres, a landing pad. */
function roofGear(pen: Pen, { kind, outline }: Station): void {
  const { x, y, long, heading } = frameOf(outline)
  const end = (share: number) => ({ x: x + Math.cos(heading) * long * share, y: y + Math.sin(heading) * long * share })
  const [a, b] = [end(-0.74), end(0.74)]
  if (kind === 'command') {
    dish(pen, a, 2.6)
    antenna(pen, b)
  } else if (kind === 'police') {
    for (const at of [a, b]) beacon(pen, at, '#4f8bff')
  } else if (kind === 'response') {
    for (const at of [a, b]) beacon(pen, at, '#ffb02e')
  } else if (kind === 'garage') {
    for (const at of [a, b]) tyres(pen, at)
  } else if (kind === 'hospital') {
    for (const at of [a, b]) pad(pen, at)
  } else {
    for (const at of [a, b]) vent(pen, at)
  }
}

type At = { readonly x: number; readonly y: number }

function dish(pen: Pen, at: At, radius: number): void {
  disc(pen, { x: at.x + 0.9, y: at.y + 0.9 }, radius, '#1b254740')
  disc(pen, at, radius, '#f4f6fb')
  disc(pen, { x: at.x + 0.35, y: at.y + 0.35 }, radius * 0.8, '#d8dcec')
  disc(pen, { x: at.x + 0.2, y: at.y + 0.2 }, radius * 0.5, '#c3c8de')
  stroke(pen, [at, { x: at.x - radius * 0.5, y: at.y - radius * 0.7 }], { colour: PALETTE.ink, width: 0.3 })
  disc(pen, { x: at.x - radius * 0.5, y: at.y - radius * 0.7 }, 0.5, PALETTE.red)
}

function antenna(pen: Pen, at: At): void {
  stroke(pen, [at, { x: at.x + 5, y: at.y + 5 }], { colour: '#1b254750', width: 0.4 })
  for (const turn of [0.3, 2.4, 4.5]) stroke(pen, [at, { x: at.x + Math.cos(turn) * 2.4, y: at.y + Math.sin(turn) * 2.4 }], { colour: '#f4f6fb', width: 0.24 }) // prettier-ignore
  disc(pen, at, 1, '#f4f6fb')
  disc(pen, at, 0.55, PALETTE.red)
}

function beacon(pen: Pen, at: At, colour: string): void {
  disc(pen, { x: at.x + 0.4, y: at.y + 0.4 }, 1.3, '#1b254740')
  disc(pen, at, 1.3, PALETTE.ink)
  disc(pen, at, 0.95, colour)
  disc(pen, { x: at.x - 0.3, y: at.y - 0.3 }, 0.35, '#ffffffb0')
}

function tyres(pen: Pen, at: At): void {
  for (const [dx, dy] of [
    [-0.9, -0.5],
    [0.9, -0.4],
    [0, 0.9],
  ] as const) {
    disc(pen, { x: at.x + dx, y: at.y + dy }, 1.05, PALETTE.ink)
    disc(pen, { x: at.x + dx, y: at.y + dy }, 0.5, '#9fa8ba')
  }
}

function pad(pen: Pen, at: At): void {
  disc(pen, at, 2.2, '#f5f2e8')
  disc(pen, at, 1.9, PALETTE.red)
  disc(pen, at, 1.6, '#f5f2e8')
}

function vent(pen: Pen, at: At): void {
  pen.fillStyle = '#1b254740'
  pen.fillRect(at.x - 0.9, at.y - 0.7, 2.6, 2.2)
  pen.fillStyle = '#e5e9ec'
  pen.fillRect(at.x - 1.3, at.y - 1.1, 2.6, 2.2)
  disc(pen, at, 0.75, PALETTE.slate)
}
