import type { CityMap, District, Outline, Point, Scenery } from '../../shared/model/city-map.ts'
import { alongLine, boxOf, doMeet, hashAt, isInside, lanePoints, type Box, type Placed } from './street-lines.ts'

/** What stands about on paved ground: crates of the harbour, flower beds before offices. */
export interface YardThing extends Placed {
  readonly kind: 'containers' | 'bed'
  /** 0 to 1: of which colour, and how many. */
  readonly chance: number
}

interface Yard {
  readonly kind: YardThing['kind']
  /** Metres from a street's middle that are yard. */
  readonly reach: number
  /** Of every hundred places. */
  readonly share: number
}

const YARDS: Readonly<Partial<Record<District['character'], Yard>>> = {
  harbour: { kind: 'containers', reach: 62, share: 80 },
  business: { kind: 'bed', reach: 32, share: 95 },
}

const GRID = 4
/** Metres from one place to the next. */
const STEP = 16
/** Metres that stay free beside a lane, a wall, a tree, a forecourt. */
const FROM_LANE = 6.5
const FROM_WALL = 5
const FROM_TREE = 2.5
const FORECOURT = 14
const TAKEN = 255

/** Things on the yards of the harbour and the offices: none on a street, at a wall, in water, in a park or under a tree. */
export function yardThingsOf(map: CityMap, trees: Scenery['trees']): YardThing[] {
  const grid = openGrid(map)
  const yards = [...new Set(map.districts.map(({ character }) => character))].flatMap((name) => YARDS[name] ?? [])
  pave(map, yards, grid)
  takeBuilt(map, trees, grid)
  const areas = areasOf(map)
  const isInArea = (at: Point) => areas.some((area) => isInside(area, at))
  const things: YardThing[] = []
  for (let i = 0; i * STEP < map.width; i += 1) {
    for (let j = 0; j * STEP < map.height; j += 1) {
      const at = { x: (i + hashAt(i, j, 21)) * STEP, y: (j + hashAt(i, j, 22)) * STEP }
      const yard = yards[grid.at(at) - 1]
      const chance = hashAt(i, j, 23)
      if (!yard || chance * 100 > yard.share || !grid.isRoomAround(at) || isInArea(at)) continue
      things.push({
        ...at,
        kind: yard.kind,
        heading: hashAt(i, j, 24) < 0.5 ? 0 : Math.PI / 2,
        chance: hashAt(i, j, 25),
      })
    }
  }
  return things
}

/** A street without a house this near, in metres, runs through the country whatever its district. */
const NEAR_HOUSES = 30

/** @returns whether the ground beside a street belongs to the town, and is no meadow */
export function openBuiltUp({ scenery }: CityMap): (road: CityMap['roads'][number]) => boolean {
  const houses = scenery.buildings.map(({ outline }) => boxOf(outline))
  return (road) => {
    if (road.onBridge || road.class === 'expressway' || road.class === 'ramp') return false
    const near = boxOf(road.centreLine, NEAR_HOUSES)
    return houses.some((house) => doMeet(house, near))
  }
}

function pave(map: CityMap, yards: readonly Yard[], grid: Grid): void {
  const character = new Map(map.districts.map((district) => [district.id, district.character]))
  const isBuiltUp = openBuiltUp(map)
  for (const road of map.roads) {
    const yard = YARDS[character.get(road.districtId) ?? 'suburb']
    if (!yard || !isBuiltUp(road)) continue
    alongLine(road.centreLine, GRID, (p) => grid.fillRound(p, yard.reach, yards.indexOf(yard) + 1))
  }
}

const areasOf = ({ scenery }: CityMap): readonly Outline[] => [...scenery.water, ...scenery.parks, ...scenery.plazas]

function takeBuilt(map: CityMap, trees: Scenery['trees'], grid: Grid): void {
  for (let lane = 0; lane < map.lanes.count; lane += 1)
    alongLine(lanePoints(map, lane), GRID, (p) => grid.fill(around(p, FROM_LANE), TAKEN))
  for (const { outline } of map.scenery.buildings) grid.fill(boxOf(outline, FROM_WALL), TAKEN)
  for (const area of areasOf(map))
    alongLine([...area, ...area.slice(0, 1)], GRID, (p) => grid.fill(around(p, FROM_WALL), TAKEN))
  for (const { outline } of map.stations) grid.fill(boxOf(outline, FORECOURT), TAKEN)
  for (const parking of map.parkings) grid.fill(around(parking, FROM_WALL), TAKEN)
  for (const tree of trees) grid.fill(around(tree, FROM_TREE), TAKEN)
}

const around = ({ x, y }: Point, reach: number): Box => ({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }) // prettier-ignore

type Grid = ReturnType<typeof openGrid>

/** Squares of the map, each with a number. */
function openGrid({ width, height }: CityMap) {
  const [columns, rows] = [Math.ceil(width / GRID), Math.ceil(height / GRID)]
  const cells = new Uint8Array(columns * rows)
  const clamp = (metres: number, most: number) => Math.min(most, Math.max(0, Math.floor(metres / GRID)))
  const at = ({ x, y }: Point) =>
    x < 0 || y < 0 || x >= width || y >= height
      ? TAKEN
      : (cells[clamp(y, rows - 1) * columns + clamp(x, columns - 1)] ?? TAKEN)
  return {
    at,
    fill({ left, top, right, bottom }: Box, value: number): void {
      if (right < 0 || bottom < 0 || left >= width || top >= height) return
      for (let row = clamp(top, rows - 1); row <= clamp(bottom, rows - 1); row += 1)
        cells.fill(value, row * columns + clamp(left, columns - 1), row * columns + clamp(right, columns - 1) + 1)
    },
    /** As `fill`, but all that is within so many metres of a point. */
    fillRound({ x, y }: Point, reach: number, value: number): void {
      for (let dy = -reach; dy <= reach; dy += GRID) {
        const half = Math.sqrt(reach * reach - dy * dy)
        this.fill({ left: x - half, right: x + half, top: y + dy, bottom: y + dy }, value)
      }
    },
    /** Whether the squares round a place are of the same kind. */
    isRoomAround({ x, y }: Point): boolean {
      const own = at({ x, y })
      return [-GRID, 0, GRID].every((dx) => [-GRID, 0, GRID].every((dy) => at({ x: x + dx, y: y + dy }) === own))
    },
  }
}
