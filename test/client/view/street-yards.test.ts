import { beforeAll, describe, expect, it } from 'vitest'

import { isInside, lanePoints, lengthOf, placeOn } from '../../../client/view/street-lines.ts'
import { yardThingsOf, type YardThing } from '../../../client/view/street-yards.ts'
import { nuageville as map } from '../../support/test-city.ts'

/** Half of a container's length, and of four side by side. */
const HALF = 3.1

describe('what stands on the yards', () => {
  let things: readonly YardThing[]
  beforeAll(() => {
    things = yardThingsOf(map, map.scenery.trees)
  })

  it('is containers in the harbour and beds before offices, the same ones on every screen', () => {
    expect(things.filter(({ kind }) => kind === 'containers').length).toBeGreaterThan(40)
    expect(things.filter(({ kind }) => kind === 'bed').length).toBeGreaterThan(10)
    expect(yardThingsOf(map, map.scenery.trees)).toEqual(things)
  })

  it('is near houses: not beside a street through the country', () => {
    const houses = map.scenery.buildings.flatMap(({ outline }) => outline)
    const alone = things.filter((thing) => !houses.some((p) => Math.hypot(p.x - thing.x, p.y - thing.y) < 90))
    expect(alone).toEqual([])
  })

  it('leaves streets free', () => {
    const asphalt = Array.from({ length: map.lanes.count }, (_, lane) => lanePoints(map, lane)).flatMap((points) =>
      Array.from({ length: Math.ceil(lengthOf(points) / 4) }, (_, k) => placeOn(points, k * 4)),
    )
    const near = things.filter((thing) => asphalt.some((p) => Math.hypot(p.x - thing.x, p.y - thing.y) < HALF + 3))
    expect(near).toEqual([])
  })

  it('is in no building, water, park or square, and under no tree', () => {
    const { buildings, water, parks, plazas, trees } = map.scenery
    const areas = [...buildings.map(({ outline }) => outline), ...water, ...parks, ...plazas, ...map.stations.map(({ outline }) => outline)] // prettier-ignore
    expect(things.filter((thing) => areas.some((area) => isInside(area, thing)))).toEqual([])
    expect(things.filter((thing) => trees.some((tree) => Math.hypot(tree.x - thing.x, tree.y - thing.y) < 3))).toEqual(
      [],
    )
  })
})
