import type { Outline } from '../../../shared/model/city-map.ts'
import type { Country, Crop, Field } from '../../view/street-country.ts'
import { boxOf, hashAt, isInside, middleOf, type Box } from '../../view/street-lines.ts'
import { darker, lighter, PALETTE } from '../../view/street-palette.ts'
import { paintRipples } from './paint-parks.ts'
import { fill, FINE, stroke, within, type Pen, type Piece } from './pen.ts'
import { clipBox, eachSpot, inside } from './scatter.ts'

/** Fields, beach and sea: all that lies round the city. */
export function countryPieces({ fields, sea }: Country): Piece[] {
  return [...fields.map((field) => fieldPiece(field)), ...(sea ? [seaPiece(sea)] : [])]
}

const SOIL: Readonly<Record<Crop, string>> = {
  wheat: '#dfcf86',
  stubble: '#d3c07c',
  clover: '#8cc266',
  plough: '#bca27a',
  rape: '#e6d968',
  lavender: '#a9a4cf',
  wood: '#7fae5a',
}

function fieldPiece({ outline, crop, heading }: Field): Piece {
  const box = boxOf(outline, 3)
  const soil = SOIL[crop]
  const shade = hashAt(box.left, box.top, 45)
  const colour = shade < 0.5 ? darker(soil, 0.05 * shade) : lighter(soil, 0.18 * (shade - 0.5))
  return {
    box,
    paint(pen, detail) {
      fill(pen, outline, colour)
      if (crop === 'wood') return inside(pen, outline, () => wood(pen, outline, clipBox(pen, box, detail), detail))
      inside(pen, outline, () => furrows(pen, outline, { heading, colour, isFine: detail >= FINE }))
      stroke(pen, outline, { colour: PALETTE.leafDark, width: 2, isClosed: true })
      stroke(pen, outline, { colour: PALETTE.leaf, width: 1.2, dash: detail >= FINE ? [1.6, 0.5] : [], isClosed: true })
    },
  }
}

interface Furrows {
  readonly heading: number
  readonly colour: string
  readonly isFine: boolean
}

/** Two strokes with long dashes are all rows of a field: nothing is cheaper. */
function furrows(pen: Pen, outline: Outline, { heading, colour, isFine }: Furrows): void {
  const middle = middleOf(outline)
  const reach = Math.max(...outline.map((p) => Math.hypot(p.x - middle.x, p.y - middle.y)))
  within(pen, { ...middle, heading }, () => {
    const line = [{ x: -reach, y: 0 }, { x: reach, y: 0 }] // prettier-ignore
    stroke(pen, line, { colour: darker(colour, 0.09), width: 2 * reach, dash: isFine ? [0.7, 2.1] : [2.4, 6] })
    if (isFine) stroke(pen, line, { colour: lighter(colour, 0.14), width: 2 * reach, dash: [0.35, 8.05] })
  })
}

/** Crowns that touch, lit from the north-west; from far above fewer and larger ones. */
function wood(pen: Pen, outline: Outline, box: Box, detail: number): void {
  const step = detail < 1.5 ? 15 : 7.5
  const crowns: Crown[] = []
  eachSpot(box, step, (x, y, chance) => {
    if (isInside(outline, { x, y })) crowns.push({ x, y, size: step * (0.4 + chance * 0.3) })
  })
  if (detail >= 1.5) discs(pen, crowns, { by: 1.4, share: 1, colour: '#1b254740' })
  discs(pen, crowns, { by: 0, share: 1, colour: PALETTE.leafDark })
  discs(pen, crowns, { by: -0.4, share: 0.78, colour: PALETTE.leaf })
  discs(pen, crowns, { by: -1, share: 0.36, colour: PALETTE.leafLight })
}

interface Crown {
  readonly x: number
  readonly y: number
  readonly size: number
}

interface Look {
  /** Metres to the south-east. */
  readonly by: number
  readonly share: number
  readonly colour: string
}

/** Many discs of one colour at once. */
function discs(pen: Pen, crowns: readonly Crown[], { by, share, colour }: Look): void {
  pen.beginPath()
  for (const { x, y, size } of crowns) {
    pen.moveTo(x + by + size * share, y + by)
    pen.arc(x + by, y + by, size * share, 0, Math.PI * 2)
  }
  pen.fillStyle = colour
  pen.fill()
}

const SAND = '#ead9ae'

function seaPiece(outline: Outline): Piece {
  const box = boxOf(outline, 40)
  return {
    box,
    paint(pen, detail) {
      stroke(pen, outline, { colour: '#c9cf8d', width: 62, isClosed: true })
      stroke(pen, outline, { colour: SAND, width: 50, isClosed: true })
      stroke(pen, outline, { colour: '#dcc893', width: 12, isClosed: true })
      fill(pen, outline, PALETTE.waterDeep)
      inside(pen, outline, () => {
        stroke(pen, outline, { colour: '#4a9cc3', width: 190, isClosed: true })
        stroke(pen, outline, { colour: PALETTE.water, width: 96, isClosed: true })
        stroke(pen, outline, { colour: '#74c1db', width: 34, isClosed: true })
        stroke(pen, outline, { colour: PALETTE.foam, width: 5, isClosed: true })
        if (detail >= 1.5) paintRipples(pen, clipBox(pen, box, detail))
      })
    },
  }
}
