/** Sounds that last: each function opens one, silent, and gives back what sets it. */

const SMOOTH = 0.06

/** Loudness of the engine at rest, and what it gains up to its highest pitch: what happens is heard above it. */
const IDLE = { gain: 0.2, hertz: 42 } as const
const GAIN_PER_HERTZ = 0.0016

/** Two saw teeth an octave apart behind a filter that opens with the pitch. 0 Hz stops it. */
export function openEngine(context: AudioContext, out: AudioNode): (hertz: number) => void {
  const gain = new GainNode(context, { gain: 0 })
  const filter = new BiquadFilterNode(context, { type: 'lowpass', frequency: 300, Q: 2 })
  const low = new OscillatorNode(context, { type: 'sawtooth', frequency: 40 })
  const high = new OscillatorNode(context, { type: 'triangle', frequency: 80 })
  low.connect(filter)
  high.connect(filter)
  filter.connect(gain).connect(out)
  low.start()
  high.start()
  return (hertz) => {
    const now = context.currentTime
    gain.gain.setTargetAtTime(hertz > 0 ? IDLE.gain + (hertz - IDLE.hertz) * GAIN_PER_HERTZ : 0, now, SMOOTH)
    if (hertz <= 0) return
    low.frequency.setTargetAtTime(hertz, now, SMOOTH)
    high.frequency.setTargetAtTime(hertz * 2.01, now, SMOOTH)
    filter.frequency.setTargetAtTime(180 + hertz * 5, now, SMOOTH)
  }
}

/** Filtered noise: tyres and brakes. Takes a share of full loudness. */
export function openNoise(
  context: AudioContext,
  out: AudioNode,
  { hertz, q }: { readonly hertz: number; readonly q: number },
): (share: number) => void {
  const gain = new GainNode(context, { gain: 0 })
  const filter = new BiquadFilterNode(context, { type: 'bandpass', frequency: hertz, Q: q })
  const source = new AudioBufferSourceNode(context, { buffer: whiteNoise(context), loop: true })
  source.connect(filter).connect(gain).connect(out)
  source.start()
  return (share) => gain.gain.setTargetAtTime(share, context.currentTime, SMOOTH)
}

/** Two seconds of noise, made by rule so that it needs no chance. */
function whiteNoise(context: AudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, context.sampleRate * 2, context.sampleRate)
  const samples = buffer.getChannelData(0)
  let seed = 22_222
  for (let i = 0; i < samples.length; i += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0
    samples[i] = seed / 2_147_483_648
  }
  return buffer
}

/** Two tones that take turns, as on a European patrol car. Takes loudness and pan. */
export function openSiren(context: AudioContext, out: AudioNode): (share: number, pan: number) => void {
  const gain = new GainNode(context, { gain: 0 })
  const side = new StereoPannerNode(context, { pan: 0 })
  const tone = new OscillatorNode(context, { type: 'triangle', frequency: 480 })
  const turn = new OscillatorNode(context, { type: 'square', frequency: 0.75 })
  const depth = new GainNode(context, { gain: 65 })
  turn.connect(depth).connect(tone.frequency)
  tone.connect(gain).connect(side).connect(out)
  tone.start()
  turn.start()
  return (share, pan) => {
    gain.gain.setTargetAtTime(share, context.currentTime, SMOOTH)
    side.pan.setTargetAtTime(pan, context.currentTime, SMOOTH)
  }
}
