/** Fewer columns or rows than this have no ring around them. */
export const LEAST_RING = 4
/** The ring's quarter on which lessons begin: long, with a camera. */
export const RING_START = 'ring-north-east'
/** Metres from the map's edge to the ring, and of its bends. */
const INSET = 90
const BEND = 170
/** Of the circles at its four gates. */
const RADIUS = 34
/** Share of a quarter after which its camera stands: some twenty seconds from the start. */
const CAMERA_AT = 0.36

export const NO_RING = { nodes: [], roads: [], cameras: [] } as const

/**
 * A ring road of four quarters with the expressway's limit around a town, and a gate in the middle of each side from
 * where an avenue leads in.
 *
 * @param lots metres between junctions, and from the map's edge to the outermost ones
 */
export function planRing(size: { columns: number; rows: number }, lots: { block: number; margin: number }) {
  const { columns, rows } = size
  const { block, margin } = lots
  const [middleColumn, middleRow] = [Math.floor(columns / 2), Math.floor(rows / 2)]
  const [x, y] = [margin + middleColumn * block, margin + middleRow * block]
  const [right, bottom] = [(columns - 1) * block + 2 * margin - INSET, (rows - 1) * block + 2 * margin - INSET]
  const gate = (id: string, at: readonly [number, number]) => ({ id, at, control: 'roundabout', radius: RADIUS })
  const quarter = (id: string, ends: readonly [string, string], via: readonly (readonly [number, number])[]) => ({
    id,
    name: 'A1',
    class: 'expressway',
    from: ends[0],
    to: ends[1],
    via,
  })
  const avenue = (from: string, to: string) => ({ id: `${from}-in`, name: 'A1', class: 'avenue', from, to })
  return {
    nodes: [
      gate('gate-north', [x, INSET]),
      gate('gate-east', [right, y]),
      gate('gate-south', [x, bottom]),
      gate('gate-west', [INSET, y]),
    ],
    roads: [
      quarter(RING_START, ['gate-north', 'gate-east'], [[right - BEND, INSET], [right, INSET + BEND]]), // prettier-ignore
      quarter('ring-south-east', ['gate-east', 'gate-south'], [[right, bottom - BEND], [right - BEND, bottom]]), // prettier-ignore
      quarter('ring-south-west', ['gate-south', 'gate-west'], [[INSET + BEND, bottom], [INSET, bottom - BEND]]), // prettier-ignore
      quarter('ring-north-west', ['gate-west', 'gate-north'], [[INSET, INSET + BEND], [INSET + BEND, INSET]]), // prettier-ignore
      avenue('gate-north', `n${middleColumn}-0`),
      avenue('gate-east', `n${columns - 1}-${middleRow}`),
      avenue('gate-south', `n${middleColumn}-${rows - 1}`),
      avenue('gate-west', `n0-${middleRow}`),
    ],
    cameras: ['north-east', 'south-east', 'south-west', 'north-west'].map((part) => ({
      id: `RING-${part}`,
      road: `ring-${part}`,
      at: CAMERA_AT,
      metres: 90,
    })),
  }
}
