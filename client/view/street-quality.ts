/** How much the picture costs. Every step shows the same things; higher ones show them more finely. */
export interface Quality {
  readonly name: 'low' | 'middle' | 'high'
  /** Canvas pixels per CSS pixel, at most; the screen's own ratio is never exceeded. */
  readonly pixelRatio: number
  /** Ground pixels per metre. */
  readonly groundScale: number
  readonly carShadows: boolean
  readonly dust: boolean
  readonly rainLayers: number
  /** Lit windows at night. */
  readonly windows: boolean
}

export const QUALITIES: readonly [Quality, Quality, Quality] = [
  { name: 'low', pixelRatio: 0.67, groundScale: 8, carShadows: false, dust: false, rainLayers: 1, windows: false },
  { name: 'middle', pixelRatio: 1, groundScale: 10, carShadows: true, dust: true, rainLayers: 2, windows: true },
  { name: 'high', pixelRatio: 2, groundScale: 12, carShadows: true, dust: true, rainLayers: 2, windows: true },
]

/** What the last frames took, and what follows from it. */
export interface FrameWatch {
  readonly step: 0 | 1 | 2
  readonly slow: number
  readonly quick: number
  readonly frames: number
  /** After a fall it does not climb again: a picture that swings between two steps is worse than a plain one. */
  readonly fell: boolean
}

export const openFrameWatch = (step: 0 | 1 | 2): FrameWatch => ({ step, slow: 0, quick: 0, frames: 0, fell: false })

const WINDOW = 90
const SLOW_MS = 30
const QUICK_MS = 18

/** Counts one frame; after 90 of them it falls one step when a fifth were slow, or climbs when nearly all were quick. */
export function watchFrame(watch: FrameWatch, frameMs: number): FrameWatch {
  const frames = watch.frames + 1
  const slow = watch.slow + (frameMs > SLOW_MS ? 1 : 0)
  const quick = watch.quick + (frameMs < QUICK_MS ? 1 : 0)
  if (frames < WINDOW) return { ...watch, frames, slow, quick }
  const fresh = { slow: 0, quick: 0, frames: 0 }
  if (slow > WINDOW / 5 && watch.step > 0) return { ...fresh, step: watch.step === 2 ? 1 : 0, fell: true }
  if (quick > WINDOW * 0.95 && watch.step < 2 && !watch.fell)
    return { ...fresh, step: watch.step === 0 ? 1 : 2, fell: false }
  return { ...watch, ...fresh }
}
