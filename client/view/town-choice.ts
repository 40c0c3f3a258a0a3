import type { TownSize } from '../../shared/content/map/town.ts'

/** Sides of a town that a page can show: with houses, and with a ring road to speed on. */
const LEAST_SIDE = 4
const MOST_SIDE = 10
const SURPRISE_SIDE = 8
const SEEDS = 1_000_000

/** As it stands in an address, so that a town can be shared and found again: `8x8-1234`. */
export const toTownText = ({ columns, rows, seed }: TownSize): string => `${columns}x${rows}-${seed}`

/** @returns `null` for what is no town of 4 to 10 junctions a side with a seed below a million */
export function toTown(text: string | null): TownSize | null {
  const [, columns, rows, seed] = (/^(\d{1,2})x(\d{1,2})-(\d{1,6})$/.exec(text ?? '') ?? []).map(Number)
  if (columns === undefined || rows === undefined || seed === undefined) return null
  const fits = [columns, rows].every((side) => side >= LEAST_SIDE && side <= MOST_SIDE)
  return fits ? { columns, rows, seed } : null
}

/** @param share from 0 to 1 (exclusive), drawn by whoever asks: another one, another town */
export const surpriseTown = (share: number): TownSize => ({
  columns: SURPRISE_SIDE,
  rows: SURPRISE_SIDE,
  seed: Math.floor(share * SEEDS),
})
