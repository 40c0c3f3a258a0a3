import { openObstacles } from '../../shared/driving/collide.ts'
import { readMap } from '../../shared/content/map/read-map.ts'

/** Compiles maps beside the page, which meanwhile gets the picture ready: a slow machine needs a second for one. */
const scope = self as unknown as {
  postMessage(message: unknown): void
  addEventListener(kind: 'message', listener: (event: { readonly data: unknown }) => void): void
}

scope.addEventListener('message', ({ data }) => {
  const read = readMap(data)
  scope.postMessage(read.ok ? { ok: true, value: { map: read.value, obstacles: openObstacles(read.value) } } : read)
})
