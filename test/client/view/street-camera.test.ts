import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { eyeFor, eyeOverAll, followEye, isFarZoom } from '../../../client/view/street-camera.ts'

const screen = { width: 1280, height: 720, isStill: false }
const car = { x: 100, y: 200, heading: 0, speed: 20 }

describe('the eye over the street', () => {
  it('looks ahead of a moving car, and right at one that stands', () => {
    expect(eyeFor(car, screen).x).toBeGreaterThan(car.x + 10)
    expect(eyeFor({ ...car, speed: 0 }, screen)).toMatchObject({ x: 100, y: 200 })
  })

  it('sees more the faster the car goes', () => {
    const zooms = [0, 10, 20, 33].map((speed) => eyeFor({ ...car, speed }, screen).zoom)
    expect(zooms).toEqual(zooms.toSorted((a, b) => b - a))
    expect(new Set(zooms).size).toBe(4)
  })

  it('with reduced motion neither leads nor zooms', () => {
    const still = { ...screen, isStill: true }
    const [slow, fast] = [0, 33].map((speed) => eyeFor({ ...car, speed }, still))
    expect(fast).toEqual(slow)
    expect(fast).toMatchObject({ x: 100, y: 200 })
  })

  it('keeps the car well on the screen at any speed, heading and screen', () => {
    const anything = fc.record({
      heading: fc.double({ min: -3.14, max: 3.14, noNaN: true }),
      speed: fc.double({ min: -10, max: 60, noNaN: true }),
      width: fc.integer({ min: 320, max: 3840 }),
      height: fc.integer({ min: 320, max: 2160 }),
    })
    fc.assert(
      fc.property(anything, ({ heading, speed, width, height }) => {
        const eye = eyeFor({ x: 0, y: 0, heading, speed }, { width, height, isStill: false })
        expect(Math.abs(eye.x * eye.zoom)).toBeLessThanOrEqual(width * 0.22)
        expect(Math.abs(eye.y * eye.zoom)).toBeLessThanOrEqual(height * 0.22)
      }),
    )
  })

  it('leaves the car below the cards when it drives south, and above the dials when it drives north', () => {
    const shareOfHeight = (heading: number) => {
      const eye = eyeFor({ x: 0, y: 0, heading, speed: 35 }, screen)
      return 0.5 + (-eye.y * eye.zoom) / screen.height
    }
    expect(shareOfHeight(Math.PI / 2)).toBeGreaterThan(0.36)
    expect(shareOfHeight(-Math.PI / 2)).toBeLessThan(0.71)
  })

  it('keeps the car between cards and dials of a phone held sideways, and above the thumbs of one held upright', () => {
    const heightOf = (heading: number, { width, height }: { width: number; height: number }) => {
      const eye = eyeFor({ x: 0, y: 0, heading, speed: 35 }, { width, height, isStill: false })
      return height / 2 - eye.y * eye.zoom
    }
    const sideways = { width: 844, height: 390 }
    expect(heightOf(Math.PI / 2, sideways)).toBeGreaterThan(180)
    expect(heightOf(-Math.PI / 2, sideways)).toBeLessThan(210)
    const upright = { width: 390, height: 844 }
    expect(heightOf(-Math.PI / 2, upright)).toBeLessThan(520)
    expect(heightOf(Math.PI / 2, upright)).toBeGreaterThan(380)
  })

  it('leaves the car beside the feed, which stands on the right, when it drives west', () => {
    const shareOfWidth = (heading: number) => {
      const eye = eyeFor({ x: 0, y: 0, heading, speed: 35 }, screen)
      return 0.5 + (-eye.x * eye.zoom) / screen.width
    }
    expect(shareOfWidth(Math.PI)).toBeLessThan(0.66)
    expect(shareOfWidth(0)).toBeLessThan(0.35)
  })

  it('goes along with the car at once, and catches up with the rest smoothly', () => {
    const eye = { x: 110, y: 200, zoom: 9 }
    const wanted = { x: 130, y: 200, zoom: 9 }
    const next = followEye(eye, wanted, { x: 2, y: 0 }, 1 / 60)
    expect(next.x).toBeGreaterThan(112)
    expect(next.x).toBeLessThan(114)
  })

  it('arrives at the same place whether frames come 30 or 120 times a second', () => {
    const run = (rate: number) => {
      let eye = { x: 0, y: 0, zoom: 8 }
      for (let i = 0; i < rate; i += 1) eye = followEye(eye, { x: 50, y: 0, zoom: 6 }, { x: 0, y: 0 }, 1 / rate)
      return eye
    }
    expect(run(30).x).toBeCloseTo(run(120).x, 5)
    expect(run(30).zoom).toBeCloseTo(run(120).zoom, 5)
  })

  it('jumps when the car was moved far away', () => {
    const wanted = { x: 900, y: 0, zoom: 7 }
    expect(followEye({ x: 0, y: 0, zoom: 9 }, wanted, { x: 0, y: 0 }, 1 / 60)).toBe(wanted)
  })

  it('fits a whole map on the projector below its headline, and calls that far', () => {
    const eye = eyeOverAll({ width: 2200, height: 1700 }, screen)
    expect(eye.x).toBe(1100)
    const toScreen = (y: number) => (y - eye.y) * eye.zoom + screen.height / 2
    expect(toScreen(0)).toBeGreaterThan(0.16 * screen.height)
    expect(toScreen(1700)).toBeLessThan(screen.height)
    expect(isFarZoom(eye.zoom)).toBe(true)
    expect(isFarZoom(eyeFor(car, screen).zoom)).toBe(false)
  })
})
