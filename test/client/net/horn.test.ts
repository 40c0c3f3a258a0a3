import { describe, expect, it } from 'vitest'

import { openHornWatch } from '../../../client/view/street-horns.ts'
import { openSimRoom, watch, type Screen, type SimRoom } from '../../support/sim-net.ts'
import { discovery, openDiscovery } from '../../support/test-city.ts'

/** How often each screen has heard a horn, its own and another's. */
function listen(sim: SimRoom, screens: readonly Screen[], ms: number) {
  const ears = screens.map(({ feed }) => ({ feed, horns: openHornWatch(), own: 0, others: 0 }))
  watch(sim, ms, (nowMs) => {
    for (const ear of ears) {
      const { own, cars } = ear.feed.sample(nowMs)
      if (!own) continue
      const { isOwn, other } = ear.horns.step(own, cars)
      ear.own += Number(isOwn)
      ear.others += Number(other !== null)
    }
  })
  return ears.map(({ own, others }) => ({ own, others }))
}

describe('a horn over the network', () => {
  it('is heard once by its driver and by one who is near, at most every 3 s', () => {
    const scenario = { ...discovery, street: { ...discovery.street, startRoads: ['vieux-4'] } }
    const sim = openSimRoom({ city: openDiscovery({ bots: 0, scenario }) })
    const [anna, ben] = [sim.open({ name: 'Anna' }), sim.open({ name: 'Ben' })]
    listen(sim, [anna, ben], 1000)
    void anna.feed.horn()
    const first = listen(sim, [anna, ben], 2000)
    void anna.feed.horn()
    const refused = listen(sim, [anna, ben], 2000)
    void anna.feed.horn()
    const second = listen(sim, [anna, ben], 1000)
    expect([first[0], refused[0], second[0]]).toEqual([{ own: 1, others: 0 }, { own: 0, others: 0 }, { own: 1, others: 0 }]) // prettier-ignore
    expect([first[1], refused[1], second[1]]).toEqual([{ own: 0, others: 1 }, { own: 0, others: 0 }, { own: 0, others: 1 }]) // prettier-ignore
  })
})
