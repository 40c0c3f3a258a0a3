import type { DriveInput } from '../model/command.ts'
import type { SentInput } from './input-frame.ts'

/** Inputs that may wait; the oldest go first, so that nobody drives in the past. */
const MOST_WAITING = 6

/**
 * Turns inputs that arrive in bursts into one input a tick: in order, never two, so that flooding is no faster than
 * driving. While nothing waits the hands stay as they were.
 */
export class InputQueue {
  #waiting: SentInput[] = []
  #newestSeq = 0
  #ackSeq = 0
  #starved = 0

  /** The newest input that was taken. */
  get ackSeq(): number {
    return this.#ackSeq
  }

  /** How many inputs wait; below 0: for how many ticks none has. */
  get lead(): number {
    return this.#waiting.length > 0 ? this.#waiting.length : -this.#starved
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
  take(): { readonly seq: number; readonly input: DriveInput } | null {
    const next = this.#waiting.shift()
    if (next === undefined) {
      this.#starved = Math.min(this.#starved + 1, 100)
      return null
    }
    this.#starved = 0
    this.#ackSeq = next.seq
    return next
  }
}
