import type { CityMap, Scenery } from '../../../shared/model/city-map.ts'
import { boxOf, hashAt } from '../../view/street-lines.ts'
import { darker, lighter, PALETTE } from '../../view/street-palette.ts'
import { yardThingsOf, type YardThing } from '../../view/street-yards.ts'
import { disc, within, type Pen, type Piece } from './pen.ts'

const LONG = 6.1
const WIDE = 2.4
const PAINTS = [PALETTE.clay, '#3f8fd2', PALETTE.mint, PALETTE.straw, PALETTE.slate, '#d8414b'] as const

/** Containers in rows and beds with flowers, on the yards of the harbour and the offices: too small to be seen from afar. */
export const yardPieces = (map: CityMap, trees: Scenery['trees']): Piece[] =>
  yardThingsOf(map, trees).map((thing) => ({
    box: boxOf([thing], 6),
    paint: (pen) => within(pen, thing, () => (thing.kind === 'bed' ? bed(pen, thing) : containers(pen, thing))),
  }))

/** Two to four side by side, here and there one fewer on the ground than there is room for. */
function containers(pen: Pen, { chance, x, y }: YardThing): void {
  const count = 2 + Math.floor(chance * 2.99)
  const top = (-count * (WIDE + 0.25)) / 2
  pen.fillStyle = '#1b25472e'
  pen.fillRect(-LONG / 2 + 1, top + 1, LONG, count * (WIDE + 0.25) - 0.25)
  for (let i = 0; i < count; i += 1) {
    const paint = PAINTS[Math.floor(hashAt(x, y, 30 + i) * PAINTS.length)] ?? PALETTE.clay
    container(pen, top + i * (WIDE + 0.25), paint)
  }
}

function container(pen: Pen, top: number, paint: string): void {
  pen.fillStyle = darker(paint, 0.24)
  pen.fillRect(-LONG / 2, top, LONG, WIDE)
  pen.fillStyle = paint
  pen.fillRect(-LONG / 2 + 0.14, top + 0.14, LONG - 0.28, WIDE - 0.28)
  pen.fillStyle = lighter(paint, 0.16)
  for (let rib = -LONG / 2 + 0.45; rib < LONG / 2 - 0.3; rib += 0.62) pen.fillRect(rib, top + 0.14, 0.22, WIDE - 0.28)
}

const BLOOMS = ['#ef8fa3', '#f6d25f', '#fff4e2', '#b79cf0'] as const

/** A low wall, leaves, and flowers of one kind; a bench at its side. */
function bed(pen: Pen, { chance, x, y }: YardThing): void {
  const [long, wide] = [5.2, 1.9]
  pen.fillStyle = '#1b25472e'
  pen.fillRect(-long / 2 + 0.5, -wide / 2 + 0.5, long, wide)
  pen.fillStyle = PALETTE.kerb
  pen.fillRect(-long / 2, -wide / 2, long, wide)
  pen.fillStyle = PALETTE.leafDark
  pen.fillRect(-long / 2 + 0.22, -wide / 2 + 0.22, long - 0.44, wide - 0.44)
  const bloom = BLOOMS[Math.floor(chance * BLOOMS.length)] ?? BLOOMS[0]
  for (let i = 0; i < 16; i += 1) {
    const at = { x: (hashAt(x, i, 31) - 0.5) * (long - 0.9), y: (hashAt(y, i, 32) - 0.5) * (wide - 0.9) }
    disc(pen, at, 0.26, i % 3 ? PALETTE.leaf : bloom)
  }
  pen.fillStyle = '#9c7448'
  for (const slat of [0, 0.22, 0.44]) pen.fillRect(-1.1, wide / 2 + 0.5 + slat, 2.2, 0.16)
}
