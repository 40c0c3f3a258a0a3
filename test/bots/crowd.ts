import type { CityMap } from '../../shared/model/city-map.ts'
import { openBot, type Bot } from './bot.ts'

export interface CrowdSettings {
  readonly url: string
  readonly room: string
  readonly count: number
  readonly map: CityMap
  /** One in this many lets the server drive; 0 for none. */
  readonly autopilots?: number
}

/** What a crowd has measured; bytes are payloads of Engine.IO, times are milliseconds. */
export interface CrowdReport {
  readonly seats: number
  readonly seconds: number
  readonly downPerSeat: number
  readonly upPerSeat: number
  readonly framesPerSecond: number
  readonly roundTripP50: number
  readonly roundTripP99: number
  readonly gapP50: number
  readonly gapP99: number
  /** Own cars put right, a seat and minute. */
  readonly corrections: number
  readonly connects: number
  readonly lost: number
}

/** Seats bots one after the other. @throws when one is refused, with the code */
export async function openCrowd({ url, room, count, map, autopilots = 4 }: CrowdSettings): Promise<Bot[]> {
  const bots: Bot[] = []
  for (let i = 0; i < count; i += 1) {
    const request = { room, role: 'driver', name: `Bot ${i + 1}` } as const
    const autopilot = autopilots > 0 && i % autopilots === autopilots - 1
    const opened = await openBot({ url, request, map, seed: i, autopilot })
    if (!opened.ok) {
      for (const bot of bots) bot.close()
      throw new Error(`bot ${i + 1} was refused: ${opened.refusal.code} (${opened.refusal.field})`)
    }
    bots.push(opened.value)
  }
  return bots
}

const quantile = (values: readonly number[], share: number): number =>
  Math.round((values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0) * 10) / 10

/** Starts counting anew, once everybody sits. */
export function clearCounts(bots: readonly Bot[]): void {
  for (const { counts } of bots) {
    Object.assign(counts, { bytesDown: 0, bytesUp: 0, frames: 0 })
    counts.gaps.length = 0
    counts.roundTrips.length = 0
  }
}

export function reportCrowd(bots: readonly Bot[], seconds: number): CrowdReport {
  const sum = (count: (bot: Bot) => number) => bots.reduce((total, bot) => total + count(bot), 0)
  const perSeat = (total: number) => Math.round(total / seconds / Math.max(1, bots.length))
  const hands = bots.filter(({ isDriven }) => !isDriven)
  const correctionsOf = ({ feed, isDriven }: Bot) => (isDriven ? 0 : feed.corrections)
  const gaps = bots.flatMap(({ counts }) => counts.gaps)
  const trips = bots.flatMap(({ counts }) => counts.roundTrips)
  return {
    seats: bots.length,
    seconds,
    downPerSeat: perSeat(sum(({ counts }) => counts.bytesDown)),
    upPerSeat: perSeat(sum(({ counts }) => counts.bytesUp)),
    framesPerSecond: Math.round((sum(({ counts }) => counts.frames) / seconds / Math.max(1, bots.length)) * 10) / 10,
    roundTripP50: quantile(trips, 0.5),
    roundTripP99: quantile(trips, 0.99),
    gapP50: quantile(gaps, 0.5),
    gapP99: quantile(gaps, 0.99),
    corrections: Math.round((sum(correctionsOf) / Math.max(1, hands.length) / seconds) * 600) / 10,
    connects: sum(({ counts }) => counts.connects),
    lost: bots.filter(({ counts }) => counts.frames === 0).length,
  }
}
