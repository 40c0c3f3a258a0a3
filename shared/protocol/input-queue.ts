import type { DriveInput } from '../model/command.ts'
import type { SentInput } from './input-frame.ts'

/** Inputs that may wait: those of one late post, and a few. The oldest go first, so that nobody drives in the past. */
const MOST_WAITING = 8
/** The lead is the least that waited during this many ticks: inputs that come in posts of four wait 0 to 3 ticks. */
const LEAD_TICKS = 20
/** Hands of which nothing is heard for this many ticks let go. */
const LET_GO_TICKS = 20
const AT_REST: DriveInput = { throttle: 0, steering: 0, handbrake: false }

/** The hands of one tick. */
interface Taken {
  readonly seq: number
  readonly input: DriveInput
}

/**
 * Turns inputs that arrive in bursts into one input a tick: in order, never two, so that flooding is no faster than
 * driving. While nothing waits the hands stay as they were, for a second.
 */
export class InputQueue {
  /** How many waited, of the newest ticks; a ring, full of the most until it has been round. */
  readonly #waited = new Uint8Array(LEAD_TICKS).fill(MOST_WAITING)
  #turn = 0
  #waiting: SentInput[] = []
  #newestSeq = 0
  #ackSeq = 0
  #starved = 0

  /** The newest input that was taken. */
  get ackSeq(): number {
    return this.#ackSeq
  }

  /** How many inputs waited at least, lately; below 0: for how many ticks none has come. */
  get lead(): number {
    if (this.#starved > 0) return -this.#starved
    let least = MOST_WAITING
    for (let i = 0; i < LEAD_TICKS; i += 1) least = Math.min(least, this.#waited[i] ?? 0)
    return least
  }

  /** @returns whether the input was newer than all before it */
  offer(input: SentInput): boolean {
    if (input.seq <= this.#newestSeq) return false
    this.#newestSeq = input.seq
    this.#waiting.push(input)
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()
    return true
  }

  /** The hands of this tick, `null` when they stay as they were. */
  take(): Taken | null {
    const next = this.#waiting.shift()
    this.#waited[this.#turn] = this.#waiting.length
    this.#turn = (this.#turn + 1) % LEAD_TICKS
    if (next === undefined) return this.#starve()
    this.#starved = 0
    this.#ackSeq = next.seq
    return next
  }

  #starve(): Taken | null {
    this.#starved = Math.min(this.#starved + 1, 100)
    return this.#starved === LET_GO_TICKS && this.#ackSeq > 0 ? { seq: this.#ackSeq, input: AT_REST } : null
  }
}
