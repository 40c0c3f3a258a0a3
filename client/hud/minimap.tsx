import { useEffect, useMemo, useRef } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { toMarks, type MapWindow } from '../view/minimap.ts'
import { openGround } from './minimap-ground.ts'
import { drawMark } from './minimap-marks.ts'
import type { HudModel } from './model.ts'

const SIZE = 176
const REACH_METRES = 260
/** Device pixels for each of the canvas's own, so that it is sharp on most screens. */
const SHARPNESS = 2

/** The streets around the car, north up. What it shows is also said in words by the feed and the objective. */
export function Minimap({ model }: { readonly model: HudModel }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { own, digest } = model.street.value
  const objective = model.view.value.car?.objective ?? null
  const { map } = model.feed
  const pixelsPerMetre = (SIZE * SHARPNESS) / (2 * REACH_METRES)
  const ground = useMemo(() => openGround(map, pixelsPerMetre, document.documentElement), [map])

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !own) return
    const window: MapWindow = { centre: own, reach: REACH_METRES, size: SIZE }
    const side = SIZE * SHARPNESS
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, side, side)
    context.drawImage(ground, side / 2 - own.x * pixelsPerMetre, side / 2 - own.y * pixelsPerMetre)
    context.setTransform(SHARPNESS, 0, 0, SHARPNESS, 0, 0)
    const style = getComputedStyle(context.canvas)
    for (const mark of toMarks(window, { map, own, vehicles: digest, objective })) drawMark(context, mark, style)
  })

  if (!own) return null
  return (
    <div class="minimap">
      <canvas
        ref={canvas}
        width={SIZE * SHARPNESS}
        height={SIZE * SHARPNESS}
        role="img"
        aria-label={t('minimap.label')}
      />
      <span class="minimap-north" aria-hidden="true">
        N
      </span>
    </div>
  )
}
