import type { Outline } from '../../../shared/model/city-map.ts'
import { darker, lighter, PALETTE } from '../../view/street-palette.ts'
import { frameOf, inset } from '../../view/street-roofs.ts'
import { disc, fill, stroke, within, type Pen } from './pen.ts'

interface FlatRoof {
  readonly colour: string
  readonly height: number
  /** 0 to 1; decides what stands on it. */
  readonly chance: number
}

/** A parapet, a gravelled field, and what offices keep up there. */
export function paintFlatRoof(pen: Pen, outline: Outline, { colour, chance }: FlatRoof): void {
  fill(pen, outline, lighter(colour, 0.22))
  const field = inset(outline, 0.9)
  fill(pen, field, darker(colour, 0.12))
  fill(pen, inset(outline, 1.25), colour)
  const { x, y, long, wide, heading } = frameOf(outline)
  within(pen, { x, y, heading }, () => {
    if (chance < 0.3) solarRows(pen, long, wide)
    else if (chance < 0.55) roofGarden(pen, long, wide)
    else skylight(pen, long, wide)
    coolers(pen, long, wide)
  })
}

function coolers(pen: Pen, long: number, wide: number): void {
  if (wide < 4) return
  for (const [dx, dy] of [[0.62, -0.5], [0.62, 0.15]] as const) {
    const x = long * dx
    const y = wide * dy
    pen.fillStyle = '#26304a40'
    pen.fillRect(x - 0.6, y - 0.5, 2.6, 2.2)
    pen.fillStyle = '#e5e9ec'
    pen.fillRect(x - 1.1, y - 1, 2.4, 2)
    disc(pen, { x: x + 0.1, y }, 0.72, PALETTE.slate)
    stroke(pen, [{ x: x - 0.5, y }, { x: x + 0.7, y }], { colour: '#e5e9ec', width: 0.16 })
    stroke(pen, [{ x: x + 0.1, y: y - 0.6 }, { x: x + 0.1, y: y + 0.6 }], { colour: '#e5e9ec', width: 0.16 })
  } // prettier-ignore
}

function solarRows(pen: Pen, long: number, wide: number): void {
  for (let y = -wide * 0.6; y < wide * 0.55; y += 2.2) {
    for (let x = -long * 0.75; x < long * 0.4; x += 2.8) {
      pen.fillStyle = '#2f4b73'
      pen.fillRect(x, y, 2.4, 1.4)
      pen.fillStyle = '#4f76a8'
      pen.fillRect(x + 0.1, y + 0.1, 2.2, 0.5)
    }
  }
}

function roofGarden(pen: Pen, long: number, wide: number): void {
  pen.fillStyle = PALETTE.leaf
  pen.fillRect(-long * 0.72, -wide * 0.55, long * 1.05, wide * 1.1)
  pen.fillStyle = PALETTE.leafLight
  pen.fillRect(-long * 0.68, -wide * 0.48, long * 0.97, wide * 0.96)
  pen.fillStyle = '#e3d5b0'
  pen.fillRect(-long * 0.68, -0.6, long * 0.97, 1.2)
  for (let i = 0; i < 5; i += 1) disc(pen, { x: long * (-0.58 + i * 0.19), y: (i % 2 ? 1 : -1) * wide * 0.28 }, 0.85, PALETTE.leafDark) // prettier-ignore
}

function skylight(pen: Pen, long: number, wide: number): void {
  const w = Math.min(long * 0.9, 12)
  const h = Math.min(wide * 0.8, 5)
  pen.fillStyle = '#f4f6f7'
  pen.fillRect(-w / 2 - long * 0.15, -h / 2, w, h)
  pen.fillStyle = PALETTE.glass
  pen.fillRect(-w / 2 - long * 0.15 + 0.3, -h / 2 + 0.3, w - 0.6, h - 0.6)
  pen.fillStyle = '#ffffff70'
  pen.fillRect(-w / 2 - long * 0.15 + 0.3, -h / 2 + 0.3, w - 0.6, h * 0.28)
  for (let x = 2; x < w - 1; x += 2) stroke(pen, [{ x: x - w / 2 - long * 0.15, y: -h / 2 }, { x: x - w / 2 - long * 0.15, y: h / 2 }], { colour: '#f4f6f7', width: 0.18 }) // prettier-ignore
}

/** A stepped crown of glass; some carry a landing pad. */
export function paintTower(pen: Pen, outline: Outline, chance: number): void {
  fill(pen, outline, '#dfeaf0')
  fill(pen, inset(outline, 0.8), '#8fb4c8')
  fill(pen, inset(outline, 2.2), '#c4d9e3')
  fill(pen, inset(outline, 3), '#a5c3d2')
  const { x, y, wide } = frameOf(outline)
  const radius = Math.min(4.6, wide * 0.5)
  if (chance < 0.5) {
    disc(pen, { x, y }, radius, '#5d6472')
    disc(pen, { x, y }, radius * 0.86, '#f5f2e8')
    disc(pen, { x, y }, radius * 0.76, '#5d6472')
    pen.fillStyle = '#f5f2e8'
    pen.fillRect(x - radius * 0.4, y - radius * 0.45, radius * 0.2, radius * 0.9)
    pen.fillRect(x + radius * 0.2, y - radius * 0.45, radius * 0.2, radius * 0.9)
    pen.fillRect(x - radius * 0.4, y - radius * 0.1, radius * 0.8, radius * 0.2)
    return
  }
  disc(pen, { x: x + 0.7, y: y + 0.7 }, radius * 0.6, '#26304a40')
  disc(pen, { x, y }, radius * 0.6, '#eef3f6')
  disc(pen, { x, y }, radius * 0.38, '#8fb4c8')
  stroke(
    pen,
    [
      { x, y },
      { x: x + 3.4, y: y + 3.4 },
    ],
    { colour: '#26304a66', width: 0.25 },
  )
  disc(pen, { x, y }, 0.5, PALETTE.red)
}

/** A ribbed metal roof with rows of skylights. */
export function paintRibs(pen: Pen, outline: Outline, colour: string): void {
  fill(pen, outline, lighter(colour, 0.1))
  const { x, y, long, wide, heading } = frameOf(outline)
  within(pen, { x, y, heading }, () => {
    pen.fillStyle = darker(colour, 0.13)
    pen.fillRect(-long, 0, long * 2, wide)
    pen.strokeStyle = '#26304a26'
    pen.lineWidth = 0.16
    pen.setLineDash([])
    pen.beginPath()
    for (let dx = -long + 1.2; dx < long; dx += 1.2) {
      pen.moveTo(dx, -wide)
      pen.lineTo(dx, wide)
    }
    pen.stroke()
    for (const side of [-0.5, 0.5]) {
      for (let dx = -long + 3; dx < long - 4; dx += 7.2) {
        pen.fillStyle = '#e7f2f6'
        pen.fillRect(dx, wide * side - 0.9, 3.6, 1.8)
        pen.fillStyle = PALETTE.glass
        pen.fillRect(dx + 0.25, wide * side - 0.65, 3.1, 1.3)
      }
    }
    stroke(
      pen,
      [
        { x: -long, y: 0 },
        { x: long, y: 0 },
      ],
      { colour: lighter(colour, 0.35), width: 0.4 },
    )
  })
}
