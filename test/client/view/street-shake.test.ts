import { describe, expect, it } from 'vitest'

import { openShake } from '../../../client/view/street-shake.ts'

const FRAME = 1 / 60
const size = ({ x, y }: { readonly x: number; readonly y: number }) => Math.hypot(x, y)

describe('the shake of the picture', () => {
  it('begins when a wall takes the speed, and is over within a second', () => {
    const shake = openShake()
    shake.step({ speed: 14 }, FRAME)
    const bump = Array.from({ length: 60 }, () => size(shake.step({ speed: 3 }, FRAME)))
    expect(Math.max(...bump)).toBeGreaterThan(1)
    expect(Math.max(...bump)).toBeLessThan(10)
    expect(bump.at(-1)).toBe(0)
  })

  it('leaves hard braking, standing and slow frames alone', () => {
    const shake = openShake()
    for (let speed = 30; speed > 0; speed -= 11 * FRAME) expect(size(shake.step({ speed }, FRAME))).toBe(0)
    shake.step({ speed: 30 }, FRAME)
    expect(size(shake.step({ speed: 26 }, 0.4))).toBe(0)
  })
})
