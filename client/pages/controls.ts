import type { HudModel } from '../hud/model.ts'
import { settings } from '../hud/preferences.ts'
import { isOnDuty } from '../view/duty.ts'
import type { Action } from '../view/bindings.ts'
import { openDriver } from '../input/driver.ts'
import { openKeyboard } from '../input/keyboard.ts'
import { padActions, padMoves, type PadReading } from '../input/pad.ts'
import type { Touch } from '../input/touch.ts'
import { moveFocus } from './move-focus.ts'

/** Dials, clocks and the minimap are drawn this often; the street itself at every frame. */
const LOOK_EVERY_MS = 100

interface ControlsOptions {
  readonly model: HudModel
  readonly touch: Touch
  readonly onAct: (action: Action) => void
}

/** Puts the hands on the wheel: keys, pad and thumbs to the feed at every frame. @returns how to take them off */
export function openControls({ model, touch, onAct }: ControlsOptions): () => void {
  const keyboard = openKeyboard({
    bindings: () => settings.value.bindings,
    isSticky: () => settings.value.stickyKeys,
  })
  const isReading = () => model.panels.value.length > 0
  const isIdle = () => isReading() || model.view.value.room.paused || isOnDuty(model.view.value)
  const driver = openDriver({ keyboard, touch, isIdle, readPad })
  const pad = watchPad({ isReading, onAct, onBack: () => model.back() })

  const onKeyDown = (event: KeyboardEvent) => {
    if (isReading() || isTyping(event.target)) return
    const withModifier = event.ctrlKey || event.altKey || event.metaKey
    const done = keyboard.press({ code: event.code, repeat: event.repeat, withModifier })
    if (done === null || isPressingButton(event)) return
    event.preventDefault()
    if (done !== 'held') onAct(done)
    else if (event.target instanceof HTMLButtonElement) event.target.blur()
  }
  const onKeyUp = (event: KeyboardEvent) => keyboard.release(event.code)
  const letGo = () => {
    keyboard.releaseAll()
    touch.letGoAll()
  }
  addEventListener('keydown', onKeyDown)
  addEventListener('keyup', onKeyUp)
  addEventListener('blur', letGo)
  const stopReading = model.panels.subscribe((panels) => panels.length > 0 && letGo())

  const stopFrames = eachFrame((nowMs, isLook) => {
    pad.read()
    model.feed.drive(driver.step(nowMs))
    if (isLook) model.look(nowMs)
  })
  return () => {
    stopFrames()
    stopReading()
    removeEventListener('keydown', onKeyDown)
    removeEventListener('keyup', onKeyUp)
    removeEventListener('blur', letGo)
  }
}

function eachFrame(onFrame: (nowMs: number, isLook: boolean) => void): () => void {
  let lastLook = 0
  let handle = requestAnimationFrame(frame)
  function frame(nowMs: number): void {
    const isLook = nowMs - lastLook >= LOOK_EVERY_MS
    if (isLook) lastLook = nowMs
    onFrame(nowMs, isLook)
    handle = requestAnimationFrame(frame)
  }
  return () => cancelAnimationFrame(handle)
}

const readPad = (): PadReading | null => navigator.getGamepads?.().find((pad) => pad !== null) ?? null

interface PadWatch {
  readonly isReading: () => boolean
  readonly onAct: (action: Action) => void
  readonly onBack: () => void
}

function watchPad({ isReading, onAct, onBack }: PadWatch) {
  let before: PadReading | null = null
  return {
    read() {
      const pad = readPad()
      const now = pad && { axes: [...pad.axes], buttons: pad.buttons.map(({ value, pressed }) => ({ value, pressed })) }
      if (now && isReading()) padMoves(now, before).forEach((move) => (move === 'back' ? onBack() : moveFocus(move)))
      else if (now) padActions(now, before).forEach(onAct)
      before = now
    },
  }
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement

/** Space presses the button that the keyboard has reached; one that was only clicked does not take the handbrake away. */
const isPressingButton = ({ code, target }: KeyboardEvent) =>
  code === 'Space' && target instanceof HTMLButtonElement && target.matches(':focus-visible, [data-lit]')
