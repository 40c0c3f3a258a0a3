/** A frame that nobody has seen this many ticks beyond the line's own round trip waits in a queue somewhere. */
const LATE_TICKS = 10
/** A line whose round trip is longer than this many ticks is simply slow. */
const LONGEST_ROUND_TRIP = 10
/** Whoever has seen nothing for this many ticks is let go. */
const LOST_TICKS = 200
/** Ticks between two frames, from a good line to a bad one: 20, 10, 5 and 2 a second. */
const STRIDES = [1, 2, 4, 10]
/** A stuck line gets a frame this often, in ticks: perhaps only the word of what was seen is missing. */
const PROBE_TICKS = 20
/** A line that keeps up for this many ticks gets frames more often again. */
const CLEAN_TICKS = 60

/**
 * How much one viewer's line carries, judged by which ticks the viewer says it has seen: what waits in buffers on the
 * way is seen late. A slow line gets fewer frames, each of its own moment, never old ones.
 */
export class Flow {
  /** Ticks of the frames that were sent and not yet seen, oldest first. */
  readonly #unseen: number[] = []
  #newest = -1
  #roundTrip = Infinity
  #level = 0
  #isStuck = false
  #changedAt = 0

  /** The viewer has seen the frame of `tick`, and all before it. A tick that was never sent is not believed. */
  seen(tick: number, now: number): void {
    const oldest = this.#unseen[0]
    if (oldest === undefined || tick < oldest || tick > this.#newest) return
    while (this.#unseen[0] !== undefined && this.#unseen[0] <= tick) this.#unseen.shift()
    this.#roundTrip = Math.min(this.#roundTrip, now - tick)
  }

  /** @param least ticks between two frames on this kind of line */
  allows(now: number, least: number): boolean {
    if (this.#waited(now) > LATE_TICKS + this.#patience()) {
      if (!this.#isStuck) this.#level = Math.min(this.#level + 1, STRIDES.length - 1)
      this.#isStuck = true
      this.#changedAt = now
      return now - this.#newest >= PROBE_TICKS
    }
    this.#isStuck = false
    if (this.#level > 0 && now - this.#changedAt >= CLEAN_TICKS) {
      this.#level -= 1
      this.#changedAt = now
    }
    return this.#newest < 0 || now - this.#newest >= Math.max(least, STRIDES[this.#level] ?? 1)
  }

  sent(tick: number): void {
    this.#unseen.push(tick)
    this.#newest = tick
  }

  /** Nothing was seen for so long that there is no point in waiting. */
  isLost(now: number): boolean {
    return this.#waited(now) > LOST_TICKS
  }

  #waited(now: number): number {
    return now - (this.#unseen[0] ?? now)
  }

  #patience(): number {
    return this.#roundTrip === Infinity ? 0 : Math.min(this.#roundTrip, LONGEST_ROUND_TRIP)
  }
}
