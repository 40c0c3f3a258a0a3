/** The wall clock as rooms see it, so that tests can turn it by hand. Milliseconds, monotonic. */
export interface Clock {
  now(): number
  /** Calls `job` once, `delayMs` from now. @returns a function that calls it off */
  after(delayMs: number, job: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, job) {
    const timer = setTimeout(job, delayMs)
    return () => clearTimeout(timer)
  },
}
