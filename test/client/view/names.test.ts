import { describe, expect, it } from 'vitest'

import { rollNames, type NameWords } from '../../../client/view/names.ts'

const words: NameWords = {
  nounsA: ['renard', 'lynx'],
  adjectivesA: ['vif'],
  nounsB: ['loutre', 'abeille'],
  adjectivesB: ['vive'],
  join: (noun, adjective) => `${noun} ${adjective}`,
}

describe('rollNames', () => {
  it('gives three names, no two with the same noun', () => {
    for (let turn = 0; turn < 100; turn += 1) {
      const nouns = rollNames(words, 7, turn).map((name) => name.split(' ')[0])
      expect(new Set(nouns).size).toBe(3)
    }
  })

  it('lets the adjective agree with its noun', () => {
    for (let turn = 0; turn < 100; turn += 1) {
      for (const name of rollNames(words, 3, turn)) expect(name).toMatch(/^(renard|lynx) vif$|^(loutre|abeille) vive$/)
    }
  })

  it('gives the same names for the same seed and turn, and others for the next turn', () => {
    expect(rollNames(words, 1, 0)).toEqual(rollNames(words, 1, 0))
    const turns = Array.from({ length: 20 }, (_, turn) => rollNames(words, 1, turn).join())
    expect(new Set(turns).size).toBeGreaterThan(5)
  })
})
