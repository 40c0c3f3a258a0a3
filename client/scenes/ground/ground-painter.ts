import type { CityMap } from '../../../shared/model/city-map.ts'
import type { AtlasSheet } from '../atlas/atlas-sheet.ts'
import type { FromPainter, GroundOrder, Planting, ToPainter } from './ground-order.ts'

/** Has pieces of the ground painted, beside the page: a tile takes longer than a frame may. */
export interface GroundPainter {
  /** Fails when the painter cannot work here. */
  readonly planting: Promise<Planting>
  /** Takes the sheet's copy with it. To be called once, before anything is painted. */
  dress(sheet: AtlasSheet): void
  /** `onPainted` is called once, with a bitmap that lies as textures lie and is the caller's to close. */
  paint(order: GroundOrder, onPainted: (bitmap: ImageBitmap) => void): void
  /** Never comes to an end well: fails when the painter does. */
  readonly failed: Promise<never>
  close(): void
}

const openWorker = (): Worker => new Worker(new URL('./ground-worker.ts', import.meta.url), { type: 'module' })

let spare: Worker | null = null
let begun: { readonly map: CityMap; readonly painter: GroundPainter } | null = null

/** Has the worker of the next painter fetched and started ahead of time. */
export function warmPainter(): void {
  spare ??= openWorker()
}

/** Has the painter of a city begin before there is anything to show it on: he needs a while to look at a map. */
export function plantAhead(map: CityMap): void {
  begun?.painter.close()
  begun = { map, painter: openPainter(map) }
}

/** @returns the painter of a city, where he has begun already, or a new one; the caller's to close */
export function takePainter(map: CityMap): GroundPainter {
  if (begun?.map !== map) return openPainter(map)
  const { painter } = begun
  begun = null
  return painter
}

function openPainter(map: CityMap): GroundPainter {
  const worker = spare ?? openWorker()
  spare = null
  const tell = (message: ToPainter, moved: Transferable[] = []) => worker.postMessage(message, moved)
  const waiting = new Map<number, (bitmap: ImageBitmap) => void>()
  let asked = 0
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(`the ground cannot be painted: ${message}`)))
  })
  // Whoever needs the painter hears of it; until then nobody may be there to do so.
  failed.catch(() => undefined)
  const planted = new Promise<Planting>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<FromPainter>) => {
      if (data.what === 'planted') return resolve(data.planting)
      waiting.get(data.id)?.(data.bitmap)
      waiting.delete(data.id)
    })
  })
  const planting = Promise.race([planted, failed])
  planting.catch(() => undefined)
  tell({ what: 'plant', map })
  return {
    planting,
    dress: ({ copy, scale }) => tell({ what: 'dress', sheet: copy, scale }, [copy]),
    paint(order, onPainted) {
      asked += 1
      waiting.set(asked, onPainted)
      tell({ what: 'paint', id: asked, order })
    },
    failed,
    close: () => worker.terminate(),
  }
}
