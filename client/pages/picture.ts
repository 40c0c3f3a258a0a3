import { effect } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

import type { HudModel } from '../hud/model.ts'
import { settings } from '../hud/preferences.ts'
import type { Doors } from '../net/doors.ts'

interface PictureOptions {
  readonly doors: Doors
  readonly model: HudModel
  readonly overview: boolean
}

/** Opens the picture of the street in `place`, keeps it in step with settings and X-ray, and closes it with the page. */
export function usePicture(place: RefObject<HTMLElement | null>, { doors, model, overview }: PictureOptions): void {
  useEffect(() => {
    const parent = place.current
    if (!parent) return
    const onCaption = (caption: HudModel['caption']['value']) => (model.caption.value = caption)
    const opening = doors.openGame(parent, model.feed, { settings: settings.peek(), overview, onCaption })
    const following = opening.then((game) => {
      const stops = [effect(() => game.apply(settings.value)), effect(() => game.showXray(model.xray.value))]
      return { game, stops }
    })
    return () =>
      void following.then(({ game, stops }) => {
        stops.forEach((stop) => stop())
        game.close()
      })
  }, [doors, model, overview])
}
