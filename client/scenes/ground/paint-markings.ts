import type { CityMap, Point } from '../../../shared/model/city-map.ts'
import { boxOf } from '../../view/street-lines.ts'
import { bridgeMarkingsOf, markingsOf, type LimitSign, type Marking, type Turn } from '../../view/street-markings.ts'
import { AGENT_COLOUR, PALETTE } from '../../view/street-palette.ts'
import { disc, fill, FINE, stroke, within, type Pen, type Piece } from './pen.ts'

/** Everything painted on asphalt, and the bays of parked cars. */
export function markingPieces(map: CityMap): Piece[] {
  return [...zonePieces(map), ...parkingPieces(map), ...linePieces(map)]
}

/** What is painted on the asphalt itself. */
export const linePieces = (map: CityMap): Piece[] => markingsOf(map).map((marking) => toPiece(marking))

/** The paint of the bridges, to be laid over their decks. */
export const bridgeMarkingPieces = (map: CityMap): Piece[] => bridgeMarkingsOf(map).map((marking) => toPiece(marking))

function toPiece(marking: Marking): Piece {
  switch (marking.kind) {
    case 'line':
      return { box: boxOf(marking.points, 1), paint: (pen) => paintLine(pen, marking) }
    case 'teeth':
      return fineOnly([marking.from, marking.to], 1, (pen) => teeth(pen, marking))
    case 'zebra':
      return { box: boxOf([marking.from, marking.to], 3), paint: (pen) => zebra(pen, marking.from, marking.to) }
    case 'arrow':
      return fineOnly([marking.at], 5, (pen) => within(pen, marking.at, () => arrow(pen, marking.turns)))
    case 'detector':
      return { box: boxOf([marking.from, marking.to], 2), paint: (pen) => detector(pen, marking.from, marking.to) }
    case 'bus-stop':
      return fineOnly([marking.at], 14, (pen) => within(pen, marking.at, () => busStop(pen, marking.laneWidth)))
  }
}

function fineOnly(points: readonly Point[], margin: number, paint: (pen: Pen) => void): Piece {
  return {
    box: boxOf(points, margin),
    paint(pen, detail) {
      if (detail >= FINE) paint(pen)
    },
  }
}

function paintLine(pen: Pen, { points, width, dash }: Extract<Marking, { kind: 'line' }>): void {
  stroke(pen, points, { colour: PALETTE.paint, width, dash })
}

function teeth(pen: Pen, { from, to, heading }: Extract<Marking, { kind: 'teeth' }>): void {
  const count = Math.max(2, Math.floor(Math.hypot(to.x - from.x, to.y - from.y) / 0.8))
  for (let i = 0; i < count; i += 1) {
    const share = (i + 0.5) / count
    const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, heading }
    within(pen, at, () => fill(pen, [{ x: 0.3, y: -0.28 }, { x: 0.3, y: 0.28 }, { x: -0.55, y: 0 }], PALETTE.paint)) // prettier-ignore
  }
}

function zebra(pen: Pen, from: Point, to: Point): void {
  stroke(pen, [from, to], { colour: PALETTE.paint, width: 2.8, dash: [0.55, 0.55] })
}

const HEADS: Readonly<Record<Turn, readonly Point[]>> = {
  ahead: [{ x: 3, y: 0 }, { x: 1.5, y: -0.6 }, { x: 1.5, y: 0.6 }],
  left: [{ x: 1, y: -1.5 }, { x: 0.4, y: -0.55 }, { x: 1.6, y: -0.55 }],
  right: [{ x: 1, y: 1.5 }, { x: 0.4, y: 0.55 }, { x: 1.6, y: 0.55 }],
} // prettier-ignore

function arrow(pen: Pen, turns: readonly Turn[]): void {
  const line = { colour: PALETTE.paint, width: 0.3 }
  stroke(
    pen,
    [
      { x: -2.4, y: 0 },
      { x: turns.includes('ahead') ? 1.6 : 0.4, y: 0 },
    ],
    line,
  )
  for (const turn of turns) {
    if (turn !== 'ahead') {
      const side = turn === 'left' ? -1 : 1
      pen.beginPath()
      pen.moveTo(-0.6, 0)
      pen.quadraticCurveTo(1, 0, 1, side * 0.65)
      pen.stroke()
    }
    fill(pen, HEADS[turn], PALETTE.paint)
  }
}

