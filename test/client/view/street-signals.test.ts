import { describe, expect, it } from 'vitest'

import { lightsOf } from '../../../client/view/street-signals.ts'
import type { SignalProgram } from '../../../shared/model/city-map.ts'

const program: SignalProgram = {
  offsetSeconds: 0,
  heads: [],
  phases: [
    { seconds: 20, green: [0], amber: [] },
    { seconds: 3, green: [], amber: [0] },
    { seconds: 30, green: [1], amber: [] },
  ],
}
const at = (playMs: number, called: Parameters<typeof lightsOf>[1]['called'] = []) =>
  lightsOf({ id: 'centre', program }, { playMs, called })

describe('the lights of a junction', () => {
  it.each([
    [5000, 'green', 'red'],
    [21_000, 'amber', 'red'],
    [30_000, 'red', 'green'],
    [53_000 + 5000, 'green', 'red'],
  ])('follow its programme at %d ms', (playMs, first, second) => {
    const light = at(playMs)
    expect([light?.(0), light?.(1)]).toEqual([first, second])
  })

  it('follow a siren where one has called', () => {
    const light = at(5000, [{ junctionId: 'centre', lights: ['amber', 'green'] }])
    expect([light?.(0), light?.(1), light?.(2)]).toEqual(['amber', 'green', 'red'])
  })

  it('are not another junction’s', () => {
    expect(at(5000, [{ junctionId: 'gate-n', lights: ['red', 'red'] }])?.(0)).toBe('green')
  })

  it('are none without a programme', () => {
    expect(lightsOf({ id: 'corner', program: null }, { playMs: 0, called: [] })).toBeNull()
  })
})
