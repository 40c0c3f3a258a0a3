import { describe, expect, it } from 'vitest'

import { actionOf, ACTIONS, canBind, decodeBindings, DEFAULT_BINDINGS, rebind } from '../../../client/view/bindings.ts'

describe('the keys', () => {
  it('have one physical key per action', () => {
    expect(new Set(ACTIONS.map((action) => DEFAULT_BINDINGS[action])).size).toBe(ACTIONS.length)
  })

  it('find the action of a key, and none for a foreign key', () => {
    expect(actionOf(DEFAULT_BINDINGS, 'KeyW')).toBe('accelerate')
    expect(actionOf(DEFAULT_BINDINGS, 'Space')).toBe('handbrake')
    expect(actionOf(DEFAULT_BINDINGS, 'KeyQ')).toBeNull()
  })

  it('let the arrows drive, whatever else is bound', () => {
    const moved = rebind(DEFAULT_BINDINGS, 'accelerate', 'KeyI')
    expect(actionOf(moved, 'ArrowUp')).toBe('accelerate')
    expect(actionOf(moved, 'ArrowLeft')).toBe('left')
  })
})

describe('rebind', () => {
  it('gives an action another key and frees the old one', () => {
    const moved = rebind(DEFAULT_BINDINGS, 'horn', 'KeyG')
    expect(actionOf(moved, 'KeyG')).toBe('horn')
    expect(actionOf(moved, 'KeyH')).toBeNull()
  })

  it('lets two actions change places, so that none loses its last key', () => {
    const swapped = rebind(DEFAULT_BINDINGS, 'horn', 'KeyL')
    expect(swapped).toMatchObject({ horn: 'KeyL', lights: 'KeyH' })
  })

  it.each(['F5', 'Escape', 'Tab', 'Enter', 'ControlLeft', 'MetaRight', 'ArrowUp', ''])(
    'leaves %s to others',
    (code) => {
      expect(canBind(code)).toBe(false)
      expect(rebind(DEFAULT_BINDINGS, 'horn', code)).toEqual(DEFAULT_BINDINGS)
    },
  )

  it('does nothing when the key is already there', () => {
    expect(rebind(DEFAULT_BINDINGS, 'horn', 'KeyH')).toEqual(DEFAULT_BINDINGS)
  })
})

describe('decodeBindings', () => {
  it('reads back what was saved', () => {
    const mine = rebind(DEFAULT_BINDINGS, 'horn', 'KeyG')
    expect(decodeBindings(JSON.parse(JSON.stringify(mine)))).toEqual(mine)
  })

  it('gives an action that is new its usual key, or another’s where that is taken', () => {
    const { nearby: _new, ...older } = DEFAULT_BINDINGS
    expect(decodeBindings(older)).toEqual(DEFAULT_BINDINGS)
    const taken = decodeBindings({ ...older, horn: 'KeyN' })
    expect(taken).toMatchObject({ horn: 'KeyN', nearby: 'KeyH' })
  })

  it.each([
    null,
    'x',
    {},
    { ...DEFAULT_BINDINGS, horn: 7 },
    { ...DEFAULT_BINDINGS, horn: 'KeyW' },
    { ...DEFAULT_BINDINGS, horn: 'F5' },
  ])('gives the defaults for %j', (saved) => {
    expect(decodeBindings(saved)).toEqual(DEFAULT_BINDINGS)
  })
})
