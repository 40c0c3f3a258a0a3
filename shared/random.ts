/**
 * Chance without hidden state: the n-th number of a stream is a pure function of (seed, stream, n). A consumer keeps
 * only its counter, and adding a consumer shifts nobody else's numbers.
 */

/** @returns a whole number from 0 to 2³² − 1, evenly spread */
export function randomWord(seed: number, stream: number, n: number): number {
  let word = (seed ^ Math.imul(stream, 0x9e3779b1) ^ Math.imul(n, 0x85ebca77)) >>> 0
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
  word = (word ^ (word >>> 15)) >>> 0
  word = Math.imul(word + 0x6d2b79f5, 0x2c1b3c6d)
  word = Math.imul(word ^ (word >>> 12), 0x297a2d39)
  return (word ^ (word >>> 15)) >>> 0
}

/** @returns a number from 0 (included) to 1 (excluded) */
export const randomShare = (seed: number, stream: number, n: number): number => randomWord(seed, stream, n) / 4294967296

/** @returns a whole number from 0 to `below` − 1 */
export const randomBelow = (seed: number, stream: number, n: number, below: number): number =>
  Math.floor(randomShare(seed, stream, n) * below)

/** Turns a text into a stream number (FNV-1a), so that streams can be named. */
export function streamOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** @returns a UUID (version 4 form) that is a pure function of its arguments: what AWS calls an `id` or `eventID` */
export function uuidAt(seed: number, stream: number, n: number): string {
  const hex = [0, 1, 2, 3]
    .map((part) =>
      randomWord(seed ^ part, stream, n)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
