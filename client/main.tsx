import { doors, warmUp } from './net/real-doors.ts'
import { boot } from './pages/boot.tsx'
import { toRoute } from './view/route.ts'

/** Safari has no idle callback; by then its front page has long been drawn. */
const IDLE_MS = 1000

const { page } = toRoute(location.pathname, location.search)
if (page !== 'landing') warmUp(page)
await boot(doors)
if (page === 'landing') {
  const warm = () => warmUp(page)
  if ('requestIdleCallback' in window) requestIdleCallback(warm)
  else setTimeout(warm, IDLE_MS)
}
