import { effect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'

import type { HudModel } from '../hud/model.ts'
import { settingsOfPicture } from '../hud/preferences.ts'
import { t } from '../i18n/i18n.ts'
import type { Doors, Game } from '../net/doors.ts'

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
  const game = useRef<Game | null>(null)
  useEffect(() => {
    const parent = place.current
    if (!parent) return
    const opening = openPicture(parent, { doors, model, overview }).catch(() => {
      setFailed(true)
      return null
    })
    void opening.then((opened) => {
      game.current = opened?.game ?? null
      model.feed.begin?.()
    })
    return () => {
      game.current = null
      void opening.then((opened) => opened?.close())
    }
  }, [doors, model, overview])

  return (
    <>
      <div
        ref={place}
        class={`street-picture ${model.xray.value && !overview ? 'street-picture-xray' : ''}`}
        role="img"
        aria-label={t('play.picture')}
        onClick={(event) => {
          // Who cannot point finds the same things in the list of what is near.
          const thing = overview ? null : game.current?.thingAt(event.clientX, event.clientY)
          if (thing) model.open({ kind: 'thing', thing })
        }}
      />
      {hasFailed && <p class="no-picture">{t('play.no-picture')}</p>}
    </>
  )
}

/** Opens the game in `parent` and keeps it in step with settings and X-ray. */
async function openPicture(parent: HTMLElement, { doors, model, overview }: PictureProps) {
  const onCaption = (caption: HudModel['caption']['value']) => (model.caption.value = caption)
  const game = await doors.openGame(parent, model.feed, { settings: settingsOfPicture(), overview, onCaption })
  const stops = [
    effect(() => game.apply(settingsOfPicture())),
    effect(() => game.showXray(model.xray.value, model.carried.value)),
  ]
  const close = () => {
    stops.forEach((stop) => stop())
    game.close()
  }
  return { game, close }
}
