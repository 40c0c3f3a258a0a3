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
  /** Canvas pixels along a pixel of the light of the night. */
  readonly lightCoarseness: number
}

export const QUALITIES: readonly [Quality, Quality, Quality] = [
  {
    name: 'low',
    pixelRatio: 0.6,
    groundScale: 8,
    carShadows: false,
    dust: false,
    rainLayers: 1,
    windows: false,
    lightCoarseness: 6,
  },
  {
    name: 'middle',
    pixelRatio: 1,
    groundScale: 10,
    carShadows: true,
    dust: true,
    rainLayers: 2,
    windows: true,
    lightCoarseness: 4,
  },
  {
    name: 'high',
    pixelRatio: 2,
    groundScale: 12,
    carShadows: true,
    dust: true,
    rainLayers: 2,
    windows: true,
    lightCoarseness: 4,
  },
]

/** What the last frames took, and what follows from it. */
export interface FrameWatch {
  readonly step: 0 | 1 | 2
  readonly slow: number
  readonly quick: number
  readonly frames: number
  /** Milliseconds that they took together. */
  readonly spent: number
  /** Windows since the last change, and how many of the last of them were slow, or quick. */
  readonly windows: number
  readonly slowWindows: number
  readonly quickWindows: number
  /** The step was climbed to, and has to prove itself: it is left when one frame in twenty-five misses a refresh of the screen. */
  readonly climbed: boolean
  /** After a fall it does not climb again: a picture that swings between two steps is worse than a plain one. */
  readonly fell: boolean
}

const FRESH = { slow: 0, quick: 0, frames: 0, spent: 0 } as const
const CHANGED = { ...FRESH, windows: 0, slowWindows: 0, quickWindows: 0 } as const

export const openFrameWatch = (step: 0 | 1 | 2): FrameWatch => ({ ...CHANGED, step, climbed: false, fell: false })

/** A window ends after so many frames, or so many milliseconds: a machine that needs it must not wait for its relief. */
const WINDOW_FRAMES = 90
const WINDOW_MS = 1500
const SLOW_MS = 30
const QUICK_MS = 18
/** Longer frames are those of a page that was not in sight. */
const HIDDEN_MS = 1000
/** The first window after a change is that of new pictures: it is not counted. */
const SETTLING = 1
/** One slow window is an accident, and one quick one luck. */
const WINDOWS_IN_A_ROW = 2
const SLOW_SHARE = 0.2
const SLOW_SHARE_CLIMBED = 0.04
const QUICK_SHARE = 0.97

/**
 * Counts one frame. It falls a step when a fifth of the frames were slow twice in a row, and climbs when nearly all were
 * quick twice in a row. A step that it climbed to is left sooner.
 */
export function watchFrame(watch: FrameWatch, frameMs: number): FrameWatch {
  if (frameMs > HIDDEN_MS) return watch
  const counted = {
    ...watch,
    frames: watch.frames + 1,
    spent: watch.spent + frameMs,
    slow: watch.slow + (frameMs > SLOW_MS ? 1 : 0),
    quick: watch.quick + (frameMs < QUICK_MS ? 1 : 0),
  }
  return counted.frames < WINDOW_FRAMES && counted.spent < WINDOW_MS ? counted : closeWindow(counted)
}

function closeWindow(watch: FrameWatch): FrameWatch {
  const { step, frames, slow, quick, climbed, fell } = watch
  const windows = watch.windows + 1
  const next = { ...watch, ...FRESH, windows }
  if (windows <= SETTLING) return next
  const slowWindows = slow > frames * (climbed ? SLOW_SHARE_CLIMBED : SLOW_SHARE) ? watch.slowWindows + 1 : 0
  const quickWindows = quick > frames * QUICK_SHARE ? watch.quickWindows + 1 : 0
  if (slowWindows >= WINDOWS_IN_A_ROW && step > 0)
    return { ...CHANGED, step: step === 2 ? 1 : 0, climbed: false, fell: true }
  if (quickWindows >= WINDOWS_IN_A_ROW && step < 2 && !fell)
    return { ...CHANGED, step: step === 0 ? 1 : 2, climbed: true, fell: false }
  return { ...next, slowWindows, quickWindows }
}
