import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { packSprites } from '../../../client/build/pack-sprites.ts'
import { CAR_LAWS } from '../../../shared/driving/car-laws.ts'
import { VEHICLE_KINDS } from '../../../shared/model/vehicle.ts'

const FOLDER = new URL('../../../assets/sprites/', import.meta.url)
const sources = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.svg'))
  .map((file) => ({ name: file.replace('.svg', ''), svg: readFileSync(new URL(file, FOLDER), 'utf8') }))
const drawn = (body: string, size = '10 10') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}">${body}</svg>`

describe('the sheet of sprites', () => {
  const { frames, width, height, svg } = packSprites(sources)

  it('has a body and a trim of one size for every kind of vehicle, about as long as the vehicle', () => {
    for (const kind of VEHICLE_KINDS) {
      const [body, trim] = [frames[`${kind}-body`], frames[`${kind}-trim`]]
      expect({ kind, w: trim?.w, h: trim?.h }).toEqual({ kind, w: body?.w, h: body?.h })
      const metres = (body?.w ?? 0) / 10
      expect(metres).toBeGreaterThan(CAR_LAWS[kind].length * 0.95)
      expect(metres).toBeLessThan(CAR_LAWS[kind].length * 1.25 + 1.5)
    }
  })

  it('lays no sprite over another, nor over the edge', () => {
    const all = Object.entries(frames)
    expect(all.length).toBe(sources.length)
    for (const [name, a] of all) {
      expect(a.x + a.w).toBeLessThan(width)
      expect(a.y + a.h).toBeLessThan(height)
      const over = all.find(
        ([other, b]) => other !== name && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h,
      )
      expect(over?.[0]).toBeUndefined()
    }
  })

  it('stays small: all of them together take less than 60 kB before compression', () => {
    expect(svg.length).toBeLessThan(60_000)
    expect(width * height).toBeLessThan(620 * 500)
  })

  it('gives each sprite gradients of its own', () => {
    const ids = [...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id)
  })

  it('is the same for the same drawings, in whatever order they come', () => {
    expect(packSprites(sources.toReversed())).toEqual(packSprites(sources))
  })
})

describe('a sprite', () => {
  it.each(['<text>A</text>', '<image href="x.png"/>', '<script>1</script>', '<style>a{}</style>', '<use href="#a"/>'])(
    'may not hold %s: no texts in pictures, nothing from elsewhere',
    (body) => expect(() => packSprites([{ name: 'bad', svg: drawn(body) }])).toThrow(/bad\.svg: a sprite may not hold/),
  )

  it('needs a view box in whole units that begins at its corner', () => {
    expect(() => packSprites([{ name: 'odd', svg: drawn('', '10.5 10') }])).toThrow(/odd\.svg: needs a view box/)
    expect(() => packSprites([{ name: 'none', svg: '<svg></svg>' }])).toThrow(/none\.svg/)
  })
})
