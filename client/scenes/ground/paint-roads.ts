import type { CityMap, Outline, Road } from '../../../shared/model/city-map.ts'
import { boxOf, doMeet, hashAt, lanePoints, lengthOf, offsetLine, placeOn } from '../../view/street-lines.ts'
import { isMerge, mergeMarksOf } from '../../view/street-merges.ts'
import { PALETTE } from '../../view/street-palette.ts'
import { fill, FINE, stroke, within, type Pen, type Piece } from './pen.ts'
import { inside } from './scatter.ts'

const PAVEMENT_WIDTH = 2.4
const SHOULDER = 0.5
/** How far the shadow of a bridge falls to the east and to the south. */
const DECK_HEIGHT = 2.4

type Surface = 'fast' | 'town' | 'slow'

const ASPHALT: Readonly<Record<Surface, string>> = {
  fast: PALETTE.asphaltFast,
  town: PALETTE.asphalt,
  slow: PALETTE.asphaltSlow,
}

interface Strip {
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly width: number
  readonly surface: Surface
}

/** Pavements first, then asphalt over all of them, so that streets join without seams. Fast roads lie on top. */
export function roadPieces(map: CityMap): Piece[] {
  const onGround = map.roads.filter(({ onBridge }) => !onBridge)
  const strips = [...onGround.flatMap((road) => stripsOf(map, road)), ...connectorStrips(map)]
  const town = strips.filter(({ surface }) => surface !== 'fast')
  const fast = strips.filter(({ surface }) => surface === 'fast')
  return [
    ...fast.map((strip) => band(strip, 2 * (SHOULDER + 1.5), PALETTE.grassDeep)),
    ...map.scenery.water.flatMap((outline) => viaductPieces(outline, fast)),
    ...town.map((strip) => band(strip, 2 * (PAVEMENT_WIDTH + 0.3), PALETTE.kerb)),
    ...junctionPieces(map, 2 * (PAVEMENT_WIDTH + 0.3), PALETTE.kerb),
    ...town.map((strip) => band(strip, 2 * PAVEMENT_WIDTH, PALETTE.pavement)),
    ...junctionPieces(map, 2 * PAVEMENT_WIDTH, PALETTE.pavement),
    ...town.filter(({ surface }) => surface !== 'slow').map((strip) => jointsPiece(strip)),
    ...town.map((strip) => band(strip, 0.6, PALETTE.kerb)),
    ...strips.map((strip) => band(strip, strip.surface === 'fast' ? 2 * SHOULDER : 0.1, ASPHALT[strip.surface])),
    ...map.junctions
      .filter((junction) => !isMerge(map, junction))
      .map((junction) => junctionPiece(junction.outline, surfaceAt(map, junction.connectors))),
    ...mergeMarksOf(map).medians.map((outline) => mergeMedianPiece(outline)),
    ...onGround.flatMap((road) => medianPieces(map, road)),
    ...onGround.filter(isFastRoad).flatMap((road) => railPieces(map, road)),
    ...islandPieces(map),
  ]
}

/** Decks, pavements and asphalt of the bridges, over all that they cross. */
export function bridgePieces(map: CityMap): Piece[] {
  const bridges = map.roads.filter(({ onBridge }) => onBridge)
  const strips = bridges.flatMap((road) => stripsOf(map, road))
  const pavement = (strip: Strip) => (strip.surface === 'fast' ? 2 * SHOULDER : 2 * PAVEMENT_WIDTH)
  return [
    ...strips.map((strip) => deckPiece(strip)),
    ...strips.map((strip) => band(strip, pavement(strip), PALETTE.pavement)),
    ...strips.filter(({ surface }) => surface === 'town').map((strip) => jointsPiece(strip)),
    ...strips.map((strip) => band(strip, 0.6, PALETTE.kerb)),
    ...strips.map((strip) => band(strip, 0.1, ASPHALT[strip.surface])),
    ...bridges.flatMap((road) => medianPieces(map, road)),
  ]
}

const isFastRoad = (road: Road) => road.class === 'expressway'
const surfaceOf = (road: Road | undefined): Surface =>
  road?.class === 'expressway' || road?.class === 'ramp' ? 'fast' : road?.class === 'lane' ? 'slow' : 'town'

