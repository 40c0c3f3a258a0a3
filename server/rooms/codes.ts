import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** No 0/O, no 1/I/L: a code is read from a projector and typed by a child. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

const code = (length: number) => Array.from({ length }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')

export const newRoomCode = () => code(6)
export const newSeatCode = () => code(4)
/** Unguessable: 144 bits, in 24 letters that need no escaping. */
export const newToken = () => randomBytes(18).toString('base64url')

/** Compares secrets in a time that tells nothing about where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
