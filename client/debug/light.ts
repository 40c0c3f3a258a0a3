import type { Weather } from '../../shared/model/command.ts'
import type { CityFeed } from '../net/feed.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** The city lives in UTC+1 all year. */
const ZONE_MS = HOUR_MS
const WEATHERS: readonly Weather[] = ['clear', 'rain', 'fog']

/**
 * Shows another hour or another weather, for whoever draws the game or takes its pictures: `?hour=22&weather=rain` in the
 * address. Only what is shown changes; the engine goes on in its own light.
 */
export function withLight<F extends CityFeed>(feed: F): F {
  const query = new URLSearchParams(location.search)
  const hour = Number.parseFloat(query.get('hour') ?? '')
  const weather = WEATHERS.find((known) => known === query.get('weather'))
  const [sample, view] = [feed.sample.bind(feed), feed.view.bind(feed)]
  let shiftMs: number | null = null
  let [told, lit] = [view(), { ...view(), weather: weather ?? 'clear' }]
  return Object.assign(feed, {
    ...(Number.isFinite(hour) && {
      sample(nowMs: number) {
        const seen = sample(nowMs)
        shiftMs ??= hour * HOUR_MS - ((seen.serviceMs + ZONE_MS) % DAY_MS)
        return { ...seen, serviceMs: seen.serviceMs + shiftMs }
      },
    }),
    ...(weather && {
      view() {
        if (view() !== told) [told, lit] = [view(), { ...view(), weather }]
        return lit
      },
    }),
  })
}
