import type { Point } from '../../shared/model/city-map.ts'
import type { Mark, MarkKind } from '../view/minimap.ts'

type Outline = readonly (readonly [number, number])[]

/** Outlines around the origin; `self` and the tips of edge marks point along +x. */
const SHAPES: Readonly<Record<MarkKind, Outline>> = {
  self: [[10, 0], [-7, 7], [-3, 0], [-7, -7]],
  camera: circle(5),
  police: [[0, -7], [6, -4], [5, 3], [0, 7], [-5, 3], [-6, -4]],
  inspector: [[0, -7], [6, -3.5], [6, 3.5], [0, 7], [-6, 3.5], [-6, -3.5]],
  unit: [[0, -7], [7, 6], [-7, 6]],
  player: [[-4, -4], [4, -4], [4, 4], [-4, 4]],
  garage: [[-6, -2], [0, -7], [6, -2], [6, 6], [-6, 6]],
  objective: [[0, -9], [2.6, -2.8], [9, -2.8], [3.9, 1.5], [5.6, 8], [0, 4], [-5.6, 8], [-3.9, 1.5], [-9, -2.8], [-2.6, -2.8]],
} // prettier-ignore

/** A mark at the edge keeps its shape, a little smaller and farther in, and has a tip that says where its thing is. */
const TIP: Outline = [[12, 0], [5, 5.5], [5, -5.5]] // prettier-ignore
const AT_EDGE = { scale: 0.85, inwards: 3 }

const COLOURS: Readonly<Record<MarkKind, string>> = {
  self: '--map-self',
  camera: '--agent-watch',
  police: '--agent-trail',
  inspector: '--agent-config',
  unit: '--agent-lambda',
  player: '--map-player',
  garage: '--map-garage',
  objective: '--map-objective',
}

/** Draws one mark with a rim, so that it stands out on any ground. */
export function drawMark(context: CanvasRenderingContext2D, mark: Mark, style: CSSStyleDeclaration): void {
  const { kind, angle, isAtEdge } = mark
  context.save()
  context.translate(mark.x, mark.y)
  context.lineWidth = 3
  context.strokeStyle = style.getPropertyValue('--map-rim')
  context.fillStyle = style.getPropertyValue(COLOURS[kind])
  if (isAtEdge || kind === 'self') context.rotate(angle)
  if (isAtEdge) {
    fill(context, TIP)
    context.translate(-AT_EDGE.inwards, 0)
    context.rotate(-angle)
    context.scale(AT_EDGE.scale, AT_EDGE.scale)
  }
  fill(context, SHAPES[kind])
  context.restore()
}

function fill(context: CanvasRenderingContext2D, outline: Outline): void {
  context.beginPath()
  for (const [x, y] of outline) context.lineTo(x, y)
  context.closePath()
  context.stroke()
  context.fill()
}

/** The way to the goal, in pixels: a line with a rim, under the marks. */
export function drawWay(context: CanvasRenderingContext2D, way: readonly Point[], style: CSSStyleDeclaration): void {
  if (way.length < 2) return
  context.save()
  context.lineJoin = 'round'
  context.lineCap = 'round'
  context.beginPath()
  for (const { x, y } of way) context.lineTo(x, y)
  for (const [width, colour] of [
    [6, '--map-rim'],
    [3.5, '--map-objective'],
  ] as const) {
    context.lineWidth = width
    context.strokeStyle = style.getPropertyValue(colour)
    context.stroke()
  }
  context.restore()
}

function circle(radius: number): Outline {
  return Array.from({ length: 16 }, (_, i) => {
    const angle = (i * Math.PI) / 8
    return [Math.cos(angle) * radius, Math.sin(angle) * radius] as const
  })
}
