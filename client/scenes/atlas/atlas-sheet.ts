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
  const loaded = new Promise((resolve, reject) => {
    image.addEventListener('load', resolve)
    image.addEventListener('error', () => reject(new Error('the sprites cannot be drawn')))
  })
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(ATLAS_SVG)}`
  // Not `decode`: it waits for a frame, and there are none while the page is busy.
  await loaded
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(ATLAS.width * perUnit)
  canvas.height = Math.ceil(ATLAS.height * perUnit)
  // By the processor: the painter of the ground cuts sprites out of the copy, and would wait for the card at each.
  canvas
    .getContext('2d', { willReadFrequently: true })
    ?.drawImage(image, 0, 0, ATLAS.width * perUnit, ATLAS.height * perUnit)
  return { canvas, copy: await createImageBitmap(canvas), scale: perUnit / UNIT }
}
