import type { DriveInput } from '../../shared/model/command.ts'
import type { Keyboard } from './keyboard.ts'
import { padWish, type PadReading } from './pad.ts'
import { moveHands, REST, type Hands, type Wish } from './steering.ts'
import type { Touch } from './touch.ts'

const NO_WISH: Wish = { throttle: 0, steering: 0, handbrake: false }

/** One pair of hands for all devices: whichever is touched drives. */
export interface Driver {
  /** @param nowMs the screen's clock; call once per frame */
  step(nowMs: number): DriveInput
}

interface DriverOptions {
  readonly keyboard: Keyboard
  readonly touch: Touch
  readonly readPad: () => PadReading | null
  /** While a panel is open or the city stands, the hands are off the wheel. */
  readonly isIdle: () => boolean
}

export function openDriver({ keyboard, touch, readPad, isIdle }: DriverOptions): Driver {
  let hands: Hands = REST
  let lastMs: number | null = null

  function wish(): Wish {
    if (isIdle()) return NO_WISH
    const pad = readPad()
    const keys = keyboard.wish()
    const isKeyed = keys.throttle !== 0 || keys.steering !== 0 || keys.handbrake
    if (isKeyed) return keys
    return (pad && padWish(pad)) ?? touch.wish() ?? NO_WISH
  }

  return {
    step(nowMs) {
      hands = moveHands(hands, wish(), nowMs - (lastMs ?? nowMs))
      lastMs = nowMs
      return { throttle: hands.throttle, steering: hands.steering, handbrake: hands.handbrake }
    },
  }
}
