import { openSoundscape } from '../sound/soundscape.ts'
import type { Caption } from '../net/doors.ts'
import type { CityFeed, StreetSample } from '../net/feed.ts'
import type { Settings } from '../view/settings.ts'
import { captionOf, openCaptions, type CaptionKey } from '../view/street-captions.ts'
import type { Flash } from '../view/street-flash.ts'
import { openHornWatch } from '../view/street-horns.ts'
import { hear, sourceAt, type Direction } from '../view/street-sound.ts'

/** Hears the street for the player, and says in a caption what is heard, whether the sound is on or not. */
export interface StreetEar {
  set(settings: Settings): void
  frame(sample: StreetSample, nowMs: number): void
  flash(flash: Flash): void
  close(): void
}

/** A shutter is heard this far, in metres. */
const SHUTTER_REACH = 90

export function openStreetEar(feed: CityFeed, onCaption: (caption: Caption) => void): StreetEar {
  const sounds = openSoundscape()
  const horns = openHornWatch()
  let captions = openCaptions()
  let last: StreetSample['own'] = null
  let letters = feed.view().inbox.length
  const say = (key: CaptionKey) => onCaption({ key, params: {} })
  const stop = feed.onView(({ inbox }) => {
    if (inbox.length > letters) {
      sounds.mail()
      say('caption.mail')
    }
    letters = inbox.length
  })

  const honk = (from: { readonly gain: number; readonly pan: number }, who: Direction | 'own') => {
    sounds.horn(from)
    say(`caption.horn.${who}`)
  }

  return {
    set: ({ volumes, mono }) => sounds.set(volumes, mono),
    frame({ own, cars }, nowMs) {
      last = own
      const isRunning = own && !feed.view().room.paused
      const hearing = isRunning ? hear(own, cars) : null
      sounds.update(hearing)
      if (!hearing || !own) return
      const { isOwn, other } = horns.step(own, cars)
      if (isOwn) honk({ gain: 1, pan: 0 }, 'own')
      if (other) honk(other, other.direction)
      const { track, key } = captionOf(captions, hearing, nowMs)
      captions = track
      if (key) say(key)
    },
    flash(flash) {
      const from = last ? sourceAt(last, flash, SHUTTER_REACH) : null
      if (!from || from.gain === 0) return
      sounds.shutter(from)
      say(`caption.shutter.${from.direction}`)
    },
    close() {
      stop()
      sounds.close()
    },
  }
}
