import type { CityMap, Outline, Scenery } from '../../../shared/model/city-map.ts'
import { boxOf, hashAt, middleOf } from '../../view/street-lines.ts'
import { darker, lighter, PALETTE, ROOFS } from '../../view/street-palette.ts'
import { castShadow, facadeOf, frameOf, inset, ridgeRoof, southEdges } from '../../view/street-roofs.ts'
import { disc, fill, FINE, stroke, trace, within, type Pen, type Piece } from './pen.ts'
import { paintChurch, paintCrane, paintSchool, paintStadium } from './paint-landmarks.ts'
import { paintFlatRoof, paintRibs, paintTower } from './paint-roofs.ts'

type Building = Scenery['buildings'][number]

/** What every building looks like from above; stations are painted with their own signs by `paint-stations`. */
export function buildingPieces(map: CityMap): Piece[] {
  return map.scenery.buildings
    .filter(({ kind }) => kind !== 'station')
    .map((building) => ({
      box: boxOf(building.outline, 2),
      paint: (pen, detail) => paintBuilding(pen, building, detail),
    }))
}

/** Shadows are painted in one opaque colour; the picture lays them over the ground as one sheet. */
export function shadowPieces(map: CityMap): Piece[] {
  return map.scenery.buildings.map(({ kind, outline, height }) => {
    const parts = castShadow(outline, kind === 'crane' ? Math.min(height, 7) : height)
    return {
      box: boxOf(parts.flat(), 1),
      paint(pen) {
        for (const part of parts) fill(pen, part, PALETTE.shadow)
      },
    }
  })
}

function paintBuilding(pen: Pen, building: Building, detail: number): void {
  const { kind, outline } = building
  if (kind === 'stadium') return paintStadium(pen, outline)
  if (kind === 'crane') return paintCrane(pen, outline)
  const { x, y } = middleOf(outline)
  const chance = hashAt(x, y)
  inFootprint(pen, building, wallOf(building, chance), detail)
  return undefined
}

function wallOf({ kind }: Building, chance: number): string {
  if (kind === 'tower') return '#7fa9bd'
  if (kind === 'office') return chance < 0.5 ? '#b9cbd3' : PALETTE.wall
  return kind === 'warehouse' ? PALETTE.wallShade : PALETTE.wall
}

/** Wall at the southern foot, the roof moved north by as much; nothing leaves the footprint. */
function inFootprint(pen: Pen, building: Building, wall: string, detail: number): void {
  const { outline, height } = building
  const facade = facadeOf(outline, height)
  pen.save()
  trace(pen, outline)
  pen.clip()
  fill(pen, outline, darker(wall, 0.16))
  if (detail >= FINE) windows(pen, building, facade)
  pen.translate(0, -facade)
  paintRoof(pen, building)
  pen.translate(0, facade)
  pen.restore()
  stroke(pen, outline, { colour: '#26304a59', width: 0.16, isClosed: true })
}

function paintRoof(pen: Pen, { kind, outline, height }: Building): void {
  const { x, y } = middleOf(outline)
  const chance = hashAt(x, y)
  switch (kind) {
    case 'house':
      return ridged(pen, outline, pick(ROOFS.house, chance), chance < 0.5 ? 0.9 : 0)
    case 'old-house':
      return ridged(pen, outline, pick(ROOFS.old, chance), chance < 0.3 ? 0.7 : 0)
    case 'warehouse':
      return paintRibs(pen, outline, pick(ROOFS.warehouse, chance))
    case 'tower':
      return paintTower(pen, outline, chance)
    case 'church':
      return paintChurch(pen, outline)
    case 'school':
      return paintSchool(pen, outline)
    case 'office':
    case 'station':
    case 'stadium':
    case 'crane':
      return paintFlatRoof(pen, outline, { colour: pick(ROOFS.office, chance), height, chance })
  }
}

const pick = (colours: readonly string[], chance: number): string =>
  colours[Math.floor(chance * 997) % colours.length] ?? PALETTE.clay

function ridged(pen: Pen, outline: Outline, colour: string, hip: number): void {
  const facets = ridgeRoof(outline, hip)
  if (!facets) {
    fill(pen, outline, colour)
    fill(pen, inset(outline, 1.4), lighter(colour, 0.1))
    return
  }
  for (const { points, light } of facets) {
    fill(pen, points, light > 0 ? lighter(colour, 0.14 * light) : darker(colour, -0.26 * light))
    stroke(pen, points, { colour: '#26304a2e', width: 0.12, isClosed: true })
  }
  const { x, y, long, wide, heading } = frameOf(outline)
  if (hip < 0.8) within(pen, { x, y, heading }, () => tileRows(pen, long, wide))
  within(pen, { x, y, heading }, () => stroke(pen, [{ x: -long * 0.9, y: 0 }, { x: long * 0.9, y: 0 }], { colour: '#fff6e055', width: 0.22 })) // prettier-ignore
  chimney(pen, { x: x - long * 0.3 * Math.cos(heading), y: y - long * 0.3 * Math.sin(heading) - 0.6 })
}

function tileRows(pen: Pen, long: number, wide: number): void {
  pen.strokeStyle = '#26304a17'
  pen.lineWidth = 0.1
  pen.setLineDash([])
  pen.beginPath()
  for (let y = -wide + 0.8; y < wide; y += 0.8) {
    pen.moveTo(-long, y)
    pen.lineTo(long, y)
  }
  pen.stroke()
}

function chimney(pen: Pen, { x, y }: { readonly x: number; readonly y: number }): void {
  pen.fillStyle = '#26304a40'
  pen.fillRect(x + 0.2, y + 0.3, 1.5, 1.3)
  pen.fillStyle = '#a45d4a'
  pen.fillRect(x - 0.5, y - 0.5, 1.1, 1.1)
  pen.fillStyle = PALETTE.ink
  pen.fillRect(x - 0.25, y - 0.25, 0.6, 0.6)
}

/** Rows of windows on the strip of façade; `paint-glow` lights some of the same ones. */
function windows(pen: Pen, { kind, outline, height }: Building, facade: number): void {
  if (kind === 'warehouse') return
  eachWindow(outline, { facade, height }, (x, y, w, h) => {
    pen.fillStyle = kind === 'tower' ? '#d5ebf3' : '#5f8aa3'
    pen.fillRect(x, y, w, h)
  })
}

interface Front {
  readonly facade: number
  readonly height: number
}

/** Visits the windows of a façade, from west to east, lowest row first. Same places for the day and for the night. */
export function eachWindow(
  outline: Outline,
  front: Front,
  paint: (x: number, y: number, w: number, h: number) => void,
): void {
  const rows = Math.max(1, Math.min(4, Math.floor(front.facade / 0.95)))
  const rise = front.facade / rows
  for (const [a, b] of southEdges(outline)) {
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    const count = Math.floor(length / 2.1)
    for (let i = 0; i < count; i += 1) {
      const share = (i + 0.5) / count
      const x = a.x + (b.x - a.x) * share
      const foot = a.y + (b.y - a.y) * share
      for (let row = 0; row < rows; row += 1) paint(x - 0.5, foot - rise * (row + 0.78), 1, rise * 0.56)
    }
  }
}

/** The dark round of a crown on the ground. */
export function treeShadowPieces(trees: Scenery['trees']): Piece[] {
  return trees.map(({ x, y, size }) => ({
    box: boxOf([{ x, y }], size * 1.4),
    paint: (pen) => disc(pen, { x: x + size * 0.28, y: y + size * 0.28 }, size * 0.46, PALETTE.shadow),
  }))
}
