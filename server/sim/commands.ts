import { assertNever } from '../../shared/assert.ts'
import type { CommandRefusal, WorldCommand } from '../../shared/model/command.ts'
import { closeRoad, putPart, repair, setCamera, setDemand, setLimit, setWeather } from './city-commands.ts'
import { overtake } from './overtake.ts'
import { misshapen } from './command-shape.ts'
import type { Report } from './report.ts'
import { assist, drive, freeStuck, goOffline, horn, join, leave, refuse, switchPart } from './seat-commands.ts'
import type { World } from './state.ts'
import { sendUnit } from './units.ts'
import { setZone } from './zones.ts'

/** Does what the street was asked, or notes why not. A refused command has changed nothing. */
export function obey(world: World, command: WorldCommand, report: Report): void {
  const fault = misshapen(command)
  const refusal = fault === null ? answer(world, command, report) : refuse('out-of-range', fault)
  if (!refusal) return
  const seatId = 'seatId' in command && typeof command.seatId === 'string' ? command.seatId : null
  const cause = 'cause' in command && typeof command.cause === 'string' ? command.cause : null
  report.note({ kind: 'command-refused', command: command.kind, refusal, seatId }, cause)
}

function answer(world: World, command: WorldCommand, report: Report): CommandRefusal | null {
  switch (command.kind) {
    case 'join':
      return join(world, command, report)
    case 'leave':
      return leave(world, command, report)
    case 'drive':
      return drive(world, command)
    case 'unstick':
      return freeStuck(world, command)
    case 'assist':
      return assist(world, command)
    case 'switch':
      return switchPart(world, command, report)
    case 'horn':
      return horn(world, command)
    case 'offline':
      return goOffline(world, command)
    case 'overtake':
      return overtake(world, command, report)
    case 'send-unit':
      return sendUnit(world, command, report)
    case 'repair':
      return repair(world, command, report)
    case 'set-limit':
      return setLimit(world, command, report)
    case 'close-road':
      return closeRoad(world, command, report)
    case 'set-zone':
      return setZone(world, command, report)
    case 'set-camera':
      return setCamera(world, command, report)
    case 'set-weather':
      return setWeather(world, command, report)
    case 'set-demand':
      return setDemand(world, command)
    case 'set-part':
      return putPart(world, command, report)
    default:
      return assertNever(command)
  }
}
