import type { RefusalCode } from '../../shared/protocol/messages.ts'
import { TICK_MS } from '../../shared/units.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { City } from '../city/city.ts'
import type { Letter } from '../city/ledger.ts'
import type { TrailStore } from '../store/port.ts'
import type { Clock } from './clock.ts'
import { newRoomCode, newToken } from './codes.ts'
import { MAX_SEATS, Room } from './room.ts'
import type { Crash } from './room-settings.ts'

/** All rooms of one process. */
export interface HallSettings {
  readonly clock: Clock
  readonly maxRooms: number
  /** Opens the city of a scenario; the seed is drawn by the caller. */
  readonly openCity: (scenarioId: string) => City | null
  /** Opens the archive of a room's logbook; left out: nobody will read it. */
  readonly openArchive?: () => TrailStore
  readonly onLetters: (letters: readonly Letter[]) => void
  readonly onCrash: (crash: Crash) => void
}

interface HallReport {
  readonly rooms: number
  readonly seats: number
  /** Milliseconds that the latest ticks came late: median and 99th percentile. */
  readonly tickLag: { readonly p50: number; readonly p99: number }
  readonly slippedTicks: number
}

interface Opened {
  readonly code: string
  /** Whoever has it is the host, from any device. */
  readonly hostKey: string
}

export interface Hall {
  open(scenarioId: string): Result<Opened, RefusalCode>
  find(code: string): Room | undefined
  report(): HallReport
  close(): void
}

/**
 * Rooms are spread over the tick, so that they do not all work at the same instant: each begins this share of a tick
 * after the one before it. By the golden section any number of them lies evenly.
 */
const PHASE_SHARE = 0.618_034

export function openHall(settings: HallSettings): Hall {
  const rooms = new Map<string, Room>()
  let opened = 0

  function freeCode(): string {
    let code = newRoomCode()
    while (rooms.has(code)) code = newRoomCode()
    return code
  }

  return {
    open(scenarioId) {
      if (rooms.size >= settings.maxRooms) return fail('full')
      const city = settings.openCity(scenarioId)
      if (city === null) return fail('unknown-id')
      const code = freeCode()
      const hostKey = newToken()
      const room = new Room({
        code,
        hostKey,
        city,
        clock: settings.clock,
        phaseMs: ((opened * PHASE_SHARE) % 1) * TICK_MS,
        maxSeats: Math.min(MAX_SEATS, city.scenario.players.max),
        ...(settings.openArchive === undefined ? {} : { archive: settings.openArchive() }),
        onLetters: settings.onLetters,
        onCrash: settings.onCrash,
        onClose: () => rooms.delete(code),
      })
      rooms.set(code, room)
      opened += 1
      return ok({ code, hostKey })
    },
    find: (code) => rooms.get(code),
    report() {
      const all = [...rooms.values()]
      const lags = all.flatMap((room) => [...room.lags]).sort((a, b) => a - b)
      const at = (share: number) => Math.round((lags[Math.floor((lags.length - 1) * share)] ?? 0) * 10) / 10
      return {
        rooms: rooms.size,
        seats: all.reduce((sum, room) => sum + room.seats, 0),
        tickLag: { p50: at(0.5), p99: at(0.99) },
        slippedTicks: all.reduce((sum, room) => sum + room.slippedTicks, 0),
      }
    },
    close() {
      for (const room of rooms.values()) room.close()
    },
  }
}
