import type { Volumes } from '../view/settings.ts'
import type { Hearing, Source } from '../view/street-sound.ts'
import { openEngine, openNoise, openSiren } from './voices.ts'

/** How loud a sound is, and from which side. */
type Place = Pick<Source, 'gain' | 'pan'>

/** All that is heard, made from oscillators and noise. Silent, and without an audio device, until a volume is raised. */
export interface Soundscape {
  set(volumes: Volumes, mono: boolean): void
  /** What the driver hears now; `null` while nobody drives or the city stands still. */
  update(hearing: Hearing | null): void
  shutter(from: Place): void
  mail(): void
  horn(from: Place): void
  close(): void
}

/** Everything at once, at full volume, still does not clip. */
const HEADROOM = 0.85
/** Steps of gain take this long, so that nothing clicks. Seconds. */
const SMOOTH = 0.08

export function openSoundscape(): Soundscape {
  let device: Device | null = null
  let volumes: Volumes = { effects: 0, engine: 0, signals: 0 }
  let isMono = false
  const placed = ({ gain, pan }: Place): Place => ({ gain, pan: isMono ? 0 : pan })

  return {
    set(next, mono) {
      volumes = next
      isMono = mono
      const isWanted = next.effects > 0 || next.engine > 0 || next.signals > 0
      if (isWanted) device ??= openDevice()
      device?.set(next)
    },
    update(hearing) {
      device?.update(hearing, isMono)
    },
    shutter(from) {
      if (volumes.effects > 0) device?.shutter(placed(from))
    },
    mail() {
      if (volumes.signals > 0) device?.chime([880, 1318.5])
    },
    horn(from) {
      if (volumes.effects > 0) device?.horn(placed(from))
    },
    close() {
      device?.close()
      device = null
    },
  }
}

interface Device {
  set(volumes: Volumes): void
  update(hearing: Hearing | null, isMono: boolean): void
  shutter(from: Place): void
  horn(from: Place): void
  chime(tones: readonly number[]): void
  close(): void
}

function openDevice(): Device {
  const context = new AudioContext()
  const master = new GainNode(context, { gain: HEADROOM })
  master.connect(context.destination)
  const bus = () => {
    const gain = new GainNode(context, { gain: 0 })
    gain.connect(master)
    return gain
  }
  const [effects, engineBus, signals] = [bus(), bus(), bus()]
  const engine = openEngine(context, engineBus)
  const tyres = openNoise(context, effects, { hertz: 900, q: 1.2 })
  const brakes = openNoise(context, effects, { hertz: 2600, q: 9 })
  const siren = openSiren(context, signals)
  const wake = () => void context.resume()
  addEventListener('pointerdown', wake)
  addEventListener('keydown', wake)

  return {
    set(volumes) {
      effects.gain.setTargetAtTime(volumes.effects, context.currentTime, SMOOTH)
      engineBus.gain.setTargetAtTime(volumes.engine * 0.5, context.currentTime, SMOOTH)
      signals.gain.setTargetAtTime(volumes.signals * 0.5, context.currentTime, SMOOTH)
    },
    update(hearing, isMono) {
      engine(hearing?.engineHertz ?? 0)
      tyres(hearing ? hearing.tyres * 0.5 : 0)
      brakes(hearing ? hearing.brakes * 0.7 : 0)
      siren(hearing?.siren?.gain ?? 0, isMono ? 0 : (hearing?.siren?.pan ?? 0))
    },
    shutter: (from) => playShutter(context, effects, from),
    horn: (from) => playHorn(context, effects, from),
    chime: (tones) => playChime(context, signals, tones),
    close() {
      removeEventListener('pointerdown', wake)
      removeEventListener('keydown', wake)
      void context.close()
    },
  }
}

/** Two short bursts: the mirror goes up, the curtain falls. */
function playShutter(context: AudioContext, out: AudioNode, from: Place): void {
  const pan = new StereoPannerNode(context, { pan: from.pan })
  pan.connect(out)
  for (const [after, hertz] of [[0, 3200], [0.09, 1900]] as const) {
    const at = context.currentTime + after
    const tone = new OscillatorNode(context, { type: 'square', frequency: hertz })
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(0.5 * from.gain, at + 0.002)
    gain.gain.setTargetAtTime(0, at + 0.002, 0.014)
    tone.connect(gain).connect(pan)
    tone.start(at)
    tone.stop(at + 0.14)
  } // prettier-ignore
}

/** Two reeds a third apart, as loud as they are far. */
function playHorn(context: AudioContext, out: AudioNode, from: Place): void {
  const pan = new StereoPannerNode(context, { pan: from.pan })
  const filter = new BiquadFilterNode(context, { type: 'lowpass', frequency: 1800 })
  const gain = new GainNode(context, { gain: 0 })
  const now = context.currentTime
  filter.connect(gain).connect(pan).connect(out)
  gain.gain.linearRampToValueAtTime(0.22 * from.gain, now + 0.02)
  gain.gain.setValueAtTime(0.22 * from.gain, now + 0.34)
  gain.gain.linearRampToValueAtTime(0, now + 0.42)
  for (const frequency of [349, 440]) {
    const reed = new OscillatorNode(context, { type: 'sawtooth', frequency })
    reed.connect(filter)
    reed.start(now)
    reed.stop(now + 0.45)
  }
}

/** Soft tones one after the other. */
function playChime(context: AudioContext, out: AudioNode, tones: readonly number[]): void {
  for (const [i, frequency] of tones.entries()) {
    const at = context.currentTime + i * 0.12
    const tone = new OscillatorNode(context, { type: 'sine', frequency })
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(0.6, at + 0.02)
    gain.gain.setTargetAtTime(0, at + 0.02, 0.09)
    tone.connect(gain).connect(out)
    tone.start(at)
    tone.stop(at + 0.9)
  }
}
