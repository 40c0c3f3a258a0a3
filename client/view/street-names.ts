import type { CityMap, Point, StationKind } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import type { SeatView } from '../../shared/protocol/view.ts'
import { agentOf } from './agents.ts'
import { alarmSignOf } from './street-alarms.ts'
import type { LabelWish } from './street-labels.ts'

const STATIONS: Readonly<Partial<Record<StationKind, string | null>>> = {
  command: agentOf('bridge').awsName,
  police: agentOf('trail').awsName,
  inspection: agentOf('config').awsName,
  response: agentOf('lambda').awsName,
  garage: 'AWS Systems Manager',
}

const VEHICLES: Readonly<Partial<Record<VehicleKind, { readonly text: string; readonly colour: string }>>> = {
  police: { text: 'CloudTrail', colour: '#d5e4ff' },
  inspector: { text: 'Config', colour: '#c9fff6' },
  response: { text: 'Lambda', colour: '#ffe2c4' },
  drone: { text: 'Lambda', colour: '#ffe2c4' },
}

interface Seen extends Point {
  readonly kind: VehicleKind
}

interface Street {
  readonly map: CityMap
  readonly seat: SeatView
  readonly own: Point | null
  readonly cars: readonly Seen[]
  /** From far above only what stands still is named. */
  readonly isFar: boolean
}

/** What the X-ray calls the things of the city: AWS's own names, the same in every language. The most telling first. */
export function namesOf({ map, seat, own, cars, isFar }: Street): LabelWish[] {
  const cameras = map.cameras.map(({ id, x, y }) => {
    const sign = alarmSignOf(seat.alarms, id)
    const text = sign && (!isFar || sign.state !== 'OK') ? `CloudWatch ${id}\n${sign.state}` : `CloudWatch ${id}`
    return { text, at: { x, y }, below: isFar ? 12 : 22, colour: '#ffd9e6', isAlarm: sign?.state === 'ALARM' }
  })
  const stations = map.stations.flatMap(({ kind, x, y }): LabelWish[] => {
    const text = STATIONS[kind]
    return text ? [{ text, at: { x, y }, below: isFar ? 15 : 26, colour: '#ffffff' }] : []
  })
  const vehicles = cars.flatMap((car): LabelWish[] => {
    const name = VEHICLES[car.kind]
    return name && !isFar ? [{ ...name, at: { x: car.x, y: car.y }, below: 18 }] : []
  })
  return [
    ...verdictsOf(seat, own),
    ...stations.filter(({ text }) => text === STATIONS.command),
    ...cameras.filter(({ isAlarm }) => isAlarm),
    ...stations.filter(({ text }) => text !== STATIONS.command),
    ...vehicles,
    ...cameras.filter(({ isAlarm }) => !isAlarm),
  ]
}

/** The own car carries its verdicts: rule by rule, in AWS's words. */
function verdictsOf({ car, fleet }: SeatView, own: Point | null): LabelWish[] {
  const line = fleet.find(({ plate }) => plate === car?.plate)
  if (!own || !line) return []
  const verdicts = Object.entries(line.verdicts).map(([rule, verdict]) => `${rule}  ${verdict}`)
  return [{ text: [line.plate, ...verdicts].join('\n'), at: own, below: 36, colour: '#ffffff' }]
}
