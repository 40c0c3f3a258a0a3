import type { Moment } from '../../shared/protocol/view.ts'
import { toUtcParts } from '../../shared/time.ts'
import type { PlayMs, ServiceMs } from '../../shared/units.ts'

const pad = (value: number) => String(value).padStart(2, '0')

/** `4:05`, or `1:04:05` after an hour: time on the player's clock. */
export function formatPlay(at: PlayMs): string {
  const seconds = Math.floor(at / 1000)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const head = hours > 0 ? `${hours}:${pad(minutes)}` : String(minutes)
  return `${head}:${pad(seconds % 60)}`
}

/** `14:06:30`: time of day on the services' clock, in UTC. */
export function formatService(at: ServiceMs): string {
  const { hour, minute, second } = toUtcParts(at)
  return `${pad(hour)}:${pad(minute)}:${pad(second)}`
}

/** How long after `earlier` something happened, in seconds of both clocks; never one without the other. */
export function gapBetween(earlier: Moment, later: Moment): { readonly play: number; readonly service: number } {
  const tenths = (ms: number) => Math.round(ms / 100) / 10
  return {
    play: tenths(later.playMs - earlier.playMs),
    service: Math.round((later.serviceMs - earlier.serviceMs) / 1000),
  }
}
