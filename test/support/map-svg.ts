import type { CityMap, Outline } from '../../shared/model/city-map.ts'

/** Draws a compiled map as SVG, to be looked at: every lane, junction, site and piece of scenery, nothing pretty. */
export function drawMap(
  map: CityMap,
  view = { x: 0, y: 0, width: map.width as number, height: map.height as number },
): string {
  const parts: string[] = []
  const polygon = (outline: Outline, style: string) =>
    parts.push(`<polygon points="${outline.map((p) => `${p.x},${p.y}`).join(' ')}" ${style}/>`)
  const { scenery, lanes } = map
  map.districts.forEach((district, i) => polygon(district.outline, `fill="hsl(${90 + i * 20} 30% ${80 + i}%)"`))
  scenery.parks.forEach((park) => polygon(park, 'fill="#9fd18b"'))
  scenery.water.forEach((water) => polygon(water, 'fill="#7ab7dd"'))
  scenery.plazas.forEach((plaza) => polygon(plaza, 'fill="#e5d8bd"'))
  const level = (onBridge: boolean) => {
    map.junctions.forEach((junction) => {
      if (!onBridge && junction.outline.length > 2) polygon(junction.outline, 'fill="#777"')
    })
    for (let lane = 0; lane < lanes.count; lane += 1) {
      const road = map.roads[lanes.road[lane] ?? -1]
      if ((road?.onBridge ?? false) !== onBridge) continue
      const colour = onBridge ? '#444' : road ? '#555' : '#6b6b6b'
      const width = (lanes.width[lane] ?? 3) + 0.3
      parts.push(`<polyline points="${lanePoints(map, lane)}" fill="none" stroke="${colour}" stroke-width="${width}"/>`)
    }
  }
  level(false)
  level(true)
  for (let lane = 0; lane < lanes.count; lane += 1) {
    const colour = (lanes.road[lane] ?? -1) >= 0 ? '#fff' : '#ff0'
    parts.push(`<polyline points="${lanePoints(map, lane)}" fill="none" stroke="${colour}" stroke-width="0.25"/>`)
  }
  const shade: Record<string, string> = {
    house: '#d9a07a', 'old-house': '#c98d6b', office: '#9aa7b5', tower: '#6f87a5', warehouse: '#a9a18c', school: '#e0b04a',
    stadium: '#d6d6e6', church: '#b9a7d0', crane: '#d33', station: '#3b6fd1',
  } // prettier-ignore
  scenery.buildings.forEach(({ kind, outline }) =>
    polygon(outline, `fill="${shade[kind] ?? '#000'}" stroke="#333" stroke-width="0.3"`),
  )
  scenery.trees.forEach(({ x, y, size, kind }) =>
    parts.push(
      `<circle cx="${x}" cy="${y}" r="${size / 2}" fill="${kind === 'conifer' ? '#2f6b3a' : '#4d9a4a'}" opacity="0.8"/>`,
    ),
  )
  scenery.lamps.forEach(({ x, y }) => parts.push(`<circle cx="${x}" cy="${y}" r="0.6" fill="#ff9"/>`))
  scenery.boats.forEach(({ x, y, heading, length }) =>
    parts.push(
      `<rect x="${x - length / 2}" y="${y - length / 10}" width="${length}" height="${length / 5}" fill="#fff" stroke="#333" transform="rotate(${(heading * 180) / Math.PI} ${x} ${y})"/>`,
    ),
  )
  map.parkings.forEach(({ x, y, heading }) =>
    parts.push(
      `<rect x="${x - 2.5}" y="${y - 1}" width="5" height="2" fill="none" stroke="#00f" stroke-width="0.3" transform="rotate(${(heading * 180) / Math.PI} ${x} ${y})"/>`,
    ),
  )
  map.crossings.forEach(({ from, to }) =>
    parts.push(
      `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke="#fff" stroke-width="3" stroke-dasharray="0.6 0.6" opacity="0.8"/>`,
    ),
  )
  map.cameras.forEach(({ x, y, id }) =>
    parts.push(`<circle cx="${x}" cy="${y}" r="4" fill="red"/><text x="${x}" y="${y}" font-size="14">${id}</text>`),
  )
  map.stations.forEach(({ x, y, id }) => parts.push(`<text x="${x}" y="${y}" font-size="12" fill="#00c">${id}</text>`))
  map.junctions.forEach(({ program }) =>
    program?.heads.forEach(({ x, y }) => parts.push(`<circle cx="${x}" cy="${y}" r="1" fill="#0c0"/>`)),
  )
  const box = `${view.x} ${view.y} ${view.width} ${view.height}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" style="background:#dfe6cf">${parts.join('\n')}</svg>`
}

function lanePoints({ lanes }: CityMap, lane: number): string {
  const points: string[] = []
  for (let i = lanes.pointStart[lane] ?? 0; i < (lanes.pointStart[lane + 1] ?? 0); i += 1) {
    points.push(`${lanes.pointX[i]},${lanes.pointY[i]}`)
  }
  return points.join(' ')
}
