import { describe, expect, it } from 'vitest'

import { openLimits } from '../../../server/net/limits.ts'

const passed = (results: readonly boolean[]) => results.filter(Boolean).length
const times = (count: number, ask: () => Promise<boolean>) => Promise.all(Array.from({ length: count }, ask))

describe('limits', () => {
  it('[NET-14] lets a class of 40 in from one address within a minute, and stops a flood of 400', async () => {
    const limits = openLimits()
    expect(passed(await times(40, () => limits.allowJoin('203.0.113.7')))).toBe(40)
    expect(passed(await times(360, () => limits.allowJoin('203.0.113.7')))).toBeLessThan(100)
    expect(passed(await times(40, () => limits.allowJoin('198.51.100.9')))).toBe(40)
  })

  it('[NET-8] lets buttons be pressed as fast as fingers are, each connection and each button for itself', async () => {
    const limits = openLimits()
    expect(passed(await times(10, () => limits.allow('switch', 'a')))).toBe(10)
    expect(passed(await times(300, () => limits.allow('switch', 'a')))).toBeLessThanOrEqual(10)
    expect(await limits.allow('switch', 'b')).toBe(true)
    expect(await limits.allow('horn', 'a')).toBe(true)
  })

  it('[NET-36] lets a whole school connect again at once, twice, and stops a flood of connections', async () => {
    const limits = openLimits()
    expect(passed(await times(600, () => limits.allowConnection('203.0.113.7')))).toBe(600)
    expect(passed(await times(600, () => limits.allowConnection('203.0.113.7')))).toBe(600)
    expect(passed(await times(600, () => limits.allowConnection('203.0.113.7')))).toBe(0)
    expect(await limits.allowConnection('198.51.100.9')).toBe(true)
  })
})
