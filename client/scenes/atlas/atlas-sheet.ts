import { ATLAS } from 'virtual:sprite-atlas'

/** The sheet of all sprites, drawn once from vectors at the size that this screen needs. */
export interface AtlasSheet {
  readonly canvas: HTMLCanvasElement
  /** Pixels per metre. */
  readonly scale: number
  /** Draws one sprite into a rectangle of another picture. */
  paint(pen: CanvasRenderingContext2D, name: string, to: Rect): void
}

interface Rect {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** A sprite's unit in metres. */
export const UNIT = 0.1

/** @returns the place of a sprite on the sheet, in units */
export function frameOfSprite(name: string): Rect {
  const frame = ATLAS.frames[name]
  if (!frame) throw new Error(`no sprite is called ${name}`)
  return frame
}

export const spriteNames = (): readonly string[] => Object.keys(ATLAS.frames)

/** @param scale pixels per metre, as wanted; the sheet stays below 4,096 pixels all the same */
export async function openAtlasSheet(scale: number): Promise<AtlasSheet> {
  const perUnit = Math.min(scale * UNIT, 4000 / ATLAS.width, 4000 / ATLAS.height)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(ATLAS.svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(ATLAS.width * perUnit)
  canvas.height = Math.ceil(ATLAS.height * perUnit)
  canvas.getContext('2d')?.drawImage(image, 0, 0, ATLAS.width * perUnit, ATLAS.height * perUnit)
  return {
    canvas,
    scale: perUnit / UNIT,
    paint(pen, name, to) {
      const { x, y, w, h } = frameOfSprite(name)
      pen.drawImage(canvas, x * perUnit, y * perUnit, w * perUnit, h * perUnit, to.x, to.y, to.w, to.h)
    },
  }
}
