import { useEffect, useRef } from 'preact/hooks'

import type { CityMap, RoadClass } from '../../shared/model/city-map.ts'
import { t } from '../i18n/i18n.ts'
import { toMarks, toPixel, type MapWindow } from '../view/minimap.ts'
import { drawMark } from './minimap-marks.ts'
import type { HudModel } from './model.ts'

const SIZE = 176
const REACH_METRES = 260

const ROAD_PIXELS: Readonly<Record<RoadClass, number>> = { expressway: 6, ramp: 3, avenue: 4.5, street: 3, lane: 2 }

/** The streets around the car, north up. What it shows is also said in words by the feed and the objective. */
export function Minimap({ model }: { readonly model: HudModel }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { own, digest } = model.street.value
  const objective = model.view.value.car?.objective ?? null

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !own) return
    const window: MapWindow = { centre: own, reach: REACH_METRES, size: SIZE }
    const style = getComputedStyle(context.canvas)
    context.setTransform(2, 0, 0, 2, 0, 0)
    context.clearRect(0, 0, SIZE, SIZE)
    drawGround(context, model.feed.map, window, style)
    const things = { map: model.feed.map, own, vehicles: digest, objective }
    for (const mark of toMarks(window, things)) drawMark(context, mark, style)
  })

  if (!own) return null
  return (
    <div class="minimap">
      <canvas ref={canvas} width={SIZE * 2} height={SIZE * 2} role="img" aria-label={t('minimap.label')} />
      <span class="minimap-north" aria-hidden="true">
        N
      </span>
    </div>
  )
}

function drawGround(
  context: CanvasRenderingContext2D,
  map: CityMap,
  window: MapWindow,
  style: CSSStyleDeclaration,
): void {
  const colour = (name: string) => style.getPropertyValue(name)
  const trace = (points: readonly { readonly x: number; readonly y: number }[]) => {
    context.beginPath()
    for (const [i, point] of points.entries()) {
      const { x, y } = toPixel(window, point)
      if (i === 0) context.moveTo(x, y)
      else context.lineTo(x, y)
    }
  }
  const fill = (outlines: readonly (readonly { readonly x: number; readonly y: number }[])[], name: string) => {
    context.fillStyle = colour(name)
    for (const outline of outlines) {
      trace(outline)
      context.fill()
    }
  }
  fill(map.scenery.parks, '--map-park')
  fill(map.scenery.water, '--map-water')
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.strokeStyle = colour('--map-road')
  fill(
    map.junctions.map(({ outline }) => outline),
    '--map-road',
  )
  for (const road of map.roads) {
    context.lineWidth = ROAD_PIXELS[road.class]
    trace(road.centreLine)
    context.stroke()
  }
}
