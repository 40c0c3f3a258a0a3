import type { Connector, DraftJunction, DraftLane } from './draft.ts'
import { cross, crossing, dot } from './geometry.ts'

/** Another connector of the junction that a connector crosses or joins. */
export interface Foe {
  readonly lane: number
  /** Metres along this connector and along the foe. */
  readonly at: number
  readonly atOther: number
  readonly mustYield: boolean
}

/**
 * Finds for every connector those whose lines cross or join its own, and says who gives way.
 *
 * @returns foes by lane number, in the order of their lane numbers
 */
export function findFoes(lanes: readonly DraftLane[], junctions: readonly DraftJunction[]): Map<number, Foe[]> {
  const foes = new Map<number, Foe[]>()
  const add = (lane: number, foe: Foe): void => {
    const known = foes.get(lane)
    if (known) known.push(foe)
    else foes.set(lane, [foe])
  }
  for (const junction of junctions) {
    junction.connectors.forEach((a, i) => {
      for (const b of junction.connectors.slice(i + 1)) {
        const meeting = meetingOf(lanes, a, b)
        if (!meeting) continue
        const together = areOpenTogether(lanes, junction, { a, b })
        const aYields = together && yields(a, b)
        add(a.lane, { lane: b.lane, at: meeting.onA, atOther: meeting.onB, mustYield: aYields })
        add(b.lane, { lane: a.lane, at: meeting.onB, atOther: meeting.onA, mustYield: together && !aYields })
      }
    })
  }
  for (const list of foes.values()) list.sort((a, b) => a.lane - b.lane)
  return foes
}

/** Ways that part from one lane never meet again; ways into one lane meet at its beginning. */
function meetingOf(lanes: readonly DraftLane[], a: Connector, b: Connector): { onA: number; onB: number } | null {
  if (a.fromLane === b.fromLane) return null
  const first = lanes[a.lane]
  const second = lanes[b.lane]
  if (!first || !second) return null
  if (a.toLane === b.toLane) return { onA: first.length, onB: second.length }
  return crossing(first.line, second.line)
}

function areOpenTogether(
  lanes: readonly DraftLane[],
  { program }: DraftJunction,
  { a, b }: { a: Connector; b: Connector },
): boolean {
  if (!program) return true
  const groups = [lanes[a.lane]?.signalGroup ?? -1, lanes[b.lane]?.signalGroup ?? -1]
  return program.phases.some((phase) => groups.every((group) => phase.green.includes(group)))
}

/** Whether `a` gives way to `b`; of two foes exactly one does. */
function yields(a: Connector, b: Connector): boolean {
  if (a.approach.isMinor !== b.approach.isMinor) return a.approach.isMinor
  if (a.approach === b.approach) return a.fromLane < b.fromLane
  const areOpposite = dot(a.approach.heading, b.approach.heading) < -0.7
  if (areOpposite && (a.turn === 'left') !== (b.turn === 'left')) return a.turn === 'left'
  const side = cross(a.approach.heading, b.approach.heading)
  if (areOpposite || Math.abs(side) < 0.02) return a.lane > b.lane
  return side < 0
}
