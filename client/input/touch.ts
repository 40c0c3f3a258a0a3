import type { Wish } from './steering.ts'

/** What thumbs can hold on the glass. */
export type TouchZone = 'left' | 'right' | 'brake' | 'boost'

/** A car that nobody brakes rolls by itself: one thumb is enough. */
const CRUISE_THROTTLE = 0.6

export interface Touch {
  hold(pointerId: number, zone: TouchZone): void
  letGo(pointerId: number): void
  letGoAll(): void
  /** @returns `null` before the first touch: a mouse and keyboard must not start the car by itself */
  wish(): Wish | null
}

export function openTouch(): Touch {
  const held = new Map<number, TouchZone>()
  let isAwake = false
  const isHeld = (zone: TouchZone) => [...held.values()].includes(zone)

  function throttle(): number {
    if (isHeld('brake')) return -1
    return isHeld('boost') ? 1 : CRUISE_THROTTLE
  }

  return {
    hold(pointerId, zone) {
      isAwake = true
      held.set(pointerId, zone)
    },
    letGo: (pointerId) => void held.delete(pointerId),
    letGoAll: () => held.clear(),
    wish: () =>
      isAwake
        ? { throttle: throttle(), steering: Number(isHeld('right')) - Number(isHeld('left')), handbrake: false }
        : null,
  }
}
