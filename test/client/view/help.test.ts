import { describe, expect, it } from 'vitest'

import { isHelp, NO_HELP, withHelp } from '../../../client/view/help.ts'

const CHOSEN = { ...NO_HELP, braking: true, speedCap: 0.8 }

describe('the help of a seat', () => {
  it('adds to what the driver chose, and takes nothing from it', () => {
    const given = { ...NO_HELP, steering: true, speedCap: 0.9 }
    expect(withHelp(CHOSEN, given)).toEqual({ steering: true, braking: true, autopilot: false, speedCap: 0.8 })
    expect(withHelp(NO_HELP, given)).toEqual(given)
  })

  it('leaves the driver’s choice alone where no teacher gave any', () => {
    expect(withHelp(CHOSEN, null)).toEqual(CHOSEN)
    expect(withHelp(CHOSEN, undefined)).toEqual(CHOSEN)
  })

  it('is help when it helps with anything', () => {
    expect(isHelp(NO_HELP)).toBe(false)
    expect(isHelp({ ...NO_HELP, speedCap: 0.9 })).toBe(true)
    expect(isHelp({ ...NO_HELP, autopilot: true })).toBe(true)
  })
})
