import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import {
  AGENT_COLOUR,
  CONTRAST,
  darker,
  lighter,
  luminanceOf,
  mixColours,
  PALETTE,
  toTint,
} from '../../../client/view/street-palette.ts'

const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminanceOf(a), luminanceOf(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe('the palette', () => {
  it('is the one that the style sheet of the city writes down', () => {
    const style = readFileSync(new URL('../../../assets/STYLE.md', import.meta.url), 'utf8')
    const named = style.split('\n').flatMap((line) => {
      const [, names = '', colours = ''] = line.split('|')
      const values = colours.match(/#[0-9a-f]{6}/g) ?? []
      return (names.match(/`\w+`/g) ?? []).map((name, i) => [name.slice(1, -1), values[i]] as const)
    })
    expect(named.length).toBeGreaterThan(30)
    for (const [name, colour] of named)
      expect({ name, colour: PALETTE[name as keyof typeof PALETTE] }).toEqual({ name, colour })
  })

  it.each(Object.entries(AGENT_COLOUR))('lets the white sign of %s stand out at 3:1', (_agent, colour) => {
    expect(contrast(colour, '#fffdf6')).toBeGreaterThanOrEqual(3)
  })

  it('shows painted lines on every asphalt at 4.5:1', () => {
    for (const asphalt of [PALETTE.asphalt, PALETTE.asphaltFast])
      expect(contrast(PALETTE.paint, asphalt)).toBeGreaterThan(4.5)
  })

  it('edges everything at 3:1 in high contrast, and streets at 7:1', () => {
    expect(contrast(CONTRAST.edge, CONTRAST.street)).toBeGreaterThanOrEqual(7)
    expect(contrast(CONTRAST.bridge, CONTRAST.street)).toBeGreaterThanOrEqual(7)
    for (const edge of [CONTRAST.edge, CONTRAST.bridge, CONTRAST.buildingEdge, CONTRAST.parkEdge, CONTRAST.waterEdge])
      expect(contrast(edge, CONTRAST.ground)).toBeGreaterThanOrEqual(3)
    expect(contrast(CONTRAST.buildingEdge, CONTRAST.building)).toBeGreaterThanOrEqual(3)
    expect(contrast(CONTRAST.waterEdge, CONTRAST.water)).toBeGreaterThanOrEqual(3)
    expect(contrast(CONTRAST.parkEdge, CONTRAST.park)).toBeGreaterThanOrEqual(3)
  })

  it('mixes colours', () => {
    expect(mixColours('#000000', '#ffffff', 0.5)).toBe('#808080')
    expect(lighter('#808080', 0)).toBe('#808080')
    expect(luminanceOf(darker('#ffffff', 0.5))).toBeLessThan(luminanceOf('#ffffff'))
    expect(toTint('#0a0b0c')).toBe(0x0a0b0c)
  })

  it('measures black and white as the guidelines do', () => {
    expect(luminanceOf('#000000')).toBe(0)
    expect(luminanceOf('#ffffff')).toBeCloseTo(1)
  })
})
