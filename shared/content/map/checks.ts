import type { Outline } from '../../model/city-map.ts'
import type { MapFault, MapSource } from '../map-source.ts'
import type { Arm } from './arms.ts'
import type { Draft } from './draft.ts'
import { boxesMeet, boxOf, crossing, placeAlong } from './geometry.ts'
import type { Network } from './network.ts'

/** Reports nodes and outlines that lie off the map. */
export function checkPlaces(source: MapSource, faults: MapFault[]): void {
  const isOff = ([x, y]: readonly [number, number]): boolean => x < 0 || y < 0 || x > source.width || y > source.height
  source.nodes.forEach((node, i) => {
    if (isOff(node.at)) faults.push({ path: `nodes[${i}].at`, reason: 'lies off the map' })
  })
  const areas = { zones: source.zones, districts: source.districts }
  for (const [kind, list] of Object.entries(areas)) {
    list.forEach(({ outline }, i) => {
      const k = outline.findIndex(isOff)
      if (k >= 0) faults.push({ path: `${kind}[${i}].outline[${k}]`, reason: 'lies off the map' })
    })
  }
  for (const kind of ['districts', 'cameras', 'stations', 'crossings', 'zones'] as const) {
    const seen = new Set<string>()
    source[kind].forEach(({ id }, i) => {
      if (seen.has(id)) faults.push({ path: `${kind}[${i}].id`, reason: `the id ${id} is taken` })
      seen.add(id)
    })
  }
}

/** Reports signs for roads that do not end at the node. */
export function checkSigns(source: MapSource, faults: MapFault[]): void {
  source.nodes.forEach((node, i) => {
    node.minor?.forEach((roadId, k) => {
      const ends = source.roads.some(({ id, from, to }) => id === roadId && (from === node.id || to === node.id))
      if (!ends) faults.push({ path: `nodes[${i}].minor[${k}]`, reason: `no road ${roadId} ends at ${node.id}` })
    })
  })
}

/** Reports road ends where no other road goes on, and nodes without any road. */
export function checkEnds(network: Network, arms: readonly Arm[][], faults: MapFault[]): void {
  network.nodes.forEach((node, i) => {
    const [only, ...more] = arms[i] ?? []
    const isOpened = node.source.control === 'roundabout' && !node.isCircle
    if (!only && !isOpened) faults.push({ path: node.path, reason: `no road ends at ${node.id}` })
    const road = network.roads[only?.road ?? -1]
    if (!only || !road || more.length > 0) return
    faults.push({ path: `${road.path}.${only.end}`, reason: `dangling road: no other road ends at ${node.id}` })
  })
}

/** Reports roads that cross one another without a junction, unless one of them is a bridge. */
export function checkCrossings(network: Network, lines: readonly Outline[], faults: MapFault[]): void {
  const boxes = lines.map((line, i) => ({ i, line, box: boxOf(line) })).sort((a, b) => a.box.left - b.box.left)
  boxes.forEach((a, k) => {
    for (let j = k + 1; j < boxes.length; j += 1) {
      const b = boxes[j]
      if (!b || b.box.left > a.box.right) return
      if (!boxesMeet(a.box, b.box)) continue
      const [one, other] = [network.roads[a.i], network.roads[b.i]]
      if (!one || !other || one.source.bridge || other.source.bridge) continue
      const met = crossing(a.line, b.line)
      if (!met) continue
      const { point } = placeAlong(a.line, met.onA)
      const where = `(${Math.round(point.x)}, ${Math.round(point.y)})`
      faults.push({ path: one.path, reason: `crosses ${other.id} at ${where} without a junction or a bridge` })
    }
  })
}

/** Reports lanes that lead nowhere, and roads that cannot be reached from, or cannot reach, the first road. */
export function checkReach(draft: Draft, faults: MapFault[]): void {
  const { lanes, network } = draft
  lanes.forEach((lane) => {
    const road = network.roads[lane.road]
    if (!road || lane.successors.length > 0) return
    const node = network.nodes[lane.junction]
    faults.push({ path: road.path, reason: `a lane of ${road.id} leads nowhere at ${node?.id ?? '?'}` })
  })
  const ahead = lanes.map((lane) => [...lane.successors, lane.left, lane.right].filter((next) => next >= 0))
  const behind: number[][] = lanes.map(() => [])
  ahead.forEach((nexts, i) => nexts.forEach((next) => behind[next]?.push(i)))
  const reached = reach(ahead)
  const reaching = reach(behind)
  const reported = new Set<number>()
  lanes.forEach((lane, i) => {
    const { road } = lane
    if (road < 0) return
    if ((reached.has(i) && reaching.has(i)) || reported.has(road)) return
    reported.add(road)
    const what = reached.has(i) ? 'no way leads back from here to' : 'cannot be reached from'
    const piece = network.roads[road]
    faults.push({ path: piece?.path ?? '', reason: `${piece?.id ?? '?'} ${what} ${network.roads[0]?.id ?? '?'}` })
  })
}

function reach(next: readonly (readonly number[])[]): Set<number> {
  const seen = new Set([0])
  const waiting = [0]
  for (let lane = waiting.pop(); lane !== undefined; lane = waiting.pop()) {
    for (const other of next[lane] ?? []) {
      if (seen.has(other)) continue
      seen.add(other)
      waiting.push(other)
    }
  }
  return seen
}
