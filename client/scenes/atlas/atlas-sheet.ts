import { ATLAS, ATLAS_SVG } from 'virtual:sprite-atlas'

import { UNIT } from './sheet.ts'

/** The sheet of all sprites, drawn once from vectors at the size that this screen needs. */
export interface AtlasSheet {
  readonly canvas: HTMLCanvasElement
  /** The same once more, to be given away. */
  readonly copy: ImageBitmap
  /** Pixels per metre. */
  readonly scale: number
}

/** @param scale pixels per metre, as wanted; the sheet stays below 4,096 pixels all the same */
export async function openAtlasSheet(scale: number): Promise<AtlasSheet> {
  const perUnit = Math.min(scale * UNIT, 4000 / ATLAS.width, 4000 / ATLAS.height)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(ATLAS_SVG)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(ATLAS.width * perUnit)
  canvas.height = Math.ceil(ATLAS.height * perUnit)
  // Painted by the processor: the painter of the ground cuts sprites out of its copy, and paints so too.
  canvas
    .getContext('2d', { willReadFrequently: true })
    ?.drawImage(image, 0, 0, ATLAS.width * perUnit, ATLAS.height * perUnit)
  return { canvas, copy: await createImageBitmap(canvas), scale: perUnit / UNIT }
}
