import type { CityMap, Point, Scenery } from '../../shared/model/city-map.ts'
import type { Field } from './street-country.ts'
import { boxOf, doMeet, holds, isInside } from './street-lines.ts'
import { limitSignsOf } from './street-markings.ts'

const SIGN_RADIUS = 1.4
const CELL = 16

/** The trees to draw: none whose crown would hide a limit sign, a traffic light or a camera, and none in the corn. */
export function treesOf(map: CityMap, fields: readonly Field[]): Scenery['trees'] {
  const isFarmed = openFarmed(map, fields)
  const signs: Point[] = [
    ...limitSignsOf(map),
    ...map.cameras,
    ...map.junctions.flatMap(({ program }) => program?.heads ?? []),
  ]
  const keyOf = (x: number, y: number) => `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`
  const cells = new Map<string, Point[]>()
  for (const sign of signs) {
    const key = keyOf(sign.x, sign.y)
    cells.set(key, [...(cells.get(key) ?? []), sign])
  }
  return map.scenery.trees.filter(({ x, y, size }) => {
    const near = [-CELL, 0, CELL].flatMap((dx) =>
      [-CELL, 0, CELL].flatMap((dy) => cells.get(keyOf(x + dx, y + dy)) ?? []),
    )
    return !isFarmed({ x, y }) && near.every((sign) => Math.hypot(sign.x - x, sign.y - y) > size / 2 + SIGN_RADIUS)
  })
}

function openFarmed({ width, height }: CityMap, fields: readonly Field[]): (at: Point) => boolean {
  const whole = { left: 0, top: 0, right: width, bottom: height }
  const inMap = fields.map(({ outline }) => ({ outline, box: boxOf(outline) })).filter(({ box }) => doMeet(box, whole))
  return (at) => inMap.some(({ outline, box }) => holds(box, at) && isInside(outline, at))
}
