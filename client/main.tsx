import { doors, warmUp } from './net/real-doors.ts'
import { boot } from './pages/boot.tsx'
import { warmCanvas } from './scenes/canvas.ts'
import { toRoute } from './view/route.ts'

/** By then the front page has been drawn, whether the browser finds time for a rest or knows of none. */
const IDLE_MS = 300

const route = toRoute(location.pathname, location.search)
const { page } = route
const isPlaying = page === 'solo' || page === 'room' || page === 'projector'
if (isPlaying) warmUp(route)
await boot(doors)
// While files are on their way and workers at work, the page has nothing better to do.
if (isPlaying) setTimeout(warmCanvas)
if (page === 'landing') {
  const warm = () => {
    warmUp(route)
    warmCanvas()
  }
  if ('requestIdleCallback' in window) requestIdleCallback(warm, { timeout: IDLE_MS })
  else setTimeout(warm, IDLE_MS)
}