/** The measuring line of a camera: two loops in the asphalt between coloured bars. */
function detector(pen: Pen, from: Point, to: Point): void {
  stroke(pen, [from, to], { colour: PALETTE.ink, width: 1.5 })
  stroke(pen, [from, to], { colour: '#fff7fa', width: 1.2, dash: [0.6, 0.6] })
  stroke(pen, [from, to], { colour: AGENT_COLOUR.watch, width: 0.4 })
}

function busStop(pen: Pen, laneWidth: number): void {
  const edge = laneWidth / 2
  const zigzag = Array.from({ length: 11 }, (_, i) => ({ x: -8 + i * 1.6, y: edge - (i % 2 === 0 ? 0.25 : 1.1) }))
  stroke(pen, zigzag, { colour: PALETTE.paintWarm, width: 0.16 })
  pen.fillStyle = '#1b254738'
  pen.fillRect(-2.2, edge + 1.3, 5, 1.8)
  pen.fillStyle = PALETTE.ink
  pen.fillRect(-2.6, edge + 0.8, 5.2, 1.6)
  pen.fillStyle = PALETTE.glass
  pen.fillRect(-2.4, edge + 1, 4.8, 1.2)
  pen.fillStyle = '#ffffff66'
  pen.fillRect(-2.2, edge + 1.1, 2, 0.35)
  disc(pen, { x: 3.6, y: edge + 1.4 }, 0.55, PALETTE.paintWarm)
  disc(pen, { x: 3.6, y: edge + 1.4 }, 0.3, PALETTE.ink)
}

function parkingPieces(map: CityMap): Piece[] {
  return map.parkings.map((parking) => ({
    box: boxOf([parking], 5),
    paint(pen) {
      within(pen, parking, () => {
        pen.fillStyle = PALETTE.asphaltSlow
        pen.fillRect(-3.25, -1.15, 6.5, 2.3)
        const bay = [{ x: -3, y: -1.1 }, { x: -3, y: 1.05 }, { x: 3, y: 1.05 }, { x: 3, y: -1.1 }] // prettier-ignore
        stroke(pen, bay, { colour: PALETTE.paint, width: 0.12 })
      })
    },
  }))
}

/** What a camera sees: a faint fan of its colour, from its mast along its look. */
export function viewPieces(map: CityMap): Piece[] {
  return map.cameras.map(({ x, y, heading, fieldOfView: { metres, radians } }) => ({
    box: boxOf([{ x, y }], metres),
    paint(pen) {
      const light = pen.createRadialGradient(x, y, 2, x, y, metres)
      light.addColorStop(0, `${AGENT_COLOUR.watch}38`)
      light.addColorStop(1, `${AGENT_COLOUR.watch}00`)
      pen.beginPath()
      pen.moveTo(x, y)
      pen.arc(x, y, metres, heading - radians / 2, heading + radians / 2)
      pen.closePath()
      pen.fillStyle = light
      pen.fill()
    },
  }))
}

const ZONE_TINT = { school: '#f4c24a1c', parade: '#d68f8610', roadworks: '#f08a2426', pedestrian: '#e6dac266' } as const

/** A school's zone is warm underfoot, a pedestrian zone pale; a dashed line says where it begins. */
function zonePieces(map: CityMap): Piece[] {
  return map.zones.map(({ kind, outline }) => ({
    box: boxOf(outline, 1),
    paint(pen) {
      fill(pen, outline, ZONE_TINT[kind])
      if (kind === 'school' || kind === 'roadworks')
        stroke(pen, outline, { colour: '#f4c24a99', width: 0.4, dash: [2, 2], isClosed: true })
    },
  }))
}

/** A limit sign, upright so that it reads the same from everywhere: white, red ring, the number. */
export function signPiece(sign: LimitSign): Piece {
  return {
    box: boxOf([sign], 3),
    paint(pen, detail) {
      if (detail < FINE) return
      disc(pen, { x: sign.x + 0.5, y: sign.y + 0.5 }, 1.25, '#1b254744')
      disc(pen, sign, 1.25, '#fffdf6')
      disc(pen, sign, 1.17, PALETTE.red)
      disc(pen, sign, 0.86, '#fffdf6')
      pen.fillStyle = PALETTE.ink
      pen.font = `700 ${sign.kmh > 99 ? 0.86 : 1.08}px ui-rounded, system-ui, sans-serif`
      pen.textAlign = 'center'
      pen.textBaseline = 'middle'
      pen.fillText(String(sign.kmh), sign.x, sign.y + 0.06)
    },
  }
}
