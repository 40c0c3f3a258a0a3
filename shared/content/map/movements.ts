import type { JunctionControl } from '../../model/city-map.ts'
import type { Approach, Draft, DraftJunction, Exit, Turn } from './draft.ts'
import { cross, dot } from './geometry.ts'

/** A permitted way from a lane to a lane across a junction. */
export interface Movement {
  readonly approach: Approach
  readonly exit: Exit
  readonly fromLane: number
  readonly toLane: number
  readonly turn: Turn
}

/** Cosines of the turns at which straight on ends (40°) and turning back begins (150°). */
const STRAIGHT = 0.766
const BACK = -0.866
/** Controls with another bound: nobody leaves a merge at more than 60°, and a circle may be met aslant. */
const FURTHEST: Partial<Readonly<Record<JunctionControl, number>>> = { merge: 0.5, roundabout: -0.98 }

/** Lists the movements of a junction; approaches in order, within them lanes from the right, then exits from the right. */
export function listMovements(parts: Omit<Draft, 'junctions'>, junction: DraftJunction): Movement[] {
  return junction.approaches.flatMap((approach) => {
    const targets = targetsOf(parts, junction, approach)
    return approach.lanes.flatMap((fromLane, i) => {
      const turns = turnsOfLane(parts, approach, { i, targets })
      return targets
        .filter((target) => turns.has(target.turn))
        .flatMap((target) =>
          exitLanes(junction, approach, { i, target, targets, parts }).map((toLane) => ({
            approach,
            exit: target.exit,
            fromLane,
            toLane,
            turn: target.turn,
          })),
        )
    })
  })
}

interface Target {
  readonly exit: Exit
  readonly turn: Turn
}

/** Where an approach may go, sharpest right first. Exactly one target is straight on when any is. */
function targetsOf({ network }: Omit<Draft, 'junctions'>, junction: DraftJunction, approach: Approach): Target[] {
  const from = network.roads[approach.arm.road]
  const least = FURTHEST[junction.control] ?? BACK
  const open = junction.exits.filter(
    (exit) => exit.arm.road !== approach.arm.road && dot(approach.heading, exit.heading) > least,
  )
  const straightness = (exit: Exit): number => {
    const to = network.roads[exit.arm.road]
    const isSame = to?.source.class === from?.source.class && to?.isCircle === from?.isCircle
    return dot(approach.heading, exit.heading) + (isSame ? 0.3 : 0)
  }
  const straight = open
    .filter((exit) => dot(approach.heading, exit.heading) > STRAIGHT)
    .sort((a, b) => straightness(b) - straightness(a))[0]
  const turnOf = (exit: Exit): Turn => {
    if (exit === straight) return 'straight'
    const ahead = straight && dot(approach.heading, exit.heading) > STRAIGHT ? straight.heading : approach.heading
    return cross(ahead, exit.heading) > 0 ? 'right' : 'left'
  }
  return open
    .map((exit) => ({ exit, turn: turnOf(exit), order: clockwise(approach, exit) }))
    .sort((a, b) => b.order - a.order)
}

/** Rises from the sharpest left to the sharpest right. */
function clockwise(approach: Approach, exit: Exit): number {
  const cosine = dot(approach.heading, exit.heading)
  return cross(approach.heading, exit.heading) >= 0 ? 1 - cosine : cosine - 1
}

/** Right turns from the rightmost lane, left turns from the leftmost, straight on from all that are not reserved. */
function turnsOfLane(
  { network }: Omit<Draft, 'junctions'>,
  approach: Approach,
  { i, targets }: { i: number; targets: readonly Target[] },
): Set<Turn> {
  const has = (turn: Turn): boolean => targets.some((target) => target.turn === turn)
  const count = approach.lanes.length
  const turns = new Set<Turn>()
  if (i === 0 && has('right')) turns.add('right')
  if (i === count - 1 && has('left')) turns.add('left')
  const straightLanes = targets.find((target) => target.turn === 'straight')?.exit.lanes.length ?? 0
  const road = network.roads[approach.arm.road]
  const reserves = road?.leftLaneTurnsAt.includes(approach.arm.end) === true || count > straightLanes
  const isReserved = i === count - 1 && count > 1 && has('left') && reserves
  if (!isReserved && has('straight')) turns.add('straight')
  if (turns.size === 0) turns.add(has('left') && (i > 0 || !has('right')) ? 'left' : 'right')
  return turns
}

interface Choice {
  readonly i: number
  readonly target: Target
  readonly targets: readonly Target[]
  readonly parts: Omit<Draft, 'junctions'>
}

/** Turns keep to their side; straight on keeps its lane, and at a plain widening the last lane opens into the rest. */
function exitLanes(junction: DraftJunction, approach: Approach, { i, target }: Choice): number[] {
  const lanes = target.exit.lanes
  const last = lanes.length - 1
  const pick = (n: number): number[] => lanes.slice(n, n + 1)
  if (target.turn === 'left') return pick(last - Math.min(last, approach.lanes.length - 1 - i))
  const own = Math.min(i, last)
  const widens = junction.control === 'none' && target.turn === 'straight' && i === approach.lanes.length - 1
  return widens ? lanes.slice(own) : pick(own)
}
