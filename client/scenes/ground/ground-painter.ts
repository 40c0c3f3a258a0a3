import type { CityMap } from '../../../shared/model/city-map.ts'
import type { AtlasSheet } from '../atlas/atlas-sheet.ts'
import type { FromPainter, GroundOrder, Planting, ToPainter } from './ground-order.ts'

/** Has pieces of the ground painted, beside the page: a tile takes longer than a frame may. */
export interface GroundPainter {
  /** Takes the sheet's copy with it. Fails when the painter cannot work here. */
  open(map: CityMap, sheet: AtlasSheet): Promise<Planting>
  /** `onPainted` is called once, with a bitmap that lies as textures lie and is the caller's to close. */
  paint(order: GroundOrder, onPainted: (bitmap: ImageBitmap) => void): void
  /** Never comes to an end well: fails when the painter does. */
  readonly failed: Promise<never>
  close(): void
}

export function openGroundPainter(): GroundPainter {
  const worker = new Worker(new URL('./ground-worker.ts', import.meta.url), { type: 'module' })
  const tell = (message: ToPainter, moved: Transferable[] = []) => worker.postMessage(message, moved)
  const waiting = new Map<number, (bitmap: ImageBitmap) => void>()
  let asked = 0
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(`the ground cannot be painted: ${message}`)))
  })
  const planted = new Promise<Planting>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<FromPainter>) => {
      if (data.what === 'planted') return resolve(data.planting)
      waiting.get(data.id)?.(data.bitmap)
      waiting.delete(data.id)
    })
  })
  return {
    open(map, { copy, scale }) {
      tell({ what: 'open', map, sheet: copy, scale }, [copy])
      return Promise.race([planted, failed])
    },
    paint(order, onPainted) {
      asked += 1
      waiting.set(asked, onPainted)
      tell({ what: 'paint', id: asked, order })
    },
    failed,
    close: () => worker.terminate(),
  }
}
