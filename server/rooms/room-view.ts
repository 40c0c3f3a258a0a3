import type { DeskLine } from '../../shared/protocol/study.ts'
import type { Role, RoomView } from '../../shared/protocol/view.ts'
import type { City } from '../city/city.ts'
import { viewDesk } from '../city/study-view.ts'
import { seatLines, type SeatBook } from './seats.ts'

interface RoomState {
  readonly code: string
  readonly paused: boolean
  readonly ended: boolean
  /** Seconds until a paused room runs again; `null` while none count. */
  readonly countdown: number | null
}

/** Who is here and whether the clocks run, as a role may see it. */
export function viewRoom(city: City, book: SeatBook, room: RoomState, role: Role): RoomView {
  const { scenario, boards, study } = city
  const { countdown, ...state } = room
  const fines = (plate: string) => (role === 'projector' ? 0 : (boards.fines[plate] ?? 0))
  const desk = (seatId: string): DeskLine | null => {
    const seat = study[seatId]
    return seat === undefined ? null : viewDesk(scenario, seat)
  }
  return {
    ...state,
    scenarioId: scenario.id,
    scale: scenario.clock.scale,
    ...(countdown === null ? {} : { countdown }),
    seats: seatLines(book, fines, role === 'host' ? desk : null),
  }
}
