import { actionOf, type Action, type Bindings } from '../view/bindings.ts'
import type { Wish } from './steering.ts'

/** Actions that last while a key is down. All others happen once per press. */
const HELD: ReadonlySet<Action> = new Set<Action>(['accelerate', 'brake', 'left', 'right', 'handbrake'])

interface KeyPress {
  readonly code: string
  readonly repeat: boolean
  /** Ctrl, Alt or Meta is down: the press belongs to the browser. */
  readonly withModifier: boolean
}

/** Which of the driving keys are down. */
export interface Keyboard {
  /** @returns the action to do once, `held` when the key drives, `null` when it is not ours */
  press(key: KeyPress): Action | 'held' | null
  release(code: string): void
  /** All keys up: the window lost its focus, or a panel opened. */
  releaseAll(): void
  wish(): Wish
}

interface KeyboardOptions {
  readonly bindings: () => Bindings
  /** A press holds until the next press of the same key. */
  readonly isSticky: () => boolean
}

export function openKeyboard({ bindings, isSticky }: KeyboardOptions): Keyboard {
  const down = new Map<string, Action>()
  const isDown = (wanted: Action) => [...down.values()].includes(wanted)
  const axis = (plus: Action, minus: Action) => Number(isDown(plus)) - Number(isDown(minus))

  function press({ code, repeat, withModifier }: KeyPress): Action | 'held' | null {
    const action = withModifier ? null : actionOf(bindings(), code)
    if (action === null) return null
    if (!HELD.has(action)) return repeat ? 'held' : action
    if (repeat) return 'held'
    if (isSticky() && down.has(code)) down.delete(code)
    else down.set(code, action)
    return 'held'
  }

  return {
    press,
    release: (code) => {
      if (!isSticky()) down.delete(code)
    },
    releaseAll: () => down.clear(),
    wish: () => ({
      throttle: axis('accelerate', 'brake'),
      steering: axis('right', 'left'),
      handbrake: isDown('handbrake'),
    }),
  }
}
