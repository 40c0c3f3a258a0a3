import type { Moment, TextParams } from '../../shared/protocol/view.ts'
import type { Graph } from '../../shared/protocol/xray.ts'
import { playMs, serviceMs } from '../../shared/units.ts'

/** What was measured, period by period, the newest first, with both clocks. */
export function graphRows({ from, periodSeconds, points }: Graph, scale: number) {
  const momentOf = (period: number): Moment => {
    const after = period * periodSeconds * 1000
    return { playMs: playMs(from.playMs + after / scale), serviceMs: serviceMs(from.serviceMs + after) }
  }
  return points.map(([period, value]) => ({ at: momentOf(period), value })).toReversed()
}

/** What a curve says, for a sentence: a period of the services is never told without what it is at play. */
export const summaryOf = ({ statistic, periodSeconds, points, threshold }: Graph, scale: number): TextParams => ({
  statistic,
  service: periodSeconds,
  play: Math.round((periodSeconds / scale) * 10) / 10,
  count: points.length,
  highest: points.length === 0 ? '–' : Math.max(...points.map(([, value]) => value)),
  threshold: threshold ?? '–',
})
