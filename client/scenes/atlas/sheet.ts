import { ATLAS } from 'virtual:sprite-atlas'

/** The picture of all sprites, and how to cut one out. */
export interface Sheet {
  /** Pixels per metre. */
  readonly scale: number
  /** Draws one sprite into a rectangle of another picture. */
  paint(pen: OffscreenCanvasRenderingContext2D, name: string, to: Rect): void
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

/** @param scale pixels of the picture per metre */
export function openSheet(picture: CanvasImageSource, scale: number): Sheet {
  const perUnit = scale * UNIT
  return {
    scale,
    paint(pen, name, to) {
      const { x, y, w, h } = frameOfSprite(name)
      pen.drawImage(picture, x * perUnit, y * perUnit, w * perUnit, h * perUnit, to.x, to.y, to.w, to.h)
    },
  }
}