function stripsOf(map: CityMap, road: Road): Strip[] {
  return [...road.forward, ...road.backward].map((lane) => ({
    points: lanePoints(map, lane),
    width: map.lanes.width[lane] ?? road.laneWidth,
    surface: surfaceOf(road),
  }))
}

function connectorStrips(map: CityMap): Strip[] {
  return map.junctions.flatMap(({ connectors }) =>
    connectors.map((lane) => ({
      points: lanePoints(map, lane),
      width: map.lanes.width[lane] ?? 3.25,
      surface: surfaceAt(map, [lane]),
    })),
  )
}

/** A way through a junction is as fast as the slowest road that leads into it. */
function surfaceAt({ lanes, roads }: CityMap, connectors: readonly number[]): Surface {
  const before = connectors.map((lane) => lanes.predecessor[lanes.predecessorStart[lane] ?? 0] ?? -1)
  const after = connectors.map((lane) => lanes.successor[lanes.successorStart[lane] ?? 0] ?? -1)
  const met = [...before, ...after].map((lane) => surfaceOf(roads[lanes.road[lane] ?? -1]))
  return met.every((surface) => surface === 'fast') && met.length > 0 ? 'fast' : met.includes('town') ? 'town' : 'slow'
}

/** A lane's whole width plus `extra` metres, in one colour. */
function band({ points, width }: Strip, extra: number, colour: string): Piece {
  return {
    box: boxOf(points, width + extra),
    paint: (pen) => stroke(pen, points, { colour, width: width + extra, cap: 'butt' }),
  }
}

/** Slabs of the pavement: thin joints every two metres. */
function jointsPiece({ points, width }: Strip): Piece {
  const total = width + 2 * PAVEMENT_WIDTH - 0.1
  return {
    box: boxOf(points, total),
    paint(pen, detail) {
      if (detail >= FINE) stroke(pen, points, { colour: '#cbc2b1', width: total, dash: [0.09, 1.91] })
    },
  }
}

function junctionPieces(map: CityMap, width: number, colour: string): Piece[] {
  return map.junctions
    .filter(({ outline, connectors }) => outline.length > 2 && surfaceAt(map, connectors) !== 'fast')
    .map(({ outline }) => ({
      box: boxOf(outline, width),
      paint: (pen) => stroke(pen, outline, { colour, width, isClosed: true }),
    }))
}

function junctionPiece(outline: readonly { readonly x: number; readonly y: number }[], surface: Surface): Piece {
  return {
    box: boxOf(outline, 1),
    paint(pen) {
      if (outline.length > 2) fill(pen, outline, ASPHALT[surface])
    },
  }
}

/** Fast roads stand on concrete where they cross water, and their shadow lies on it. */
function viaductPieces(water: Outline, fast: readonly Strip[]): Piece[] {
  const box = boxOf(water)
  const over = fast.filter(({ points }) => doMeet(boxOf(points, DECK_HEIGHT), box))
  if (over.length === 0) return []
  return [
    {
      box,
      paint(pen) {
        inside(pen, water, () => {
          const [shade, rim] = [2 * (SHOULDER + 1.6), 2 * (SHOULDER + 1.5)]
          for (const { points, width } of over) {
            const falling = points.map(({ x, y }) => ({ x: x + DECK_HEIGHT, y: y + DECK_HEIGHT }))
            stroke(pen, falling, { colour: '#2f7ba3', width: width + shade })
          }
          for (const { points, width } of over) stroke(pen, points, { colour: '#8d8371', width: width + rim })
          for (const { points, width } of over) stroke(pen, points, { colour: PALETTE.cream, width: width + rim - 0.8 })
        })
      },
    },
  ]
}

/** Piers, deck and railings where a street crosses water. */
function deckPiece({ points, width }: Strip): Piece {
  const total = width + 2 * (PAVEMENT_WIDTH + 0.9)
  const length = lengthOf(points)
  const falling = [placeOn(points, DECK_HEIGHT), ...points.slice(1, -1), placeOn(points, length - DECK_HEIGHT)]
  const shade = falling.map(({ x, y }) => ({ x: x + DECK_HEIGHT, y: y + DECK_HEIGHT }))
  return {
    box: boxOf(points, total + 4),
    paint(pen) {
      stroke(pen, shade, { colour: '#1b254740', width: total })
      stroke(pen, points, { colour: '#8d8371', width: total })
      stroke(pen, points, { colour: PALETTE.cream, width: total - 0.9 })
    },
  }
}

