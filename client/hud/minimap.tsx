import { useEffect, useMemo, useRef } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { freshen, northOf, toMarks, toPixel, turnAhead, type MapWindow } from '../view/minimap.ts'
import { wayGuideOf, WAY_AFTER_MS } from '../view/way.ts'
import { openGround } from './minimap-ground.ts'
import { drawMark, drawWay } from './minimap-marks.ts'
import type { HudModel } from './model.ts'
import { settingsOfPicture } from './preferences.ts'

const SIZE = 176
const REACH_METRES = 260
/** Canvas pixels along a CSS pixel, at most: sharp on most screens. */
const MOST_SHARPNESS = 2

/** The streets around the car, north up or the way ahead up, as its driver likes. What it shows is also said in words by the feed and the objective. */
export function Minimap({ model }: { readonly model: HudModel }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { own, cars, digest, playMs } = model.around.value
  const { mapTurns, reducedMotion } = settingsOfPicture()
  const isTurning = mapTurns && !reducedMotion
  const objective = model.view.value.car?.objective ?? null
  const { map } = model.feed
  const sharpness = Math.min(MOST_SHARPNESS, devicePixelRatio)
  const side = Math.ceil(SIZE * sharpness)
  const pixelsPerMetre = side / (2 * REACH_METRES)
  const ground = useMemo(() => openGround(map, pixelsPerMetre, document.documentElement), [map, pixelsPerMetre])

  const turn = own && isTurning ? turnAhead(own.heading) : 0
  const window: MapWindow = { centre: own ?? { x: 0, y: 0 }, reach: REACH_METRES, size: SIZE, turn }

  useEffect(() => {
    // By the processor: to wait for a graphics card that has the street to draw would hold up the whole page.
    const context = canvas.current?.getContext('2d', { willReadFrequently: true })
    if (!context || !own) return
    layGround(context, ground, { side, turn, x: own.x * pixelsPerMetre, y: own.y * pixelsPerMetre })
    const style = getComputedStyle(context.canvas)
    const things = { map, own, vehicles: freshen(digest, cars), objective }
    drawWay(
      context,
      wayGuideOf(map)
        .update(playMs < WAY_AFTER_MS ? null : own, objective)
        .map((point) => toPixel(window, point)),
      style,
    )
    for (const mark of toMarks(window, things)) drawMark(context, mark, style)
  })

  if (!own) return null
  return (
    <div class="minimap">
      <canvas
        ref={canvas}
        width={side}
        height={side}
        role="img"
        aria-label={t(isTurning ? 'minimap.label.turning' : 'minimap.label')}
      />
      <span class="minimap-north" style={placeOfNorth(window)} aria-hidden="true">
        N
      </span>
    </div>
  )
}

interface GroundPlace {
  /** Canvas pixels along a side of the map. */
  readonly side: number
  readonly turn: number
  /** What of the ground comes to lie in the middle, in its pixels. */
  readonly x: number
  readonly y: number
}

/** Lays the ground under the middle of the map, and leaves the pen ready for CSS pixels. */
function layGround(pen: CanvasRenderingContext2D, ground: HTMLCanvasElement, { side, turn, x, y }: GroundPlace): void {
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.clearRect(0, 0, side, side)
  pen.translate(side / 2, side / 2)
  pen.rotate(turn)
  pen.drawImage(ground, -x, -y)
  pen.setTransform(side / SIZE, 0, 0, side / SIZE, 0, 0)
}

/** In shares of the map, which a small screen draws smaller. */
function placeOfNorth(window: MapWindow) {
  const { x, y } = northOf(window)
  return { left: `${(x / window.size) * 100}%`, top: `${(y / window.size) * 100}%` }
}
