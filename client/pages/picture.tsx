import { effect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'

import type { HudModel } from '../hud/model.ts'
import { settingsOfPicture } from '../hud/preferences.ts'
import { t } from '../i18n/i18n.ts'
import type { Doors } from '../net/doors.ts'

interface PictureProps {
  readonly doors: Doors
  readonly model: HudModel
  /** The whole city from above, for the projector. */
  readonly overview: boolean
}

/** The picture of the street. Where a device cannot draw it, the page says so and the panels go on. */
export function Picture({ doors, model, overview }: PictureProps) {
  const place = useRef<HTMLDivElement>(null)
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    const parent = place.current
    if (!parent) return
    const opening = openPicture(parent, { doors, model, overview })
    const closing = opening.catch(() => {
      setFailed(true)
      return () => undefined
    })
    void closing.then(() => model.feed.begin?.())
    return () => void closing.then((close) => close())
  }, [doors, model, overview])

  return (
    <>
      <div ref={place} class="street-picture" role="img" aria-label={t('play.picture')} />
      {hasFailed && <p class="no-picture">{t('play.no-picture')}</p>}
    </>
  )
}

/** Opens the game in `parent` and keeps it in step with settings and X-ray. @returns how to close it */
async function openPicture(parent: HTMLElement, { doors, model, overview }: PictureProps): Promise<() => void> {
  const onCaption = (caption: HudModel['caption']['value']) => (model.caption.value = caption)
  const game = await doors.openGame(parent, model.feed, { settings: settingsOfPicture(), overview, onCaption })
  const stops = [effect(() => game.apply(settingsOfPicture())), effect(() => game.showXray(model.xray.value))]
  return () => {
    stops.forEach((stop) => stop())
    game.close()
  }
}
