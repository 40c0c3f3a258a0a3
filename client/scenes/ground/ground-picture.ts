import type { CityMap, Outline, Scenery } from '../../../shared/model/city-map.ts'
import { withRoundCorners } from '../../view/street-corners.ts'
import type { Country } from '../../view/street-country.ts'
import { boxOf, doMeet, hashAt, type Box } from '../../view/street-lines.ts'
import { limitSignsOf } from '../../view/street-markings.ts'
import { parkedCarsOf, type ParkedCar } from '../../view/street-parked.ts'
import { frameOfSprite, UNIT, type Sheet } from '../atlas/sheet.ts'
import { buildingPieces, shadowPieces, treeShadowPieces } from './paint-buildings.ts'
import { landPieces, paintLawn } from './paint-land.ts'
import { bridgeMarkingPieces, markingPieces, signPiece, viewPieces } from './paint-markings.ts'
import { bridgePieces, roadPieces } from './paint-roads.ts'
import { forecourtPieces, stationPieces } from './paint-stations.ts'
import { yardPieces } from './paint-yards.ts'
import { FINE, openPaper, trace, within, type Pen, type Piece } from './pen.ts'

/** All that never moves, ready to be painted in tiles of any scale. */
export interface GroundPicture {
  /** Paints `box` so that it fills the pen's canvas, with shadows of a darkness from 0 to 1. */
  paint(pen: Pen, box: Box, shadows: number): void
  /** Paints only the bridges, within `outline`, on a canvas that shows `box`. */
  paintBridges(pen: Pen, box: Box, outline: Outline): void
}

interface Grounds {
  readonly map: CityMap
  readonly trees: Scenery['trees']
  readonly country: Country
  readonly sheet: Sheet
}

export function openGroundPicture({ map, trees, country, sheet }: Grounds): GroundPicture {
  const bridges = [...bridgePieces(map), ...bridgeMarkingPieces(map)]
  const below = [
    ...landPieces(map, country),
    ...roadPieces(withRoundCorners(map)),
    ...forecourtPieces(map),
    ...markingPieces(map),
    ...boatPieces(map, sheet),
    ...bridges,
    ...viewPieces(map),
    ...parkedPieces(map, sheet),
  ]
  // Looked for once somebody comes near enough to see them: the first picture does not wait for that.
  let yards: readonly Piece[] | null = null
  const shadows = [...shadowPieces(map), ...treeShadowPieces(trees)]
  const above = [
    ...limitSignsOf(map).map((sign) => signPiece(sign)),
    ...buildingPieces(map),
    ...stationPieces(map, sheet),
  ]
  const veil = openPaper(1, 1)

  return {
    paint(pen, box, darkness) {
      const detail = pen.canvas.width / (box.right - box.left)
      enter(pen, box, detail)
      paintLawn(pen, box, detail)
      paintAll(pen, below, box)
      if (detail >= FINE) paintAll(pen, (yards ??= yardPieces(map, trees)), box)
      const fallen = shadows.filter((piece) => doMeet(piece.box, box))
      if (fallen.length > 0) {
        pen.save()
        pen.setTransform(1, 0, 0, 1, 0, 0)
        pen.globalAlpha = darkness
        pen.drawImage(paintVeil(veil, fallen, { box, detail, size: pen.canvas }), 0, 0)
        pen.restore()
      }
      paintAll(pen, above, box)
    },
    paintBridges(pen, box, outline) {
      enter(pen, box, pen.canvas.width / (box.right - box.left))
      trace(pen, outline)
      pen.clip()
      paintAll(pen, bridges, box)
    },
  }
}

/** Makes metres of the map the pen's unit. */
export function enter(pen: Pen, box: Box, detail: number): void {
  pen.setTransform(detail, 0, 0, detail, -box.left * detail, -box.top * detail)
}

export function paintAll(pen: Pen, pieces: readonly Piece[], box: Box): void {
  const detail = pen.getTransform().a
  for (const piece of pieces) if (doMeet(piece.box, box)) piece.paint(pen, detail)
}

interface Veil {
  readonly box: Box
  readonly detail: number
  readonly size: { readonly width: number; readonly height: number }
}

/** All shadows as one opaque sheet: laid over the ground at once, they are equally dark where they meet. */
function paintVeil(pen: Pen, pieces: readonly Piece[], { box, detail, size }: Veil): OffscreenCanvas {
  const { canvas } = pen
  canvas.width = size.width
  canvas.height = size.height
  pen.clearRect(0, 0, canvas.width, canvas.height)
  enter(pen, box, detail)
  paintAll(pen, pieces, box)
  return canvas
}

function boatPieces({ scenery }: CityMap, sheet: Sheet): Piece[] {
  return scenery.boats.map((boat) => {
    const chance = hashAt(boat.x, boat.y)
    const name = boat.length > 22 ? 'boat-cargo' : chance < 0.6 ? 'boat-sail' : 'boat-tug'
    const { w, h } = frameOfSprite(name)
    const scale = boat.length / (w * UNIT)
    const size = { x: (-w * UNIT) / 2, y: (-h * UNIT) / 2, w: w * UNIT, h: h * UNIT }
    return {
      box: boxOf([boat], boat.length),
      paint(pen) {
        within(pen, { ...boat, x: boat.x + 0.8, y: boat.y + 0.8 }, () => {
          pen.fillStyle = '#1b254733'
          pen.beginPath()
          pen.ellipse(0, 0, boat.length * 0.5, h * UNIT * scale * 0.5, 0, 0, Math.PI * 2)
          pen.fill()
        })
        within(pen, boat, () => {
          pen.scale(scale, scale)
          sheet.paint(pen, name, size)
        })
      },
    }
  })
}

/** Parked cars, painted once for each kind and colour. */
function parkedPieces(map: CityMap, sheet: Sheet): Piece[] {
  const stamps = new Map<string, OffscreenCanvas>()
  const stampOf = (car: ParkedCar): OffscreenCanvas => {
    const key = `${car.kind} ${car.paint}`
    const known = stamps.get(key) ?? paintedCar(car, sheet)
    stamps.set(key, known)
    return known
  }
  return parkedCarsOf(map).map((car) => {
    const { w, h } = frameOfSprite(`${car.kind}-body`)
    const size = { x: (-w * UNIT) / 2, y: (-h * UNIT) / 2, w: w * UNIT, h: h * UNIT }
    return {
      box: boxOf([car], 4),
      paint(pen, detail) {
        if (detail < 1.5) return
        within(pen, { ...car, x: car.x + 0.35, y: car.y + 0.35 }, () => sheet.paint(pen, 'shade', size))
        within(pen, car, () => pen.drawImage(stampOf(car), size.x, size.y, size.w, size.h))
      },
    }
  })
}

function paintedCar({ kind, paint }: ParkedCar, sheet: Sheet): OffscreenCanvas {
  const { w, h } = frameOfSprite(`${kind}-body`)
  const pen = openPaper(Math.ceil(w * UNIT * sheet.scale), Math.ceil(h * UNIT * sheet.scale))
  const { canvas } = pen
  const whole = { x: 0, y: 0, w: canvas.width, h: canvas.height }
  sheet.paint(pen, `${kind}-body`, whole)
  pen.globalCompositeOperation = 'multiply'
  pen.fillStyle = paint
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.globalCompositeOperation = 'destination-in'
  sheet.paint(pen, `${kind}-body`, whole)
  pen.globalCompositeOperation = 'source-over'
  sheet.paint(pen, `${kind}-trim`, whole)
  return canvas
}
