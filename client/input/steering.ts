/** One step of the hands, whatever the screen's frame rate: laps must not depend on it. */
export const HAND_STEP_MS = 1000 / 60

const TURN_PER_SECOND = 3.6
const RETURN_PER_SECOND = 6
const PRESS_PER_SECOND = 7
/** After a hidden tab or a long frame the hands do not rush through what was missed. */
const MOST_STEPS = 12

/** What the fingers ask for: shares of full, −1 to 1. */
export interface Wish {
  readonly throttle: number
  readonly steering: number
  readonly handbrake: boolean
}

/** Where the wheel and the pedals are, and the time not yet stepped. */
export interface Hands {
  readonly throttle: number
  readonly steering: number
  readonly handbrake: boolean
  readonly restMs: number
}

export const REST: Hands = { throttle: 0, steering: 0, handbrake: false, restMs: 0 }

/** Moves wheel and pedals towards the wish, in whole steps of 1/60 s. */
export function moveHands(hands: Hands, wish: Wish, elapsedMs: number): Hands {
  const due = hands.restMs + Math.max(0, elapsedMs)
  const steps = Math.min(MOST_STEPS, Math.floor(due / HAND_STEP_MS + 1e-9))
  let { throttle, steering } = hands
  for (let i = 0; i < steps; i += 1) {
    throttle = approach(throttle, wish.throttle, PRESS_PER_SECOND)
    steering = approach(
      steering,
      wish.steering,
      isReturning(steering, wish.steering) ? RETURN_PER_SECOND : TURN_PER_SECOND,
    )
  }
  const restMs = steps === MOST_STEPS ? 0 : Math.max(0, due - steps * HAND_STEP_MS)
  return { throttle, steering, handbrake: wish.handbrake, restMs }
}

const isReturning = (now: number, wished: number) => wished * now < 0 || Math.abs(wished) < Math.abs(now)

function approach(now: number, wished: number, perSecond: number): number {
  const most = (perSecond * HAND_STEP_MS) / 1000
  return now + Math.min(most, Math.max(-most, wished - now))
}
