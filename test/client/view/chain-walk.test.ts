import { describe, expect, it } from 'vitest'

import { stepAfterKey, toSteps } from '../../../client/view/chain-walk.ts'
import { DEMO_CHAIN } from '../pages/demo/demo-view.ts'

describe('toSteps', () => {
  it('walks from the road to the consequence, with the gap before each step on both clocks', () => {
    const steps = toSteps(DEMO_CHAIN)
    expect(steps.map(({ link }) => link.id)).toEqual(DEMO_CHAIN.links.map(({ id }) => id))
    expect(steps[0]?.gap).toBeNull()
    expect(steps[2]?.gap).toEqual({ play: 4.4, service: 53 })
  })
})

describe('stepAfterKey', () => {
  it.each([
    ['ArrowDown', 2, 3],
    ['ArrowRight', 2, 3],
    ['ArrowUp', 2, 1],
    ['ArrowLeft', 2, 1],
    ['Home', 2, 0],
    ['End', 2, 5],
    ['ArrowUp', 0, 0],
    ['ArrowDown', 5, 5],
    ['a', 2, 2],
  ])('%s leads from step %i to step %i of six', (key, from, to) => {
    expect(stepAfterKey(key, from, 6)).toBe(to)
  })
})
