import type { Action } from '../view/bindings.ts'
import type { Wish } from './steering.ts'

/** What is read of the browser's `Gamepad` in its standard mapping. */
export interface PadReading {
  readonly axes: readonly number[]
  readonly buttons: readonly { readonly value: number; readonly pressed: boolean }[]
}

const DEAD_ZONE = 0.12
const LEFT_TRIGGER = 6
const RIGHT_TRIGGER = 7
const HANDBRAKE = 0
const PAD_LEFT = 14
const PAD_RIGHT = 15

/** Standard mapping: A is the handbrake, the triggers are the pedals, the left stick or the cross steers. */
const BUTTON_ACTIONS: readonly (readonly [button: number, action: Action])[] = [
  [1, 'horn'],
  [2, 'lights'],
  [3, 'unstick'],
  [4, 'logbook'],
  [5, 'mailbox'],
  [8, 'xray'],
  [9, 'pause'],
]

/** What a pad does while a panel is open. */
export type PadMove = 'press' | 'back' | 'previous' | 'next'

/** A presses, B goes back, the cross goes from one thing to the next. */
const MENU_BUTTONS: readonly (readonly [button: number, move: PadMove])[] = [
  [0, 'press'],
  [1, 'back'],
  [12, 'previous'],
  [13, 'next'],
  [14, 'previous'],
  [15, 'next'],
]

/** @returns `null` while nobody touches the pad, so that it does not hold the keyboard still */
export function padWish(pad: PadReading): Wish | null {
  const value = (button: number) => pad.buttons[button]?.value ?? 0
  const cross = value(PAD_RIGHT) - value(PAD_LEFT)
  const steering = cross === 0 ? withDeadZone(pad.axes[0] ?? 0) : cross
  const throttle = value(RIGHT_TRIGGER) - value(LEFT_TRIGGER)
  const handbrake = pad.buttons[HANDBRAKE]?.pressed ?? false
  return steering === 0 && throttle === 0 && !handbrake ? null : { throttle, steering, handbrake }
}

/** What the buttons ask for that went down since the last reading, at the wheel. */
export const padActions = (pad: PadReading, before: PadReading | null): readonly Action[] =>
  wentDown(BUTTON_ACTIONS, pad, before)

/** As `padActions`, while a panel is open. */
export const padMoves = (pad: PadReading, before: PadReading | null): readonly PadMove[] =>
  wentDown(MENU_BUTTONS, pad, before)

function wentDown<T>(meanings: readonly (readonly [number, T])[], pad: PadReading, before: PadReading | null): T[] {
  const isPressed = (reading: PadReading | null, button: number) => reading?.buttons[button]?.pressed ?? false
  return meanings.filter(([button]) => isPressed(pad, button) && !isPressed(before, button)).map(([, what]) => what)
}

/** Small tremors count as nothing, and the stick's share grows from there without a jump. */
function withDeadZone(value: number): number {
  const beyond = Math.max(0, Math.abs(value) - DEAD_ZONE) / (1 - DEAD_ZONE)
  return Math.min(1, beyond) * Math.sign(value)
}