/** What lies between the two directions: a planted strip with a rail on fast roads, a kerb in town. */
function medianPieces(map: CityMap, road: Road): Piece[] {
  const [right, left] = [road.forward.at(-1), road.backward.at(-1)]
  if (right === undefined || left === undefined) return []
  const near = offsetLine(lanePoints(map, right), -(road.laneWidth / 2))
  const far = offsetLine(lanePoints(map, left), -(road.laneWidth / 2)).reverse()
  const start = { near: near[0], far: far[0] }
  const gap = start.near && start.far ? Math.hypot(start.near.x - start.far.x, start.near.y - start.far.y) : 0
  if (gap < 0.8) return []
  const outline = [...near, ...far.toReversed()]
  const isFast = surfaceOf(road) === 'fast'
  return [
    {
      box: boxOf(outline, 1),
      paint(pen) {
        fill(pen, outline, PALETTE.grassDeep)
        stroke(pen, outline, { colour: PALETTE.kerb, width: 0.35, isClosed: true })
        const middle = road.centreLine
        if (isFast) rail(pen, middle)
        else stroke(pen, middle, { colour: PALETTE.leaf, width: gap * 0.5, dash: [1.6, 1.2], cap: 'round' })
      },
    },
  ]
}

function mergeMedianPiece(outline: readonly { readonly x: number; readonly y: number }[]): Piece {
  return {
    box: boxOf(outline, 1),
    paint(pen) {
      fill(pen, outline, PALETTE.grassDeep)
      stroke(pen, outline, { colour: PALETTE.kerb, width: 0.35, isClosed: true })
    },
  }
}

function railPieces(map: CityMap, road: Road): Piece[] {
  return [road.forward[0], road.backward[0]].flatMap((lane): Piece[] => {
    if (lane === undefined) return []
    const line = offsetLine(lanePoints(map, lane), road.laneWidth / 2 + SHOULDER + 0.8)
    return [{ box: boxOf(line, 1), paint: (pen) => rail(pen, line) }]
  })
}

function rail(pen: Pen, line: readonly { readonly x: number; readonly y: number }[]): void {
  stroke(pen, line, { colour: '#1b254738', width: 0.7 })
  stroke(pen, line, { colour: '#dfe4ea', width: 0.34 })
  stroke(pen, line, { colour: PALETTE.slate, width: 0.5, dash: [0.3, 3.7] })
}

/** The planted middle of a roundabout, where its ring of lanes leaves room. */
function islandPieces(map: CityMap): Piece[] {
  return map.junctions
    .filter(({ control, outline }) => control === 'roundabout' && outline.length > 2)
    .flatMap(({ x, y, outline }): Piece[] => {
      const reach = Math.min(...outline.map((p) => Math.hypot(p.x - x, p.y - y)))
      const radius = reach - 8
      if (radius < 3) return []
      return [{ box: boxOf([{ x, y }], radius + 1), paint: (pen) => island(pen, { x, y }, radius) }]
    })
}

function island(pen: Pen, at: { readonly x: number; readonly y: number }, radius: number): void {
  const ring = (share: number, colour: string) => {
    pen.beginPath()
    pen.arc(at.x, at.y, radius * share, 0, Math.PI * 2)
    pen.fillStyle = colour
    pen.fill()
  }
  ring(1, PALETTE.kerb)
  ring(0.96, PALETTE.pavement)
  ring(0.8, PALETTE.leafDark)
  ring(0.74, PALETTE.park)
  for (let i = 0; i < 14; i += 1) {
    const turn = (i * Math.PI) / 7
    const place = { x: at.x + Math.cos(turn) * radius * 0.55, y: at.y + Math.sin(turn) * radius * 0.55, heading: 0 }
    const colour = hashAt(place.x, place.y) < 0.5 ? '#f6d25f' : '#ef8fa3'
    within(pen, place, () => {
      pen.fillStyle = colour
      pen.fillRect(-0.5, -0.5, 1, 1)
    })
  }
  ring(0.3, '#e3d5b0')
  ring(0.22, PALETTE.clay)
}
