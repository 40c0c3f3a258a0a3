import type { Outline } from '../../../shared/model/city-map.ts'
import { darker, lighter, PALETTE } from '../../view/street-palette.ts'
import { frameOf, inset } from '../../view/street-roofs.ts'
import { disc, fill, stroke, within, type Pen } from './pen.ts'

/** Stands in coloured blocks round a mown pitch. */
export function paintStadium(pen: Pen, outline: Outline): void {
  const { x, y, long, wide, heading } = frameOf(outline)
  const isRound = outline.length > 6
  fill(pen, outline, '#d9d2c2')
  const [a, b] = isRound ? reach(outline) : [long, wide]
  within(pen, { x, y, heading: isRound ? 0 : heading }, () => {
    oval(pen, a, b, '#eef0ee')
    oval(pen, a * 0.96, b * 0.95, '#c5ccd2')
    for (let i = 0; i < 28; i += 1) block(pen, i, a, b)
    oval(pen, a * 0.7, b * 0.66, '#e9e3d2')
    oval(pen, a * 0.66, b * 0.61, '#c9694f')
    oval(pen, a * 0.58, b * 0.5, PALETTE.pitch)
    pitch(pen, a * 0.42, b * 0.34)
    for (const [sx, sy] of [[-0.68, -0.72], [0.68, -0.72], [-0.68, 0.72], [0.68, 0.72]] as const) mast(pen, a * sx, b * sy) // prettier-ignore
  })
}

function reach(outline: Outline): readonly [number, number] {
  const xs = outline.map((p) => p.x)
  const ys = outline.map((p) => p.y)
  return [(Math.max(...xs) - Math.min(...xs)) / 2, (Math.max(...ys) - Math.min(...ys)) / 2]
}

function oval(pen: Pen, a: number, b: number, colour: string): void {
  pen.beginPath()
  pen.ellipse(0, 0, a, b, 0, 0, Math.PI * 2)
  pen.fillStyle = colour
  pen.fill()
}

function block(pen: Pen, i: number, a: number, b: number): void {
  const from = (i * Math.PI * 2) / 28 + 0.02
  const to = ((i + 1) * Math.PI * 2) / 28 - 0.02
  pen.beginPath()
  pen.ellipse(0, 0, a * 0.92, b * 0.9, 0, from, to)
  pen.ellipse(0, 0, a * 0.73, b * 0.69, 0, to, from, true)
  pen.closePath()
  pen.fillStyle = ['#5a8fd0', '#f0c95a', '#e9eef2', '#d8775c'][i % 4] ?? '#5a8fd0'
  pen.fill()
}

function pitch(pen: Pen, a: number, b: number): void {
  for (let i = 0; i < 8; i += 1) {
    pen.fillStyle = i % 2 ? '#7cbb63' : '#6aa952'
    pen.fillRect(-a + (i * a) / 4, -b, a / 4, b * 2)
  }
  const line = { colour: '#f5f7ee', width: 0.35 }
  stroke(
    pen,
    [
      { x: -a, y: -b },
      { x: a, y: -b },
      { x: a, y: b },
      { x: -a, y: b },
    ],
    { ...line, isClosed: true },
  )
  stroke(
    pen,
    [
      { x: 0, y: -b },
      { x: 0, y: b },
    ],
    line,
  )
  for (const side of [-1, 1]) stroke(pen, [{ x: side * a, y: -b * 0.5 }, { x: side * a * 0.78, y: -b * 0.5 }, { x: side * a * 0.78, y: b * 0.5 }, { x: side * a, y: b * 0.5 }], line) // prettier-ignore
  pen.beginPath()
  pen.arc(0, 0, b * 0.3, 0, Math.PI * 2)
  pen.stroke()
}

function mast(pen: Pen, x: number, y: number): void {
  stroke(
    pen,
    [
      { x, y },
      { x: x + 4, y: y + 4 },
    ],
    { colour: '#1b254750', width: 0.8 },
  )
  disc(pen, { x, y }, 1.4, PALETTE.ink)
  disc(pen, { x, y }, 0.9, '#fff1c0')
}

/** A harbour crane: two legs on rails, a lattice beam, the trolley with its load. */
export function paintCrane(pen: Pen, outline: Outline): void {
  const { x, y, long, wide, heading } = frameOf(outline)
  within(pen, { x, y, heading }, () => {
    for (const side of [-1, 1]) stroke(pen, [{ x: -long, y: side * wide * 0.8 }, { x: long, y: side * wide * 0.8 }], { colour: '#5a6b86', width: 0.5 }) // prettier-ignore
    pen.fillStyle = '#1b254740'
    pen.fillRect(-long + 2.4, -wide * 0.34 + 2.4, long * 2, wide * 0.68)
    for (const end of [-0.72, 0.5]) {
      pen.fillStyle = '#c9422f'
      pen.fillRect(long * end - 0.9, -wide, 1.8, wide * 2)
      pen.fillStyle = '#e9573f'
      pen.fillRect(long * end - 0.9, -wide, 0.9, wide * 2)
    }
    pen.fillStyle = '#e9573f'
    pen.fillRect(-long, -wide * 0.32, long * 2, wide * 0.64)
    pen.fillStyle = '#ff8a6b'
    pen.fillRect(-long, -wide * 0.32, long * 2, wide * 0.16)
    lattice(pen, long, wide * 0.28)
    pen.fillStyle = PALETTE.ink
    pen.fillRect(long * 0.12, -wide * 0.5, 2.6, wide)
    pen.fillStyle = '#5aa39a'
    pen.fillRect(long * 0.12 - 1, -1.3, 4.6, 2.6)
    pen.fillStyle = '#fff4e2'
    pen.fillRect(-long * 0.62, -wide * 0.42, 3, wide * 0.84)
  })
}

