import type { District, Outline, Point, Scenery } from '../../model/city-map.ts'
import { randomShare, streamOf } from '../../random.ts'
import { metres } from '../../units.ts'
import { halves } from './arms.ts'
import type { Draft } from './draft.ts'
import { boxOf, contains, lengthOf, moved, placeAlong, quantise, quantisePoint, rightOf } from './geometry.ts'
import { isFree, type Clearance, type Ground } from './ground.ts'

type Tree = Scenery['trees'][number]

/** Metres between lamps, between trees along a road, and between the places where a tree may stand elsewhere. */
const LAMP_STEP = 34
const ROADSIDE_STEP = 17
const PARK_STEP = 11
const WILD_STEP = 19
/** Metres of one patch of wood or meadow. */
const PATCH = 130

const BESIDE_ROAD: Clearance = { lane: 1.6, water: 2, building: 1.2 }
const WILD: Clearance = { lane: 5, water: 3, building: 3.5, green: 0 }

interface Wood {
  readonly seed: number
  readonly characterAt: (point: Point) => District['character']
  readonly parks: readonly Outline[]
}

/** Plants rows along roads, parks, and woods where nothing else stands. */
export function plantTrees(ground: Ground, draft: Draft, wood: Wood): Tree[] {
  const place = (point: Point, n: number): Tree => toTree(wood, point, n)
  const rows = roadside(draft).filter((point) => isFree(ground, [point], BESIDE_ROAD))
  const parks = wood.parks.flatMap((park, i) =>
    scatter(boxOf(park), PARK_STEP, wood.seed + i).filter(
      (point) => contains(park, point) && isFree(ground, [point], BESIDE_ROAD),
    ),
  )
  const whole = { left: 0, top: 0, right: ground.width, bottom: ground.height }
  const wild = scatter(whole, WILD_STEP, wood.seed).filter(
    (point) => isWooded(wood, point) && isFree(ground, [point], WILD),
  )
  return [...rows, ...parks, ...wild].map(place)
}

function roadside(draft: Draft): Point[] {
  return draft.network.roads.flatMap((road, i) => {
    const isLined = road.source.class === 'avenue' || road.source.class === 'street'
    if (!isLined || road.source.bridge || road.isCircle) return []
    const line = draft.roads[i]?.centreLine ?? []
    const { right, left } = halves(road)
    return stepsAlong(line, ROADSIDE_STEP).flatMap(({ point, along }) => [
      moved(point, rightOf(along), right + 3),
      moved(point, rightOf(along), -left - 3),
    ])
  })
}

/** Places at even distances along a line, as far from its end as from its beginning. */
function stepsAlong(line: Outline, step: number): ReturnType<typeof placeAlong>[] {
  const length = lengthOf(line)
  const count = Math.floor(length / step)
  const first = (length - (count - 1) * step) / 2
  return Array.from({ length: count }, (_, i) => placeAlong(line, first + i * step))
}

/** A grid of points, each shifted by chance within its square. */
function scatter(box: ReturnType<typeof boxOf>, step: number, seed: number): Point[] {
  const points: Point[] = []
  let n = 0
  for (let y = box.top; y < box.bottom; y += step) {
    for (let x = box.left; x < box.right; x += step) {
      n += 2
      points.push({
        x: x + step * randomShare(seed, streamOf('scatter'), n),
        y: y + step * randomShare(seed, streamOf('scatter'), n + 1),
      })
    }
  }
  return points
}

/** Woods come in patches: smooth noise between the corners of large squares. */
function isWooded({ seed, characterAt }: Wood, { x, y }: Point): boolean {
  const [column, row] = [Math.floor(x / PATCH), Math.floor(y / PATCH)]
  const [u, v] = [x / PATCH - column, y / PATCH - row]
  const corner = (i: number, j: number): number =>
    randomShare(seed, streamOf('wood'), (row + j + 7) * 512 + column + i + 7)
  const top = corner(0, 0) * (1 - u) + corner(1, 0) * u
  const bottom = corner(0, 1) * (1 - u) + corner(1, 1) * u
  const share = { business: 0.62, harbour: 0.66, 'old-town': 0.52, school: 0.5, suburb: 0.42, training: 0.5 }
  return top * (1 - v) + bottom * v > share[characterAt({ x, y })]
}

function toTree({ seed, characterAt }: Wood, point: Point, n: number): Tree {
  const chance = randomShare(seed, streamOf('tree'), n)
  const character = characterAt(point)
  const conifers = character === 'suburb' ? 0.5 : 0.15
  const kind = character === 'harbour' && chance < 0.4 ? 'palm' : chance > 1 - conifers ? 'conifer' : 'round'
  return { ...quantisePoint(point), size: metres(quantise(3.5 + 3.5 * randomShare(seed, streamOf('crown'), n))), kind }
}

/** Lamps stand at alternate kerbs, on the expressway between its directions. */
export function placeLamps(draft: Draft): Point[] {
  return draft.network.roads.flatMap((road, i) => {
    if (road.isCircle) return []
    const { right, left } = halves(road)
    return stepsAlong(draft.roads[i]?.centreLine ?? [], LAMP_STEP).map(({ point, along }, k) => {
      const aside = road.median > 0 ? 0 : k % 2 === 0 ? right + 0.9 : -left - 0.9
      return quantisePoint(moved(point, rightOf(along), aside))
    })
  })
}
