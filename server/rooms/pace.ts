import { TICK_MS } from '../../shared/units.ts'
import type { Clock } from './clock.ts'

/** How many ticks a late room makes up at once; what lies further back is given up, and counted. */
const CATCH_UP_TICKS = 5

/** Newest lags kept for the report: those of a minute. */
const LAGS_KEPT = 1200

/** Beats at a fixed step. A beat is never longer or shorter: a late one is made up, a very late one slips. */
export interface Pace {
  start(): void
  stop(): void
  readonly running: boolean
  /** Ticks given up because the process was too busy. */
  readonly slipped: number
  /** How late the newest beats came, in milliseconds, oldest first. */
  readonly lags: readonly number[]
}

/**
 * @param phaseMs where in the fixed step of the clock the beats fall, so that the rooms of one process are spread over it
 *   whenever they start
 */
export function openPace(clock: Clock, onTick: () => void, phaseMs = 0): Pace {
  const lags: number[] = []
  let slipped = 0
  let due = 0
  let cancel: (() => void) | null = null

  function beat(): void {
    const late = clock.now() - due
    const behind = Math.floor(late / TICK_MS)
    const skipped = Math.max(0, behind - CATCH_UP_TICKS)
    slipped += skipped
    due += skipped * TICK_MS
    lags.push(late)
    if (lags.length > LAGS_KEPT) lags.shift()
    while (cancel !== null && due <= clock.now()) {
      due += TICK_MS
      onTick()
    }
    if (cancel !== null) cancel = clock.after(untilDue(), beat)
  }

  /** Whole milliseconds, as timers count: one that is a fraction short would wake up for nothing, and once more. */
  const untilDue = () => Math.max(0, Math.ceil(due - clock.now()))

  return {
    start() {
      if (cancel !== null) return
      due = Math.ceil((clock.now() - phaseMs) / TICK_MS) * TICK_MS + phaseMs + TICK_MS
      cancel = clock.after(untilDue(), beat)
    },
    stop() {
      cancel?.()
      cancel = null
    },
    get running() {
      return cancel !== null
    },
    get slipped() {
      return slipped
    },
    get lags() {
      return lags
    },
  }
}
