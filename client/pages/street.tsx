import { useEffect, useMemo, useRef } from 'preact/hooks'

import { Hud } from '../hud/hud.tsx'
import { openHudModel, type HudModel } from '../hud/model.ts'
import { settings } from '../hud/preferences.ts'
import { t } from '../i18n/i18n.ts'
import { openTouch, type Touch } from '../input/touch.ts'
import type { Doors } from '../net/doors.ts'
import type { CityFeed } from '../net/feed.ts'
import { openControls } from './controls.ts'
import { usePicture } from './picture.ts'

interface StreetProps {
  readonly doors: Doors
  readonly feed: CityFeed
  readonly canPause: boolean
  readonly onLeave: () => void
}

/** The driver's screen: the picture of the street, the panels over it, the hands on the wheel. */
export function Street({ doors, feed, canPause, onLeave }: StreetProps) {
  const place = useRef<HTMLDivElement>(null)
  const model = useMemo(() => openHudModel(feed, performance.now()), [feed])
  const touch = useMemo(openTouch, [feed])
  useEffect(() => () => model.close(), [model])
  useControls(model, touch, canPause)
  usePicture(place, { doors, model, overview: false })
  useEffect(() => void feed.assist(settings.value.assists), [feed])

  return (
    <main class="street">
      <h1 class="visually-hidden">{t('play.title')}</h1>
      <div ref={place} class="street-picture" role="img" aria-label={t('play.picture')} />
      <Hud model={model} touch={touch} canPause={canPause} onLeave={onLeave} />
    </main>
  )
}

function useControls(model: HudModel, touch: Touch, canPause: boolean): void {
  useEffect(() => openControls({ model, touch, canPause }), [model, touch, canPause])
}
