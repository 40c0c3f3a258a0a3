import { openIds } from '../../shared/ids.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import { openPose, poseOf } from '../../server/sim/pose.ts'
import type { World } from '../../server/sim/state.ts'
import type { Streets } from '../../server/sim/streets.ts'
import { openWorld, stepWorld, vehicleSlotOf } from '../../server/sim/world.ts'
import type { Viewer } from '../../server/city/views.ts'
import { LaneDriver } from './lane-driver.ts'
import { settingsWith, SOME_AGENTS } from './street.ts'

/** A street full of life: traffic, agents, and seats with erratic hands. The same settings give the same play. */
export interface Play {
  readonly world: World
  readonly viewers: readonly Viewer[]
  /** Runs one tick. @returns its number */
  step(): number
}

export interface PlaySettings {
  readonly streets: Streets
  readonly players: number
  readonly npcs: number
  readonly seed?: number
  readonly agents?: typeof SOME_AGENTS
}

export function openPlay({ streets, players, npcs, seed = 7, agents = SOME_AGENTS }: PlaySettings): Play {
  const settings = settingsWith({ seed, bots: npcs, capacity: npcs + players + 60, agents })
  const world = openWorld(streets.map, settings, streets)
  const pose = openPose()
  const viewers = Array.from({ length: players }, (_, i): Viewer => ({
    role: 'driver',
    seatId: `s${i}`,
    plate: `FR-${i}`,
  }))
  const drivers = viewers.map((_, i) => new LaneDriver(streets.map, streets.finder, seed + i))
  let tick = 0

  function handsOf(seatId: string, driver: LaneDriver): WorldCommand {
    const slot = vehicleSlotOf(world, { seatId })
    const input = driver.hands(poseOf(world, slot, pose))
    return driver.isStuck && tick % 100 === 0
      ? { kind: 'unstick', seatId }
      : { kind: 'drive', seatId, seq: tick, input }
  }

  return {
    world,
    viewers,
    step() {
      tick += 1
      const commands = viewers.map(({ seatId, plate }, i): WorldCommand => {
        const driver = drivers[i]
        if (tick > 1 && driver !== undefined) return handsOf(seatId ?? '', driver)
        return { kind: 'join', seatId: seatId ?? '', plate: plate ?? '', vehicle: 'sedan', colour: i % 12 }
      })
      stepWorld(world, commands, openIds(tick))
      return tick
    },
  }
}
