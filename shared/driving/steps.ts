/**
 * Fixed steps under any frame rate: a screen of 30, 60 or 144 Hz hands in its frame times and runs the same whole
 * steps, so that nobody laps faster for having a better screen.
 */
export interface Steps {
  readonly stepSeconds: number
  /** After a stall at most this many steps are made up; the rest of the time is dropped. */
  readonly atMost: number
  /** Time handed in and not yet stepped, in seconds. */
  carry: number
}

export const openSteps = (stepSeconds: number, atMost: number): Steps => ({ stepSeconds, atMost, carry: 0 })

/** Hands in the time since the last frame. @returns how many steps to run now; `carry` says how far the next one is */
export function takeSteps(steps: Steps, frameSeconds: number): number {
  steps.carry += frameSeconds
  const due = Math.floor(steps.carry / steps.stepSeconds + 1e-9)
  if (due > steps.atMost) {
    steps.carry = 0
    return steps.atMost
  }
  steps.carry = Math.max(0, steps.carry - due * steps.stepSeconds)
  return due
}
