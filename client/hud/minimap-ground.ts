import type { CityMap, Outline, RoadClass } from '../../shared/model/city-map.ts'

const ROAD_METRES: Readonly<Record<RoadClass, number>> = { expressway: 17, ramp: 9, avenue: 13, street: 9, lane: 6 }

/** Draws parks, water and streets of the whole city once; the minimap then shows a part of it many times a second. */
export function openGround(map: CityMap, pixelsPerMetre: number, themed: Element): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(map.width * pixelsPerMetre)
  canvas.height = Math.ceil(map.height * pixelsPerMetre)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return canvas
  const style = getComputedStyle(themed)
  context.scale(pixelsPerMetre, pixelsPerMetre)
  fill(context, map.scenery.parks, style.getPropertyValue('--map-park'))
  fill(context, map.scenery.water, style.getPropertyValue('--map-water'))
  const road = style.getPropertyValue('--map-road')
  const outlines = map.junctions.map(({ outline }) => outline)
  fill(context, outlines, road)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.strokeStyle = road
  for (const { class: kind, centreLine } of map.roads) {
    context.lineWidth = ROAD_METRES[kind]
    trace(context, centreLine)
    context.stroke()
  }
  return canvas
}

function fill(context: CanvasRenderingContext2D, outlines: readonly Outline[], colour: string): void {
  context.fillStyle = colour
  for (const outline of outlines) {
    trace(context, outline)
    context.fill()
  }
}

function trace(context: CanvasRenderingContext2D, points: Outline): void {
  context.beginPath()
  for (const { x, y } of points) context.lineTo(x, y)
}
