import { beforeAll, describe, expect, it } from 'vitest'

import { COUNTRY_METRES, countryOf, type Country } from '../../../client/view/street-country.ts'
import { boxOf, isInside, lanePoints, lengthOf, placeOn } from '../../../client/view/street-lines.ts'
import { treesOf } from '../../../client/view/street-trees.ts'
import { compiled, readMapJson } from '../../support/maps.ts'
import { nuageville as map } from '../../support/test-city.ts'

let country: Country

beforeAll(() => {
  country = countryOf(map)
})

describe('the country round Nuageville', () => {
  it('has fields on every side, and the same ones on every screen', () => {
    expect(country.fields.length).toBeGreaterThan(200)
    const xs = country.fields.flatMap(({ outline }) => outline.map(({ x }) => x))
    const ys = country.fields.flatMap(({ outline }) => outline.map(({ y }) => y))
    expect([Math.min(...xs) < 0, Math.min(...ys) < 0, Math.max(...ys) > map.height]).toEqual([true, true, true])
    expect(countryOf(map)).toEqual(country)
  })

  it('lays no field over a street or water', () => {
    const inMap = country.fields.filter(({ outline }) => outline.some(({ x, y }) => x > 0 && y > 0 && x < map.width && y < map.height)) // prettier-ignore
    expect(inMap.length).toBeGreaterThan(20)
    const asphalt = Array.from({ length: map.lanes.count }, (_, lane) => lanePoints(map, lane)).flatMap((points) =>
      Array.from({ length: Math.ceil(lengthOf(points) / 4) }, (_, k) => placeOn(points, k * 4)),
    )
    for (const { outline } of inMap) {
      const { left, top, right, bottom } = boxOf(outline)
      const near = asphalt.filter(({ x, y }) => x > left && x < right && y > top && y < bottom)
      expect(near.filter((p) => isInside(outline, p))).toEqual([])
      expect(outline.filter((p) => country.waters.some((water) => isInside(water, p)))).toEqual([])
    }
  })

  it('lets no tree stand in the corn', () => {
    const trees = treesOf(map, country.fields)
    expect(trees.length).toBeGreaterThan(1000)
    expect(trees.filter((tree) => country.fields.some(({ outline }) => isInside(outline, tree)))).toEqual([])
  })
})

describe('rivers', () => {
  it('run on to the edge of the world in the north, and into the sea in the east', () => {
    const river = country.waters.find((outline) => boxOf(outline).top < 0)
    expect(river && boxOf(river).top).toBeLessThan(-COUNTRY_METRES + 50)
    const { sea } = country
    const mouth = river?.filter(({ x }) => x > map.width + 120) ?? []
    expect(mouth.length).toBeGreaterThan(1)
    for (const p of mouth) expect(sea && isInside(sea, p)).toBe(true)
  })

  it('leave the sea out of the map, and basins as they are', () => {
    expect(Math.min(...(country.sea ?? []).map(({ x }) => x))).toBeGreaterThan(map.width)
    const basins = map.scenery.water.slice(1)
    expect(country.waters.slice(1)).toEqual(basins)
  })

  it('make no sea for a town without a river to the east', () => {
    expect(countryOf(compiled(readMapJson('circuit-ecole'))).sea).toBeNull()
  })
})
