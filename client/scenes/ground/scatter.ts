import type { Outline } from '../../../shared/model/city-map.ts'
import { hashAt, type Box } from '../../view/street-lines.ts'
import { trace, type Pen } from './pen.ts'

/** Visits spots strewn over a box, about one in each square of side `step`; always the same ones. */
export function eachSpot(box: Box, step: number, paint: (x: number, y: number, chance: number) => void): void {
  for (let gx = Math.floor(box.left / step) - 1; gx * step < box.right + step; gx += 1) {
    for (let gy = Math.floor(box.top / step) - 1; gy * step < box.bottom + step; gy += 1) {
      paint((gx + hashAt(gx, gy, 1)) * step, (gy + hashAt(gx, gy, 2)) * step, hashAt(gx, gy, 3))
    }
  }
}

/** The part of a box that the picture shows: scattering over a whole park for every tile would be waste. */
export function clipBox(pen: Pen, box: Box, detail: number): Box {
  const { e, f } = pen.getTransform()
  const { width, height } = pen.canvas
  return {
    left: Math.max(box.left, -e / detail),
    top: Math.max(box.top, -f / detail),
    right: Math.min(box.right, (width - e) / detail),
    bottom: Math.min(box.bottom, (height - f) / detail),
  }
}

/** Paints only where the outline is. */
export function inside(pen: Pen, outline: Outline, paint: () => void): void {
  pen.save()
  trace(pen, outline)
  pen.clip()
  paint()
  pen.restore()
}