function lattice(pen: Pen, long: number, wide: number): void {
  const zigzag = Array.from({ length: Math.max(2, Math.floor(long / 0.9)) }, (_, i) => ({
    x: -long + 0.4 + i * 1.8,
    y: i % 2 ? wide : -wide,
  }))
  stroke(pen, zigzag, { colour: '#a8321f', width: 0.22 })
}

/** A nave and a transept with slate roofs, and the tower with its spire. */
export function paintChurch(pen: Pen, outline: Outline): void {
  fill(pen, outline, '#d9ccb2')
  const { x, y, long, wide, heading } = frameOf(outline)
  const slope = (w: number, h: number, dx: number) => {
    pen.fillStyle = '#7d8ea8'
    pen.fillRect(dx - w, -h, w * 2, h)
    pen.fillStyle = '#54637d'
    pen.fillRect(dx - w, 0, w * 2, h)
  }
  within(pen, { x, y, heading }, () => {
    slope(long * 0.92, wide * 0.52, 0)
    pen.fillStyle = '#7d8ea8'
    pen.fillRect(long * 0.22 - wide * 0.34, -wide * 0.94, wide * 0.34, wide * 1.88)
    pen.fillStyle = '#5d6d88'
    pen.fillRect(long * 0.22, -wide * 0.94, wide * 0.34, wide * 1.88)
    stroke(
      pen,
      [
        { x: -long * 0.92, y: 0 },
        { x: long * 0.92, y: 0 },
      ],
      { colour: '#dfe5ee', width: 0.3 },
    )
    stroke(pen, [{ x: long * 0.22, y: -wide * 0.94 }, { x: long * 0.22, y: wide * 0.94 }], { colour: '#dfe5ee', width: 0.3 }) // prettier-ignore
    spire(pen, -long * 0.72, wide * 0.46)
  })
}

function spire(pen: Pen, x: number, half: number): void {
  const corner = (dx: number, dy: number) => ({ x: x + dx * half, y: dy * half })
  const corners = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]
  const shades = ['#8fa0ba', '#5d6d88', '#46546d', '#73839d']
  for (const [i, shade] of shades.entries()) {
    const [a, b] = [corners[i], corners[(i + 1) % 4]]
    if (a && b) fill(pen, [a, b, { x, y: 0 }], shade)
  }
  disc(pen, { x, y: 0 }, 0.7, PALETTE.paintWarm)
}

/** A red roof round a courtyard with a tree, and a clock over the gate. */
export function paintSchool(pen: Pen, outline: Outline): void {
  const colour = '#cf6a54'
  fill(pen, outline, lighter(colour, 0.14))
  fill(pen, inset(outline, 2), darker(colour, 0.1))
  const { x, y, long, wide, heading } = frameOf(outline)
  within(pen, { x, y, heading }, () => {
    const [w, h] = [long * 0.5, wide * 0.36]
    pen.fillStyle = darker(colour, 0.3)
    pen.fillRect(-w - 0.8, -h - 0.8, w * 2 + 1.6, h * 2 + 1.6)
    pen.fillStyle = '#e6dac2'
    pen.fillRect(-w, -h, w * 2, h * 2)
    hopscotch(pen, w, h)
    disc(pen, { x: w * 0.55, y: 0 }, Math.min(h * 0.7, 2.6), PALETTE.leafDark)
    disc(pen, { x: w * 0.55 - 0.3, y: -0.3 }, Math.min(h * 0.55, 2), PALETTE.leafLight)
    stroke(
      pen,
      [
        { x: -long, y: -wide },
        { x: -w, y: -h },
      ],
      { colour: '#26304a33', width: 0.3 },
    )
    stroke(
      pen,
      [
        { x: long, y: wide },
        { x: w, y: h },
      ],
      { colour: '#26304a33', width: 0.3 },
    )
  })
  clock(pen, x, y - Math.max(0, wide - 3.4))
}

function hopscotch(pen: Pen, w: number, h: number): void {
  const colours = ['#f0c95a', '#5a8fd0', '#e9573f', '#7fb8a4']
  for (const [i, colour] of colours.entries()) {
    pen.fillStyle = colour
    pen.fillRect(-w * 0.8 + i * 1.6, -Math.min(0.7, h * 0.4), 1.4, Math.min(1.4, h * 0.8))
  }
}

function clock(pen: Pen, x: number, y: number): void {
  disc(pen, { x, y }, 1.9, PALETTE.ink)
  disc(pen, { x, y }, 1.6, '#fffdf6')
  stroke(
    pen,
    [
      { x, y: y - 1.1 },
      { x, y },
      { x: x + 0.8, y: y + 0.3 },
    ],
    { colour: PALETTE.ink, width: 0.28 },
  )
}
