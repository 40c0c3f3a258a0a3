import { openSoundscape, type Soundscape } from '../../client/sound/soundscape.ts'
import type { Hearing } from '../../client/view/street-sound.ts'

const RATE = 44_100
const LOUD = { effects: 1, engine: 1, signals: 1 }
/** When a sound begins and when what lasts is let go, in seconds: before it everything has come to rest. */
const BEGINS = 1
const ENDS = 2
const LASTS = 3

const QUIET: Hearing = { engineHertz: 0, tyres: 0, brakes: 0, siren: null }
const HERE = { gain: 1, pan: 0 }
const siren = (gain: number, pan = 0): Hearing => ({ ...QUIET, siren: { gain, pan, direction: 'ahead' } })

/** What is to be heard, all volumes full. */
const SOUNDS = {
  silence: () => undefined,
  idle: (ear) => ear.update({ ...QUIET, engineHertz: 42 }),
  fast: (ear) => ear.update({ ...QUIET, engineHertz: 135 }),
  tyres: (ear) => ear.update({ ...QUIET, tyres: 1 }),
  brakes: (ear) => ear.update({ ...QUIET, brakes: 1 }),
  siren: (ear) => ear.update(siren(1)),
  'siren far': (ear) => ear.update(siren(0.25)),
  'siren left': (ear) => ear.update(siren(1, -1)),
  shutter: (ear) => ear.shutter(HERE),
  'shutter far': (ear) => ear.shutter({ gain: 0.25, pan: 0 }),
  horn: (ear) => ear.horn(HERE),
  mail: (ear) => ear.mail(),
  all: (ear) => {
    ear.update({ engineHertz: 135, tyres: 1, brakes: 1, siren: { gain: 1, pan: 0, direction: 'ahead' } })
    ear.shutter(HERE)
    ear.horn(HERE)
    ear.mail()
  },
} as const satisfies Readonly<Record<string, (ear: Soundscape) => void>>

export type SoundName = keyof typeof SOUNDS

export const SOUND_NAMES = Object.keys(SOUNDS) as readonly SoundName[]

/** What a sound is in numbers: samples run from −1 to 1, loudness is the root of their mean square while it sounds. */
export interface Heard {
  readonly peak: number
  readonly loudness: number
  readonly left: number
  readonly right: number
  /** Mean of all samples while it sounds. */
  readonly offset: number
  /** Seconds from its beginning until nothing is heard any more. */
  readonly seconds: number
  /** The highest sample before it begins, and of the last tenth of a second. */
  readonly before: number
  readonly after: number
  /** The highest of its first ten samples, as a share of its peak: a jump is heard as a click. */
  readonly onset: number
  /** The lowest tone in it, in hertz. */
  readonly pitch: number
}

/** Plays a sound where nobody waits for it. */
export async function hearSound(name: SoundName): Promise<Heard> {
  const offline = new OfflineAudioContext(2, RATE * (LASTS + 1), RATE)
  Object.assign(globalThis, { AudioContext: function AudioContext() { return offline } }) // prettier-ignore
  const ear = openSoundscape()
  ear.set(LOUD, false)
  const at = (seconds: number, act: () => void) =>
    void offline.suspend(seconds).then(() => {
      act()
      return offline.resume()
    })
  at(BEGINS, () => SOUNDS[name](ear))
  at(ENDS, () => ear.update(null))
  const sound = await offline.startRendering()
  return measure(sound.getChannelData(0), sound.getChannelData(1))
}

const AUDIBLE = 0.001

function measure(left: Float32Array, right: Float32Array): Heard {
  const whole = left.map((sample, i) => (sample + (right[i] ?? 0)) / 2)
  const part = (from: number, to: number) => whole.subarray(Math.round(from * RATE), Math.round(to * RATE))
  const high = (samples: Float32Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const loud = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) // prettier-ignore
  const first = whole.findIndex((sample) => Math.abs(sample) > 0)
  const last = whole.findLastIndex((sample) => Math.abs(sample) > AUDIBLE)
  const seconds = Math.max(0, last / RATE - BEGINS)
  const sounding = part(BEGINS, BEGINS + Math.max(0.1, Math.min(seconds, ENDS - BEGINS)))
  const steady = (samples: Float32Array) => loud(samples.subarray(BEGINS * RATE, ENDS * RATE))
  return {
    peak: Math.max(high(left), high(right)),
    loudness: loud(sounding),
    left: steady(left),
    right: steady(right),
    offset: Math.abs(sounding.reduce((sum, sample) => sum + sample, 0) / sounding.length),
    seconds,
    before: high(part(0, BEGINS - 0.01)),
    after: high(part(LASTS + 0.9, LASTS + 1)),
    onset: last < 0 ? 0 : high(whole.subarray(first, first + 10)) / high(whole),
    pitch: pitchOf(part(BEGINS + 0.4, BEGINS + 0.8)),
  }
}

/** The shift at which a sound is most like itself. */
function pitchOf(samples: Float32Array): number {
  let best = { shift: 0, likeness: 0 }
  for (let shift = Math.round(RATE / 1000); shift < RATE / 30; shift += 1) {
    let likeness = 0
    for (let i = 0; i + shift < samples.length; i += 4) likeness += (samples[i] ?? 0) * (samples[i + shift] ?? 0)
    if (likeness > best.likeness * 1.02) best = { shift, likeness }
  }
  return best.shift === 0 ? 0 : RATE / best.shift
}
