import type { CityMap, Outline } from '../../../shared/model/city-map.ts'
import { withRoundCorners } from '../../view/street-corners.ts'
import type { Country } from '../../view/street-country.ts'
import { boxOf, lanePoints } from '../../view/street-lines.ts'
import { limitSignsOf } from '../../view/street-markings.ts'
import { isMerge } from '../../view/street-merges.ts'
import { CONTRAST } from '../../view/street-palette.ts'
import { enter, paintAll, type GroundPicture } from './ground-picture.ts'
import { bridgeMarkingPieces, linePieces, signPiece } from './paint-markings.ts'
import { colourOfStation } from './paint-stations.ts'
import { fill, FINE, stroke, trace, type Piece } from './pen.ts'

/** Metres; from far above wider, or it would vanish. */
const EDGE = 0.7
const FAR_EDGE = 2.4

/** The city for those who need contrast: flat, without shadows or ornament, streets black with a bright edge. */
export function openContrastPicture(map: CityMap, { waters, sea }: Country): GroundPicture {
  const { parks, plazas, buildings } = map.scenery
  const isBridge = (lane: number) => map.roads[map.lanes.road[lane] ?? -1]?.onBridge === true
  const lanes = Array.from({ length: map.lanes.count }, (_, lane) => lane)
  const bridges = [...streetPieces(map, lanes.filter(isBridge), CONTRAST.bridge), ...bridgeMarkingPieces(map)]
  const below = [
    ...plazas.map((outline) => flat(outline, CONTRAST.block)),
    ...parks.map((outline) => flat(outline, CONTRAST.park, CONTRAST.parkEdge)),
    ...[...waters, ...(sea ? [sea] : [])].map((outline) => flat(outline, CONTRAST.water, CONTRAST.waterEdge)),
    ...streetPieces(withRoundCorners(map), lanes.filter((lane) => !isBridge(lane)), CONTRAST.edge), // prettier-ignore
    ...linePieces(map),
    ...bridges,
    ...buildings.map(({ outline }) => flat(outline, CONTRAST.building, CONTRAST.buildingEdge)),
    ...map.stations.map(({ kind, outline }) => flat(outline, colourOfStation(kind), CONTRAST.edge)),
    ...limitSignsOf(map).map((sign) => signPiece(sign)),
  ]

  return {
    paint(pen, box) {
      enter(pen, box, pen.canvas.width / (box.right - box.left))
      pen.fillStyle = CONTRAST.ground
      pen.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top)
      paintAll(pen, below, box)
    },
    paintBridges(pen, box, outline) {
      enter(pen, box, pen.canvas.width / (box.right - box.left))
      trace(pen, outline)
      pen.clip()
      paintAll(pen, bridges, box)
    },
  }
}

function flat(outline: Outline, colour: string, edge?: string): Piece {
  return {
    box: boxOf(outline, EDGE),
    paint(pen) {
      fill(pen, outline, colour)
      if (edge !== undefined) stroke(pen, outline, { colour: edge, width: EDGE, isClosed: true })
    },
  }
}

/** All edges first and all asphalt after, so that streets join without lines across. */
function streetPieces(map: CityMap, lanes: readonly number[], edge: string): Piece[] {
  const junctions =
    edge === CONTRAST.edge
      ? map.junctions.filter((junction) => junction.outline.length > 2 && !isMerge(map, junction))
      : []
  const strips = lanes.map((lane) => ({ points: lanePoints(map, lane), width: map.lanes.width[lane] ?? 3 }))
  return [
    ...strips.map(({ points, width }) => edgeOf(points, width, edge)),
    ...junctions.map(({ outline }) => edgeOf(outline, 0, edge, true)),
    ...strips.map(({ points, width }) => asphaltOf(points, width + 0.2)),
    ...junctions.map(({ outline }) => flat(outline, CONTRAST.street)),
  ]
}

function edgeOf(points: Outline, width: number, colour: string, isClosed = false): Piece {
  return {
    box: boxOf(points, width + 2 * FAR_EDGE),
    paint(pen, detail) {
      stroke(pen, points, { colour, width: width + 2 * (detail < FINE ? FAR_EDGE : EDGE), isClosed })
    },
  }
}

const asphaltOf = (points: Outline, width: number): Piece => ({
  box: boxOf(points, width),
  paint: (pen) => stroke(pen, points, { colour: CONTRAST.street, width }),
})
