import type { CityMap, District, Outline, Point } from '../../../shared/model/city-map.ts'
import type { Country } from '../../view/street-country.ts'
import { boxOf, hashAt, middleOf, type Box } from '../../view/street-lines.ts'
import { darker, lighter, PALETTE } from '../../view/street-palette.ts'
import { inset } from '../../view/street-roofs.ts'
import { openBuiltUp } from '../../view/street-yards.ts'
import { countryPieces } from './paint-country.ts'
import { parkPieces, waterPieces } from './paint-parks.ts'
import { disc, fill, FINE, openPaper, stroke, type Pen, type Piece } from './pen.ts'
import { eachSpot } from './scatter.ts'

const GROUND: Readonly<Record<District['character'], string>> = {
  'old-town': PALETTE.cobble,
  business: PALETTE.concrete,
  harbour: PALETTE.concrete,
  school: PALETTE.schoolyard,
  suburb: PALETTE.grass,
  training: PALETTE.training,
}

/** Lawns, fields, the districts' grounds, water, parks and squares: all that lies under the streets. */
export function landPieces(map: CityMap, country: Country): Piece[] {
  return [
    ...builtPieces(map),
    ...yardPieces(map),
    ...parkPieces(map),
    ...waterPieces(country.waters),
    ...countryPieces(country),
  ]
}

/** The lawn of a box, with tufts that stand where they always stand. */
export function paintLawn(pen: Pen, box: Box, detail: number): void {
  pen.fillStyle = PALETTE.grass
  pen.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top)
  eachSpot(box, 46, (x, y, chance) => {
    if (chance < 0.6) patch(pen, { x, y }, chance < 0.3 ? '#93c069' : '#a4cf7a')
  })
  if (detail < FINE) return
  eachSpot(box, 5, (x, y, chance) => {
    if (chance < 0.55) disc(pen, { x, y }, 0.5 + chance * 2.4, chance < 0.3 ? '#96c26d' : '#a2cd79')
    else if (chance > 0.8) tuft(pen, x, y)
  })
  eachSpot(box, 19, (x, y, chance) => {
    if (chance < 0.2) bush(pen, x, y)
    else if (chance > 0.62) flowers(pen, x, y)
  })
  eachSpot(box, 52, (x, y, chance) => {
    if (chance < 0.34) around({ x, y }, 7, 9, (at) => bush(pen, at.x, at.y))
    else if (chance > 0.74) around({ x, y }, 11, 12, (at) => flowers(pen, at.x, at.y))
  })
}

/** Some places round one, always the same: the farther out the fewer. */
function around(middle: Point, count: number, reach: number, visit: (at: Point) => void): void {
  for (let i = 0; i < count; i += 1) {
    const [angle, away] = [hashAt(middle.x, i, 8) * Math.PI * 2, hashAt(middle.y, i, 9) * reach]
    visit({ x: middle.x + Math.cos(angle) * away, y: middle.y + Math.sin(angle) * away })
  }
}

/** Where the grass is longer or shorter: a blot with round edges. */
function patch(pen: Pen, middle: Point, colour: string): void {
  pen.beginPath()
  around(middle, 7, 13, ({ x, y }) => {
    const reach = 5 + hashAt(x, y, 10) * 5
    pen.moveTo(x + reach, y)
    pen.arc(x, y, reach, 0, Math.PI * 2)
  })
  pen.fillStyle = colour
  pen.fill()
}

function bush(pen: Pen, x: number, y: number): void {
  disc(pen, { x: x + 0.5, y: y + 0.5 }, 1.15, '#1b254738')
  disc(pen, { x, y }, 1.15, PALETTE.leafDark)
  disc(pen, { x: x - 0.15, y: y - 0.15 }, 0.9, PALETTE.leaf)
  disc(pen, { x: x - 0.35, y: y - 0.35 }, 0.45, PALETTE.leafLight)
}

function flowers(pen: Pen, x: number, y: number): void {
  for (let i = 0; i < 7; i += 1) {
    const spot = { x: x + (hashAt(x, i, 6) - 0.5) * 3.4, y: y + (hashAt(y, i, 7) - 0.5) * 2.6 }
    disc(pen, spot, 0.2, i % 3 ? '#fff4e2' : '#f6d25f')
  }
}

function tuft(pen: Pen, x: number, y: number): void {
  const blades = [-0.28, 0, 0.28].map((by) => [
    { x, y },
    { x: x + by, y: y - 0.45 + Math.abs(by) * 0.5 },
  ])
  for (const blade of blades) stroke(pen, blade, { colour: PALETTE.grassDeep, width: 0.13, cap: 'round' })
}

