import type { CityMap } from '../../../shared/model/city-map.ts'
import { countryOf } from '../../view/street-country.ts'
import { lampPostsOf } from '../../view/street-lamps.ts'
import { treesOf } from '../../view/street-trees.ts'
import { openSheet, type Sheet } from '../atlas/sheet.ts'
import { openContrastPicture } from './contrast-picture.ts'
import { openGlowPicture, type GlowPicture } from './paint-glow.ts'
import type { FromPainter, GroundOrder, ToPainter } from './ground-order.ts'
import { openGroundPicture, type GroundPicture } from './ground-picture.ts'
import { openPaper, type Pen } from './pen.ts'

/** Paints tiles of the ground beside the page, in the order in which they were asked for. */
const scope = self as unknown as {
  postMessage(message: FromPainter, moved?: readonly Transferable[]): void
  addEventListener(kind: 'message', listener: (event: { readonly data: ToPainter }) => void): void
}

/** Each made when it is first asked for. */
interface Pictures {
  ground(): GroundPicture
  contrast(): GroundPicture
  glow(): GlowPicture
}

/** Opens the pictures once there is a sheet. */
let dress: ((sheet: Sheet) => Pictures) | null = null
let pictures: Pictures | null = null

scope.addEventListener('message', ({ data }) => {
  if (data.what === 'plant') dress = plant(data.map)
  else if (data.what === 'dress') {
    pictures = dress?.(openSheet(data.sheet, data.scale)) ?? null
    // The page will want it in a moment: to sort all that lies on the ground takes longer than a tile.
    pictures?.ground()
  } else if (pictures) void paint(pictures, data)
})

function plant(map: CityMap): (sheet: Sheet) => Pictures {
  const country = countryOf(map)
  const trees = treesOf(map, country.fields)
  const lamps = lampPostsOf(map)
  scope.postMessage({ what: 'planted', planting: { trees, lamps } })
  return (sheet) => ({
    ground: once(() => openGroundPicture({ map, trees, country, sheet })),
    contrast: once(() => openContrastPicture(map, country)),
    glow: once(() => openGlowPicture(map, lamps)),
  })
}

function once<T>(make: () => T): () => T {
  let made: T | null = null
  return () => (made ??= make())
}

async function paint(from: Pictures, { id, order }: Extract<ToPainter, { what: 'paint' }>): Promise<void> {
  const pen = openPaper(order.width, order.height)
  paintOrder(from, pen, order)
  // A texture's first row is its lowest, and a bitmap goes into it as it lies.
  const bitmap = await createImageBitmap(pen.canvas, { imageOrientation: 'flipY' })
  scope.postMessage({ what: 'painted', id, bitmap }, [bitmap])
}

function paintOrder(from: Pictures, pen: Pen, { kind, box, shadows, bridgesWithin }: GroundOrder): void {
  if (kind === 'glow') from.glow().paint(pen, box)
  else if (bridgesWithin) from[kind]().paintBridges(pen, box, bridgesWithin)
  else from[kind]().paint(pen, box, shadows)
}
