import { useEffect, useMemo, useRef } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { freshen, northOf, toMarks, toPixel, turnAhead, type MapWindow } from '../view/minimap.ts'
import { openWayGuide } from '../view/way.ts'
import { openGround } from './minimap-ground.ts'
import { drawMark, drawWay } from './minimap-marks.ts'
import type { HudModel } from './model.ts'
import { settingsOfPicture } from './preferences.ts'

const SIZE = 176
const REACH_METRES = 260
/** Device pixels for each of the canvas's own, so that it is sharp on most screens. */
const SHARPNESS = 2

/** The streets around the car, north up or the way ahead up, as its driver likes. What it shows is also said in words by the feed and the objective. */
export function Minimap({ model }: { readonly model: HudModel }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { own, cars, digest } = model.street.value
  const { mapTurns, reducedMotion } = settingsOfPicture()
  const isTurning = mapTurns && !reducedMotion
  const objective = model.view.value.car?.objective ?? null
  const { map } = model.feed
  const pixelsPerMetre = (SIZE * SHARPNESS) / (2 * REACH_METRES)
  const ground = useMemo(() => openGround(map, pixelsPerMetre, document.documentElement), [map])
  const guide = useMemo(() => openWayGuide(map), [map])

  const turn = own && isTurning ? turnAhead(own.heading) : 0
  const window: MapWindow = { centre: own ?? { x: 0, y: 0 }, reach: REACH_METRES, size: SIZE, turn }

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !own) return
    const side = SIZE * SHARPNESS
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, side, side)
    context.translate(side / 2, side / 2)
    context.rotate(turn)
    context.drawImage(ground, -own.x * pixelsPerMetre, -own.y * pixelsPerMetre)
    context.setTransform(SHARPNESS, 0, 0, SHARPNESS, 0, 0)
    const style = getComputedStyle(context.canvas)
    const things = { map, own, vehicles: freshen(digest, cars), objective }
    drawWay(
      context,
      guide.update(own, objective).map((point) => toPixel(window, point)),
      style,
    )
    for (const mark of toMarks(window, things)) drawMark(context, mark, style)
  })

  if (!own) return null
  return (
    <div class="minimap">
      <canvas
        ref={canvas}
        width={SIZE * SHARPNESS}
        height={SIZE * SHARPNESS}
        role="img"
        aria-label={t(isTurning ? 'minimap.label.turning' : 'minimap.label')}
      />
      <span class="minimap-north" style={placeOfNorth(window)} aria-hidden="true">
        N
      </span>
    </div>
  )
}

/** In shares of the map, which a small screen draws smaller. */
function placeOfNorth(window: MapWindow) {
  const { x, y } = northOf(window)
  return { left: `${(x / window.size) * 100}%`, top: `${(y / window.size) * 100}%` }
}
