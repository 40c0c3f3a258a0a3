import { randomBelow, randomShare, streamOf, uuidAt } from '../../../shared/random.ts'

const STREAM = streamOf('trail')
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The chance of one step: every number is drawn once, and `drawn()` says where the next step goes on. */
export interface Draw {
  uuid(): string
  /** @returns a number from 0 (included) to 1 (excluded) */
  share(): number
  /** @returns `length` letters and digits, as in the names of log files */
  letters(length: number): string
  drawn(): number
}

export function openDraw(seed: number, drawn: number): Draw {
  let next = drawn
  const take = () => {
    next += 1
    return next
  }
  return {
    uuid: () => uuidAt(seed, STREAM, take()),
    share: () => randomShare(seed, STREAM, take()),
    letters: (length) =>
      Array.from({ length }, () => LETTERS.charAt(randomBelow(seed, STREAM, take(), LETTERS.length))).join(''),
    drawn: () => next,
  }
}
