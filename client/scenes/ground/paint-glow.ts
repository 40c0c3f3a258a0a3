import type { CityMap } from '../../../shared/model/city-map.ts'
import type { LampPost } from '../../view/street-lamps.ts'
import { boxOf, doMeet, hashAt, type Box } from '../../view/street-lines.ts'
import { facadeOf, frameOf } from '../../view/street-roofs.ts'
import { eachWindow } from './paint-buildings.ts'
import { disc, within, type Pen, type Piece } from './pen.ts'

/** What shines by itself at night: lit windows, skylights, the stadium, lamp heads. Painted on black, to be added. */
export interface GlowPicture {
  paint(pen: Pen, box: Box): void
}

const WARM = ['#ffd27a', '#ffe2a6', '#ffc061', '#cfe4ff']

export function openGlowPicture(map: CityMap, lamps: readonly LampPost[]): GlowPicture {
  const pieces = [...windowPieces(map), ...roofPieces(map), ...lampPieces(lamps)]
  return {
    paint(pen, box) {
      const detail = pen.canvas.width / (box.right - box.left)
      pen.setTransform(1, 0, 0, 1, 0, 0)
      pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height)
      pen.setTransform(detail, 0, 0, detail, -box.left * detail, -box.top * detail)
      for (const piece of pieces) if (doMeet(piece.box, box)) piece.paint(pen, detail)
    },
  }
}

function windowPieces({ scenery }: CityMap): Piece[] {
  return scenery.buildings
    .filter(({ kind }) => kind !== 'warehouse' && kind !== 'stadium' && kind !== 'crane')
    .map(({ outline, height }) => ({
      box: boxOf(outline, 2),
      paint(pen) {
        eachWindow(outline, { facade: facadeOf(outline, height), height }, (x, y, w, h) => {
          const chance = hashAt(x, y, 5)
          if (chance > 0.5) return
          pen.fillStyle = WARM[Math.floor(chance * 8)] ?? '#ffd27a'
          pen.globalAlpha = 0.95
          pen.fillRect(x, y, w, h)
          pen.globalAlpha = 0.16
          pen.fillRect(x - 0.6, y - 0.3, w + 1.2, h + 1.4)
        })
        pen.globalAlpha = 1
      },
    }))
}

function roofPieces({ scenery }: CityMap): Piece[] {
  return scenery.buildings.flatMap(({ kind, outline, height }): Piece[] => {
    const { x, y, long, wide, heading } = frameOf(outline)
    const box = boxOf(outline, 2)
    if (kind === 'tower') return [{ box, paint: (pen) => beacon(pen, { x, y: y - facadeOf(outline, height) }) }]
    if (kind === 'stadium')
      return [{ box, paint: (pen) => within(pen, { x, y, heading }, () => floodlight(pen, long, wide)) }]
    return []
  })
}

function beacon(pen: Pen, at: { readonly x: number; readonly y: number }): void {
  pen.globalAlpha = 0.25
  disc(pen, at, 2.2, '#ff5a5f')
  pen.globalAlpha = 1
  disc(pen, at, 0.6, '#ff8a8a')
}

function floodlight(pen: Pen, long: number, wide: number): void {
  const light = pen.createRadialGradient(0, 0, 0, 0, 0, long * 0.7)
  light.addColorStop(0, '#cfe8c888')
  light.addColorStop(1, '#cfe8c800')
  pen.fillStyle = light
  pen.beginPath()
  pen.ellipse(0, 0, long * 0.7, wide * 0.7, 0, 0, Math.PI * 2)
  pen.fill()
}

function lampPieces(lamps: readonly LampPost[]): Piece[] {
  return lamps.map(({ head: lamp }) => ({
    box: boxOf([lamp], 3),
    paint(pen) {
      pen.globalAlpha = 0.14
      disc(pen, lamp, 2.2, '#ffdf9e')
      pen.globalAlpha = 0.3
      disc(pen, lamp, 1.1, '#ffdf9e')
      pen.globalAlpha = 1
      disc(pen, lamp, 0.45, '#fff4d8')
    },
  }))
}
