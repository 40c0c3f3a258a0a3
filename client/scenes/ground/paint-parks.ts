import type { CityMap, Outline, Point } from '../../../shared/model/city-map.ts'
import { boxOf, isInside, middleOf, type Box } from '../../view/street-lines.ts'
import { PALETTE } from '../../view/street-palette.ts'
import { disc, fill, FINE, stroke, type Pen, type Piece } from './pen.ts'
import { clipBox, eachSpot, inside } from './scatter.ts'

/** Parks and squares. */
export function parkPieces({ scenery }: CityMap): Piece[] {
  return [
    ...scenery.parks.map((outline) => parkPiece(outline)),
    ...scenery.plazas.map((outline) => plazaPiece(outline)),
  ]
}

/** Rivers and basins between their quays. */
export const waterPieces = (waters: readonly Outline[]): Piece[] => [
  ...waters.map((outline) => quayPiece(outline)),
  ...waters.map((outline) => waterPiece(outline)),
]

function parkPiece(outline: Outline): Piece {
  const box = boxOf(outline, 1)
  const middle = middleOf(outline)
  const gates = gatesOf(outline)
  return {
    box,
    paint(pen, detail) {
      fill(pen, outline, PALETTE.park)
      stroke(pen, outline, { colour: PALETTE.leafDark, width: 1.1, isClosed: true })
      stroke(pen, outline, { colour: PALETTE.leaf, width: 0.6, isClosed: true })
      inside(pen, outline, () => {
        if (detail >= FINE) meadow(pen, outline, clipBox(pen, box, detail))
        for (const gate of gates) stroke(pen, [gate, middle], { colour: '#e3d5b0', width: 2 })
        disc(pen, middle, 4.4, '#e3d5b0')
        flowerBed(pen, middle)
      })
    },
  }
}

/** Where paths enter: the middles of some sides, five at most. */
function gatesOf(outline: Outline): Point[] {
  const every = Math.ceil(outline.length / 5)
  return outline.flatMap((p, i): Point[] => {
    const q = outline[(i + 1) % outline.length] ?? p
    return i % every === 0 ? [{ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 }] : []
  })
}

function meadow(pen: Pen, outline: Outline, box: Box): void {
  eachSpot(box, 4, (x, y, chance) => {
    if (!isInside(outline, { x, y })) return
    if (chance < 0.4) disc(pen, { x, y }, 0.8 + chance * 3, '#87bd65')
    else if (chance > 0.84) disc(pen, { x, y }, 0.24, chance > 0.92 ? '#fff4d6' : '#f3a6b5')
  })
}

function flowerBed(pen: Pen, at: { readonly x: number; readonly y: number }): void {
  disc(pen, at, 2.6, PALETTE.leafDark)
  disc(pen, at, 2.2, PALETTE.leaf)
  for (let i = 0; i < 9; i += 1) {
    const turn = (i * Math.PI * 2) / 9
    const petal = { x: at.x + Math.cos(turn) * 1.5, y: at.y + Math.sin(turn) * 1.5 }
    disc(pen, petal, 0.38, i % 3 === 0 ? '#f6d25f' : i % 3 === 1 ? '#ef8fa3' : '#fff4e2')
  }
  disc(pen, at, 0.6, '#f6d25f')
}

function plazaPiece(outline: Outline): Piece {
  const box = boxOf(outline, 1)
  const middle = middleOf(outline)
  return {
    box,
    paint(pen, detail) {
      fill(pen, outline, '#e6dac2')
      inside(pen, outline, () => {
        if (detail >= FINE) paving(pen, clipBox(pen, box, detail))
        for (const radius of [11, 8.6]) ring(pen, middle, radius)
        fountain(pen, middle)
      })
      stroke(pen, outline, { colour: PALETTE.kerb, width: 0.5, isClosed: true })
    },
  }
}

function paving(pen: Pen, box: Box): void {
  pen.strokeStyle = '#d6c8ab'
  pen.lineWidth = 0.09
  pen.setLineDash([])
  pen.beginPath()
  for (let x = Math.floor(box.left / 3) * 3; x < box.right; x += 3) {
    pen.moveTo(x, box.top)
    pen.lineTo(x, box.bottom)
  }
  for (let y = Math.floor(box.top / 3) * 3; y < box.bottom; y += 3) {
    pen.moveTo(box.left, y)
    pen.lineTo(box.right, y)
  }
  pen.stroke()
}

function ring(pen: Pen, at: { readonly x: number; readonly y: number }, radius: number): void {
  pen.beginPath()
  pen.arc(at.x, at.y, radius, 0, Math.PI * 2)
  pen.strokeStyle = '#cdbb98'
  pen.lineWidth = 0.7
  pen.stroke()
}

function fountain(pen: Pen, at: { readonly x: number; readonly y: number }): void {
  disc(pen, at, 4.6, PALETTE.kerb)
  disc(pen, at, 4.1, '#efe6d4')
  disc(pen, at, 3.5, PALETTE.waterDeep)
  disc(pen, { x: at.x - 0.3, y: at.y - 0.3 }, 2.9, PALETTE.water)
  disc(pen, at, 1.2, '#efe6d4')
  disc(pen, at, 0.7, PALETTE.foam)
  for (let i = 0; i < 8; i += 1) {
    const turn = (i * Math.PI) / 4
    disc(pen, { x: at.x + Math.cos(turn) * 2.1, y: at.y + Math.sin(turn) * 2.1 }, 0.25, PALETTE.foam)
  }
}

function quayPiece(outline: Outline): Piece {
  return {
    box: boxOf(outline, 4),
    paint(pen) {
      stroke(pen, outline, { colour: PALETTE.kerb, width: 6, isClosed: true })
      stroke(pen, outline, { colour: PALETTE.quay, width: 5.2, isClosed: true })
    },
  }
}

function waterPiece(outline: Outline): Piece {
  const box = boxOf(outline, 2)
  return {
    box,
    paint(pen, detail) {
      fill(pen, outline, PALETTE.waterDeep)
      inside(pen, outline, () => {
        stroke(pen, outline, { colour: PALETTE.water, width: 16, isClosed: true })
        stroke(pen, outline, { colour: '#74c1db', width: 7, isClosed: true })
        stroke(pen, outline, { colour: PALETTE.foam, width: 1.6, isClosed: true })
        if (detail >= 1.5) paintRipples(pen, clipBox(pen, box, detail))
      })
      stroke(pen, outline, { colour: '#a2937a', width: 0.5, isClosed: true })
    },
  }
}

export function paintRipples(pen: Pen, box: Box): void {
  eachSpot(box, 9, (x, y, chance) => {
    if (chance < 0.35) return
    pen.beginPath()
    pen.moveTo(x, y)
    pen.quadraticCurveTo(x + 1, y - 0.8, x + 2, y)
    pen.quadraticCurveTo(x + 3, y + 0.8, x + 4, y)
    pen.strokeStyle = chance > 0.8 ? PALETTE.foam : '#6cbbd8'
    pen.lineWidth = 0.28
    pen.lineCap = 'round'
    pen.setLineDash([])
    pen.stroke()
  })
}
