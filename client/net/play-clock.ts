/** Newest arrivals kept to judge the network by: two seconds' worth. */
const KEPT = 40
const LEAST_DELAY = 100
const MOST_DELAY = 300
/** How fast the shown clock may run away from the screen's, to catch up unseen. */
const SLEW = 0.05

/** Reads the server's play clock off the frames that arrive, and says which instant to show. */
export interface PlayClock {
  take(playMs: number, nowMs: number): void
  /** The server's play clock now, running on between frames; it stands while the city is paused. */
  now(nowMs: number): number
  /** The instant at which the others are to be shown: far enough back to have news on both sides. */
  shown(nowMs: number): number
  hold(paused: boolean): void
}

/** @param startMs what the play clock says before the first frame comes */
export function openPlayClock(startMs = 0): PlayClock {
  let offsets: number[] = []
  let gaps: number[] = []
  let held = false
  let newest = startMs
  let shownAt: { nowMs: number; playMs: number } | null = null

  const best = () => (offsets.length === 0 ? 0 : Math.max(...offsets))
  /** How far apart frames are, and how late the unluckier ones come, beside the luckiest. */
  function delay(): number {
    const late = quantile(
      offsets.map((offset) => best() - offset),
      0.95,
    )
    return Math.min(MOST_DELAY, Math.max(LEAST_DELAY, quantile(gaps, 0.5) + late))
  }

  return {
    take(playMs, nowMs) {
      if (playMs > newest) gaps = [...gaps, playMs - newest].slice(-KEPT)
      newest = Math.max(newest, playMs)
      offsets.push(playMs - nowMs)
      if (offsets.length > KEPT) offsets.shift()
    },
    now: (nowMs) => (held || offsets.length === 0 ? newest : Math.max(0, nowMs + best())),
    shown(nowMs) {
      const wanted = held ? newest : nowMs + best() - delay()
      const passed = shownAt === null ? 0 : nowMs - shownAt.nowMs
      const before = shownAt === null ? wanted : shownAt.playMs
      const isFar = Math.abs(wanted - before - passed) > MOST_DELAY
      const slack = Math.max(1, passed * SLEW)
      const playMs =
        isFar || held
          ? Math.max(wanted, 0)
          : Math.min(Math.max(wanted, before + passed - slack), before + passed + slack)
      shownAt = { nowMs, playMs }
      return playMs
    },
    hold(paused) {
      if (held && !paused) offsets = []
      held = paused
    },
  }
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0
