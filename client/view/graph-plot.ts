import type { GraphFrame, GraphPoints } from '../../shared/protocol/xray.ts'

/** One measure of a curve in shares of its box: from the left, and from the bottom. */
interface PlotBar {
  readonly left: number
  readonly width: number
  readonly height: number
  readonly isAbove: boolean
}

export interface Plot {
  readonly bars: readonly PlotBar[]
  /** Height of the alarms' threshold; `null` without any. */
  readonly threshold: number | null
  /** The value at the top. */
  readonly top: number
}

/** Room above the threshold, or above the highest value. */
const HEADROOM = 1.2
const EMPTY_TOP = 100

/** Lays a curve out as bars, one for each period in which something was measured. */
export function toPlot({ periods }: Pick<GraphFrame, 'periods'>, { points, threshold }: GraphPoints): Plot {
  const highest = Math.max(threshold ?? 0, ...points.map(([, value]) => value))
  const top = highest > 0 ? highest * HEADROOM : EMPTY_TOP
  const bars = points.map(([period, value]) => ({
    left: period / periods,
    width: 1 / periods,
    height: Math.max(0, value) / top,
    isAbove: threshold !== null && value > threshold,
  }))
  return { bars, threshold: threshold === null ? null : threshold / top, top }
}