/** Built-up ground reaches this far from a street; beyond it is meadow, so that the city has no straight borders. */
const BUILT_REACH = { 'old-town': 40, business: 34, harbour: 70, school: 30, training: 36, suburb: 0 } as const

/** The paved or mown ground round the streets of the districts. */
function builtPieces(map: CityMap): Piece[] {
  const patterns: Patterns = new Map()
  const isBuiltUp = openBuiltUp(map)
  const character = new Map(map.districts.map((district) => [district.id, district.character]))
  return map.roads.flatMap((road): Piece[] => {
    const kind = character.get(road.districtId) ?? 'suburb'
    if (kind === 'suburb' || !isBuiltUp(road)) return []
    const reach = BUILT_REACH[kind]
    return [
      {
        box: boxOf(road.centreLine, reach),
        paint(pen, detail) {
          stroke(pen, road.centreLine, { colour: GROUND[kind], width: reach * 2, cap: 'round' })
          if (detail < FINE) return
          pen.strokeStyle = slabPattern(pen, kind, patterns)
          pen.stroke()
        },
      },
    ]
  })
}

const PATTERN_METRES = 24
const PATTERN_SCALE = 8

type Patterns = Map<District['character'], CanvasPattern>

/** Slabs lighter and darker than their ground, the same in every tile. */
function slabPattern(pen: Pen, kind: District['character'], known: Patterns): CanvasPattern | string {
  const found = known.get(kind)
  if (found) return found
  const brush = openPaper(PATTERN_METRES * PATTERN_SCALE, PATTERN_METRES * PATTERN_SCALE)
  scatterSlabs(brush, kind)
  const pattern = pen.createPattern(brush.canvas, 'repeat')
  if (!pattern) return GROUND[kind]
  pattern.setTransform(new DOMMatrix().scale(1 / PATTERN_SCALE))
  known.set(kind, pattern)
  return pattern
}

function scatterSlabs(brush: Pen, kind: District['character']): void {
  brush.scale(PATTERN_SCALE, PATTERN_SCALE)
  const [w, h] = kind === 'old-town' ? [0.9, 0.55] : [1.5, 1.5]
  for (let i = 0; i < 46; i += 1) {
    const [x, y] = [hashAt(i, 1, 4), hashAt(i, 2, 5)].map(
      (share) => Math.round((share * (PATTERN_METRES - 2)) / 0.5) * 0.5,
    )
    brush.fillStyle = i % 2 ? lighter(GROUND[kind], 0.14) : darker(GROUND[kind], 0.06)
    brush.globalAlpha = 0.55
    brush.fillRect(x ?? 0, y ?? 0, w, h)
  }
}

/** Gardens round houses, forecourts round offices: what belongs to a building before the street begins. */
function yardPieces({ scenery }: CityMap): Piece[] {
  return scenery.buildings.flatMap(({ kind, outline }): Piece[] => {
    if (kind !== 'house' && kind !== 'office' && kind !== 'tower' && kind !== 'school') return []
    const by = kind === 'house' ? -3.4 : -2.6
    const yard = inset(outline, by)
    const chance = hashAt(outline[0]?.x ?? 0, outline[0]?.y ?? 0)
    return [
      {
        box: boxOf(yard, 1),
        paint: (pen, detail) => (kind === 'house' ? garden(pen, yard, chance, detail) : court(pen, yard)),
      },
    ]
  })
}

function garden(pen: Pen, yard: Outline, chance: number, detail: number): void {
  fill(pen, yard, chance < 0.5 ? '#a9d37f' : '#93c46c')
  stroke(pen, yard, { colour: PALETTE.leafDark, width: 0.9, isClosed: true })
  stroke(pen, yard, { colour: PALETTE.leaf, width: 0.6, dash: [0.9, 0.25], isClosed: true })
  const [a, b] = yard
  if (detail < FINE || !a || !b) return
  for (let i = 1; i < 5; i += 1) {
    const spot = { x: a.x + ((b.x - a.x) * i) / 5, y: a.y + ((b.y - a.y) * i) / 5 }
    const middle = middleOf(yard)
    const bed = { x: spot.x + (middle.x - spot.x) * 0.09, y: spot.y + (middle.y - spot.y) * 0.09 }
    disc(pen, bed, 0.42, ['#ef8fa3', '#f6d25f', '#fff4e2', '#b79cf0'][(i + Math.floor(chance * 7)) % 4] ?? '#f6d25f')
  }
}

function court(pen: Pen, yard: Outline): void {
  fill(pen, yard, '#ded8c9')
  stroke(pen, yard, { colour: '#c3bba8', width: 0.3, isClosed: true })
}
