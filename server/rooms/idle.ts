import type { Clock } from './clock.ts'

/** A room without anybody stops its clocks, and later closes. */
const STOP_MS = 60_000
const CLOSE_MS = 600_000

interface IdleEnds {
  readonly onStop: () => void
  readonly onClose: () => void
}

/** Waits for somebody to come into an empty room, but not for ever. */
export class Idle {
  readonly #clock: Clock
  readonly #ends: IdleEnds
  #cancel: (() => void) | null = null

  constructor(clock: Clock, ends: IdleEnds) {
    this.#clock = clock
    this.#ends = ends
    this.wait()
  }

  /** Nobody is here any more. */
  wait(): void {
    this.wake()
    this.#cancel = this.#clock.after(STOP_MS, () => {
      this.#ends.onStop()
      this.#cancel = this.#clock.after(CLOSE_MS - STOP_MS, this.#ends.onClose)
    })
  }

  /** Somebody is here, or the room is over. */
  wake(): void {
    this.#cancel?.()
    this.#cancel = null
  }
}
