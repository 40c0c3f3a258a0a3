import type { Outline } from '../../../shared/model/city-map.ts'
import type { Box } from '../../view/street-lines.ts'

/** The ground is painted aside, in a worker: a tile takes longer than a frame may. */
export type Pen = OffscreenCanvasRenderingContext2D

/**
 * A sheet of paper that the processor paints. The graphics card has the street to draw sixty times a second, and one
 * that is played by the processor would stand still for every tile.
 *
 * @throws when the browser has no 2D canvas
 */
export function openPaper(width: number, height: number): Pen {
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('this browser has no 2D canvas')
  return pen
}

/** Something of the ground that never moves. Paints in metres; `detail` is the picture's pixels per metre. */
export interface Piece {
  readonly box: Box
  paint(pen: Pen, detail: number): void
}

/** Below this many pixels per metre, what is smaller than a car is left out. */
export const FINE = 4

export function trace(pen: Pen, points: Outline, isClosed = true): void {
  pen.beginPath()
  for (const [i, { x, y }] of points.entries()) {
    if (i === 0) pen.moveTo(x, y)
    else pen.lineTo(x, y)
  }
  if (isClosed) pen.closePath()
}

export function fill(pen: Pen, points: Outline, colour: string): void {
  trace(pen, points)
  pen.fillStyle = colour
  pen.fill()
}

interface Line {
  readonly colour: string
  readonly width: number
  readonly dash?: readonly number[]
  readonly cap?: CanvasLineCap
  readonly isClosed?: boolean
}

export function stroke(
  pen: Pen,
  points: Outline,
  { colour, width, dash = [], cap = 'butt', isClosed = false }: Line,
): void {
  trace(pen, points, isClosed)
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.lineCap = cap
  pen.lineJoin = 'round'
  pen.setLineDash([...dash])
  pen.stroke()
}

export function disc(pen: Pen, at: { readonly x: number; readonly y: number }, radius: number, colour: string): void {
  pen.beginPath()
  pen.arc(at.x, at.y, radius, 0, Math.PI * 2)
  pen.fillStyle = colour
  pen.fill()
}

/** Paints in the frame of a thing: origin at its place, x along its heading. */
export function within(
  pen: Pen,
  at: { readonly x: number; readonly y: number; readonly heading: number },
  paint: () => void,
): void {
  pen.save()
  pen.translate(at.x, at.y)
  pen.rotate(at.heading)
  paint()
  pen.restore()
}
