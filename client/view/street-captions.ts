import type { Direction, Hearing } from './street-sound.ts'

/** Which caption a sound has: a key of the locales. */
export type CaptionKey =
  | `caption.${'siren' | 'shutter' | 'horn'}.${Direction}`
  | 'caption.horn.own'
  | 'caption.tyres'
  | 'caption.brakes'
  | 'caption.mail'

export interface CaptionTrack {
  /** When each caption was last shown, on the screen's clock. */
  readonly shownMs: Readonly<Partial<Record<CaptionKey, number>>>
}

export const openCaptions = (): CaptionTrack => ({ shownMs: {} })

/** The same words again only after this long. */
const AGAIN_MS = 6000
const AUDIBLE = 0.02
const LOUD = 0.5

/** What of this instant deserves words: sirens first, then what the own car does loudly. At most one, seldom the same. */
export function captionOf(
  track: CaptionTrack,
  hearing: Hearing,
  nowMs: number,
): { track: CaptionTrack; key: CaptionKey | null } {
  const { siren, tyres, brakes } = hearing
  const wanted: CaptionKey[] = []
  if (siren && siren.gain > AUDIBLE) wanted.push(`caption.siren.${siren.direction}`)
  if (tyres > LOUD) wanted.push('caption.tyres')
  if (brakes > LOUD) wanted.push('caption.brakes')
  const key = wanted.find((one) => nowMs - (track.shownMs[one] ?? -Infinity) >= AGAIN_MS) ?? null
  return key ? { track: { shownMs: { ...track.shownMs, [key]: nowMs } }, key } : { track, key }
}
