/** One drawing; lengths are units of its view box, 0.1 m each. */
export interface SpriteSource {
  readonly name: string
  readonly svg: string
}

interface Frame {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const SHEET_WIDTH = 620
/** Empty units around each sprite, so that smoothing never borrows a neighbour's edge. */
const GAP = 2

/**
 * Lays sprites out on one sheet, in rows, highest first. The sheet stays a vector drawing.
 *
 * @throws when a drawing has no view box that begins at 0 0, or holds what a sprite may not: text, style, script, links
 */
export function packSprites(sources: readonly SpriteSource[]) {
  const sized = sources
    .map((source) => ({ ...source, ...sizeOf(source) }))
    .toSorted((a, b) => b.h - a.h || b.w - a.w || a.name.localeCompare(b.name))
  const frames: Record<string, Frame> = {}
  const parts: string[] = []
  let x = GAP
  let y = GAP
  let rowHeight = 0
  for (const { name, svg, w, h } of sized) {
    if (x + w + GAP > SHEET_WIDTH) {
      x = GAP
      y += rowHeight + GAP
      rowHeight = 0
    }
    frames[name] = { x, y, w, h }
    parts.push(
      `<svg x="${x}" y="${y}" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">${contentOf(name, svg)}</svg>`,
    )
    x += w + GAP
    rowHeight = Math.max(rowHeight, h)
  }
  const height = y + rowHeight + GAP
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${SHEET_WIDTH}" height="${height}" viewBox="0 0 ${SHEET_WIDTH} ${height}">`
  return { width: SHEET_WIDTH, height, frames, svg: `${open}${parts.join('')}</svg>` }
}

function sizeOf({ name, svg }: SpriteSource): { w: number; h: number } {
  const box = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)
  if (!box) throw new Error(`${name}.svg: needs a view box in whole units that begins at 0 0`)
  return { w: Number(box[1]), h: Number(box[2]) }
}

/** What stands between the root's tags, its ids made the sprite's own: all sprites share one document. */
function contentOf(name: string, svg: string): string {
  const forbidden = /<(text|style|script|image|use|a|foreignObject)\b|\bhref=/.exec(svg)
  if (forbidden) throw new Error(`${name}.svg: a sprite may not hold ${forbidden[0]}`)
  const content = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
  return content
    .replaceAll(/\bid="([^"]+)"/g, `id="${name}-$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#${name}-$1)`)
    .replaceAll(/\s*\n\s*/g, '')
}
