import { describe, expect, it } from 'vitest'

import { DEFAULT_BINDINGS } from '../../../client/view/bindings.ts'
import { openDriver } from '../../../client/input/driver.ts'
import { openKeyboard } from '../../../client/input/keyboard.ts'
import { padActions, padMoves, padWish, type PadReading } from '../../../client/input/pad.ts'
import { openTouch } from '../../../client/input/touch.ts'

const keyboard = (isSticky = false) => openKeyboard({ bindings: () => DEFAULT_BINDINGS, isSticky: () => isSticky })
const key = (code: string) => ({ code, repeat: false, withModifier: false })

const pad = (part: { axis?: number; down?: Readonly<Record<number, number>> } = {}): PadReading => ({
  axes: [part.axis ?? 0],
  buttons: Array.from({ length: 17 }, (_, i) => ({ value: part.down?.[i] ?? 0, pressed: (part.down?.[i] ?? 0) > 0.5 })),
})

describe('the keyboard', () => {
  it('drives while keys are down, by WASD and by arrows', () => {
    const keys = keyboard()
    expect(keys.press(key('KeyW'))).toBe('held')
    keys.press(key('ArrowLeft'))
    expect(keys.wish()).toEqual({ throttle: 1, steering: -1, handbrake: false })
    keys.release('KeyW')
    keys.release('ArrowLeft')
    expect(keys.wish()).toEqual({ throttle: 0, steering: 0, handbrake: false })
  })

  it('takes left and right together for straight on', () => {
    const keys = keyboard()
    keys.press(key('KeyA'))
    keys.press(key('KeyD'))
    expect(keys.wish().steering).toBe(0)
  })

  it('does other actions once per press, however long the key is held', () => {
    const keys = keyboard()
    expect(keys.press(key('KeyH'))).toBe('horn')
    expect(keys.press({ ...key('KeyH'), repeat: true })).toBe('held')
  })

  it('leaves shortcuts and foreign keys to the browser', () => {
    const keys = keyboard()
    expect(keys.press({ ...key('KeyW'), withModifier: true })).toBeNull()
    expect(keys.press(key('KeyQ'))).toBeNull()
    expect(keys.wish().throttle).toBe(0)
  })

  it('lets go of everything when the window loses its focus', () => {
    const keys = keyboard()
    keys.press(key('Space'))
    keys.releaseAll()
    expect(keys.wish().handbrake).toBe(false)
  })

  it('holds until the next press for those who cannot keep a key down', () => {
    const keys = keyboard(true)
    keys.press(key('KeyW'))
    keys.release('KeyW')
    expect(keys.wish().throttle).toBe(1)
    keys.press(key('KeyW'))
    expect(keys.wish().throttle).toBe(0)
  })
})

describe('the pad', () => {
  it('steers by stick and brakes and accelerates by triggers', () => {
    expect(padWish(pad({ axis: -1, down: { 7: 0.8 } }))).toEqual({ throttle: 0.8, steering: -1, handbrake: false })
    expect(padWish(pad({ down: { 6: 1 } }))).toMatchObject({ throttle: -1 })
  })

  it('lets the cross outvote the stick', () => {
    expect(padWish(pad({ axis: 1, down: { 14: 1 } }))).toMatchObject({ steering: -1 })
  })

  it('takes tremors for nothing, and grows from there without a jump', () => {
    expect(padWish(pad({ axis: 0.1 }))).toBeNull()
    expect(padWish(pad({ axis: 0.13 }))?.steering).toBeLessThan(0.05)
  })

  it('does an action when its button goes down, not while it stays down', () => {
    const down = pad({ down: { 1: 1 } })
    expect(padActions(down, pad())).toEqual(['horn'])
    expect(padActions(down, down)).toEqual([])
    expect(padActions(down, null)).toEqual(['horn'])
  })

  it('goes through an open panel: A presses, B goes back, the cross moves on', () => {
    expect(padMoves(pad({ down: { 0: 1 } }), pad())).toEqual(['press'])
    expect(padMoves(pad({ down: { 1: 1 } }), pad())).toEqual(['back'])
    expect(padMoves(pad({ down: { 12: 1 } }), pad())).toEqual(['previous'])
    const down = pad({ down: { 13: 1 } })
    expect(padMoves(down, pad())).toEqual(['next'])
    expect(padMoves(down, down)).toEqual([])
    expect(padMoves(pad({ axis: 1, down: { 7: 1 } }), pad())).toEqual([])
  })

  it('survives a pad with fewer buttons', () => {
    expect(padWish({ axes: [], buttons: [] })).toBeNull()
  })
})

describe('the thumbs', () => {
  it('leave the car alone until the glass is touched', () => {
    expect(openTouch().wish()).toBeNull()
  })

  it('roll by themselves, brake, speed up and steer', () => {
    const touch = openTouch()
    touch.hold(1, 'left')
    expect(touch.wish()).toEqual({ throttle: 0.6, steering: -1, handbrake: false })
    touch.hold(2, 'boost')
    expect(touch.wish()).toMatchObject({ throttle: 1 })
    touch.hold(3, 'brake')
    expect(touch.wish()).toMatchObject({ throttle: -1 })
    touch.letGo(1)
    touch.letGo(3)
    expect(touch.wish()).toMatchObject({ throttle: 1, steering: 0 })
    touch.letGoAll()
    expect(touch.wish()).toMatchObject({ throttle: 0.6 })
  })
})

describe('the driver', () => {
  const open = (part: { reading?: PadReading | null; isIdle?: boolean } = {}) => {
    const keys = keyboard()
    const touch = openTouch()
    const driver = openDriver({ keyboard: keys, touch, readPad: () => part.reading ?? null, isIdle: () => part.isIdle ?? false }) // prettier-ignore
    /** A second at 60 frames. */
    const settle = () => Array.from({ length: 61 }, (_, i) => driver.step((i * 1000) / 60)).at(-1)
    return { keys, touch, settle }
  }

  it('sits still when nobody asks for anything', () => {
    expect(open().settle()).toEqual({ throttle: 0, steering: 0, handbrake: false })
  })

  it('follows whichever device is touched: keys before pad before thumbs', () => {
    const all = open({ reading: pad({ axis: 1 }) })
    all.touch.hold(1, 'left')
    expect(all.settle()).toMatchObject({ steering: 1 })
    all.keys.press(key('KeyA'))
    expect(all.settle()).toMatchObject({ steering: -1, throttle: 0 })
    const thumbs = open({ reading: pad() })
    thumbs.touch.hold(1, 'left')
    expect(thumbs.settle()?.steering).toBe(-1)
    expect(thumbs.settle()?.throttle).toBeCloseTo(0.6)
  })

  it('takes the hands off the wheel while a panel is open', () => {
    const reading = open({ isIdle: true })
    reading.keys.press(key('KeyW'))
    expect(reading.settle()).toEqual({ throttle: 0, steering: 0, handbrake: false })
  })
})
