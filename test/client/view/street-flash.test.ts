import { beforeAll, describe, expect, it } from 'vitest'

import { openFlashWatch } from '../../../client/view/street-flash.ts'
import { placeOfLanePoint, type Placed } from '../../../client/view/street-lines.ts'
import type { CameraSite, CityMap } from '../../../shared/model/city-map.ts'
import { VEHICLE_FLAG } from '../../../shared/model/vehicle.ts'
import { compiled, readMapJson } from '../../support/maps.ts'

let map: CityMap
let camera: CameraSite
let line: Placed

beforeAll(() => {
  map = compiled(readMapJson('nuageville'))
  const [first] = map.cameras
  const [point] = first?.lines ?? []
  if (!first || !point) throw new Error('the map has no camera')
  camera = first
  line = placeOfLanePoint(map, point)
})

/** A car so many metres beyond the line (before it, below 0). */
const carAt = (metres: number, flags: number = VEHICLE_FLAG.speeding, id = 1) => ({
  id,
  flags,
  speed: 34.6,
  x: line.x + Math.cos(line.heading) * metres,
  y: line.y + Math.sin(line.heading) * metres,
})

describe('the flash of a camera', () => {
  it('goes off once, when a car that is too fast crosses the line', () => {
    const watch = openFlashWatch(map)
    expect(watch.step([carAt(-1)], 0)).toEqual([])
    expect(watch.step([carAt(0.5)], 16)).toMatchObject([
      { cameraId: camera.id, x: camera.x, y: camera.y, carId: 1, kmh: 125 },
    ])
    expect(watch.step([carAt(2)], 1000)).toEqual([])
  })

  it('stays dark for a car that keeps to the limit', () => {
    const watch = openFlashWatch(map)
    watch.step([carAt(-1, 0)], 0)
    expect(watch.step([carAt(0.5, 0)], 16)).toEqual([])
  })

  it('goes off on a machine that draws three frames a second, too', () => {
    const watch = openFlashWatch(map)
    watch.step([carAt(-6)], 1000)
    expect(watch.step([carAt(5.5)], 1333)).toHaveLength(1)
  })

  it('stays dark for a car that crosses the other way, or is put elsewhere', () => {
    const watch = openFlashWatch(map)
    watch.step([carAt(1)], 0)
    expect(watch.step([carAt(-1)], 16)).toEqual([])
    watch.step([carAt(-40)], 1000)
    expect(watch.step([carAt(1)], 1016)).toEqual([])
  })

  it('never goes off more than three times a second, however many cars race by', () => {
    const watch = openFlashWatch(map)
    const times: number[] = []
    for (let ms = 0; ms < 5000; ms += 20) {
      watch.step([carAt(-1, VEHICLE_FLAG.speeding, ms)], ms)
      if (watch.step([carAt(0.5, VEHICLE_FLAG.speeding, ms)], ms + 10).length > 0) times.push(ms)
    }
    expect(times.length).toBeGreaterThan(5)
    for (const start of times) expect(times.filter((t) => t >= start && t < start + 1000).length).toBeLessThanOrEqual(3)
  })
})
