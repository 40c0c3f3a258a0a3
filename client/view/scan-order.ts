/** Something on the screen that one press could act on. */
export interface Pressable<T> {
  readonly target: T
  /** In the card that speaks now; a main button of what is open; what closes or leads away; anything else. */
  readonly kind: 'card' | 'main' | 'way-out' | 'other'
}

const ORDER: readonly Pressable<unknown>['kind'][] = ['card', 'main', 'other', 'way-out']

/** In which order things light up for whoever has one switch: what is asked now comes first, the way out last. */
export const toScanOrder = <T>(things: readonly Pressable<T>[]): readonly T[] =>
  ORDER.flatMap((kind) => things.filter((thing) => thing.kind === kind).map(({ target }) => target))

/**
 * What lights up next.
 *
 * @param now what is lit; `null` at the beginning
 * @param pressed it has just been pressed: it stays lit for another turn, as it is often pressed again
 */
export function nextOf<T>(order: readonly T[], now: T | null, pressed: boolean): T | null {
  const at = now === null ? -1 : order.indexOf(now)
  if (at >= 0 && pressed) return now
  return order[at + 1] ?? order[0] ?? null
}
