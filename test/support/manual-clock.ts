import type { Clock } from '../../server/rooms/clock.ts'

/** A wall clock that stands until it is turned. */
export interface ManualClock extends Clock {
  /** Turns the clock, and runs what falls due on the way, each job at its own moment. */
  turn(ms: number): void
  /** Turns the clock in one jump: whatever fell due runs late, at the end. */
  stall(ms: number): void
}

export function openManualClock(): ManualClock {
  let now = 0
  let jobs: { at: number; order: number; run: () => void }[] = []
  let order = 0

  function runDue(until: number, moveClock: boolean): void {
    for (;;) {
      const next = jobs.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0]
      if (next === undefined) break
      jobs = jobs.filter((job) => job !== next)
      if (moveClock) now = Math.max(now, next.at)
      next.run()
    }
    now = Math.max(now, until)
  }

  return {
    now: () => now,
    after(delayMs, run) {
      order += 1
      const job = { at: now + delayMs, order, run }
      jobs.push(job)
      return () => {
        jobs = jobs.filter((other) => other !== job)
      }
    },
    turn: (ms) => runDue(now + ms, true),
    stall(ms) {
      now += ms
      runDue(now, false)
    },
  }
}
