import type { Assists } from '../../shared/model/command.ts'

export const NO_HELP: Assists = { steering: false, braking: false, speedCap: 1, autopilot: false }

/** What a driver is helped with: what was chosen on this device and what the teacher gave the seat. Neither takes from the other. */
export const withHelp = (chosen: Assists, given: Assists | null | undefined): Assists =>
  given
    ? {
        steering: chosen.steering || given.steering,
        braking: chosen.braking || given.braking,
        autopilot: chosen.autopilot || given.autopilot,
        speedCap: Math.min(chosen.speedCap, given.speedCap),
      }
    : chosen

/** Help that helps with nothing is none. */
export const isHelp = ({ steering, braking, autopilot, speedCap }: Assists): boolean =>
  steering || braking || autopilot || speedCap < 1
