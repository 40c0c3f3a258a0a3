import type { CityFeed, LinkState, StreetSample } from '../net/feed.ts'

/** How often the figures are written, in ms: more would be unreadable. */
const EVERY_MS = 100

/**
 * Shows what the screen knows: for whoever builds the game, on the backquote key or with `?overlay` in the address. It
 * reads what the scene reads, changes nothing, and carries the figures as `data-` attributes for tests to steer by.
 */
export function withOverlay<F extends CityFeed>(feed: F): F {
  const box = document.createElement('output')
  box.id = 'overlay'
  box.hidden = !new URLSearchParams(location.search).has('overlay')
  box.ariaHidden = 'true'
  document.body.append(box)
  const toggle = (event: KeyboardEvent) => {
    if (event.code === 'Backquote') box.hidden = !box.hidden
  }
  document.addEventListener('keydown', toggle)
  let link: LinkState = 'reconnecting'
  const unlink = feed.onLink((next) => (link = next))
  let shownAt = 0
  const [sample, close] = [feed.sample.bind(feed), feed.close.bind(feed)]
  return Object.assign(feed, {
    sample(nowMs: number) {
      const seen = sample(nowMs)
      if (!box.hidden && nowMs - shownAt >= EVERY_MS) {
        shownAt = nowMs
        show(box, seen, link)
      }
      return seen
    },
    close() {
      unlink()
      document.removeEventListener('keydown', toggle)
      box.remove()
      close()
    },
  })
}

/** Where the nearest cars are drawn, nearest first. */
const nearest = (from: { readonly x: number; readonly y: number }, cars: StreetSample['cars']): string =>
  cars
    .map(({ x, y }) => ({ x, y, metres: Math.hypot(x - from.x, y - from.y) }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, 12)
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
    .join(' ')

function show(box: HTMLOutputElement, { own, cars, tick, playMs, serviceMs }: StreetSample, link: LinkState): void {
  const figures: Record<string, string> = {
    tick: String(tick),
    play: (playMs / 1000).toFixed(1),
    service: new Date(serviceMs).toISOString(),
    link,
    cars: String(cars.length),
    nearest: nearest(own ?? { x: 0, y: 0 }, cars),
    ...(own === null
      ? {}
      : { x: own.x.toFixed(2), y: own.y.toFixed(2), heading: own.heading.toFixed(3), speed: own.speed.toFixed(2) }),
  }
  Object.assign(box.dataset, figures)
  box.textContent = Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join('\n')
}
