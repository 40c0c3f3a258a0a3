import type { AlarmState } from '../../shared/aws/alarm.ts'
import type { CityMap, Point, StationKind } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import type { SeatView, Text } from '../../shared/protocol/view.ts'
import type { XrayNews } from '../../shared/protocol/xray.ts'
import { agentOf, SYSTEMS_MANAGER } from './agents.ts'
import { carriedBy } from './carried.ts'
import { alarmSignOf } from './street-alarms.ts'
import type { LabelWish } from './street-labels.ts'

const STATIONS: Readonly<Partial<Record<StationKind, string | null>>> = {
  command: agentOf('bridge').awsName,
  police: agentOf('trail').awsName,
  inspection: agentOf('config').awsName,
  response: agentOf('lambda').awsName,
  garage: SYSTEMS_MANAGER,
}

const VEHICLES: Readonly<Partial<Record<VehicleKind, { readonly text: string; readonly colour: string }>>> = {
  police: { text: 'CloudTrail', colour: '#d5e4ff' },
  inspector: { text: 'Config', colour: '#c9fff6' },
  response: { text: 'Lambda', colour: '#ffe2c4' },
  drone: { text: 'Lambda', colour: '#ffe2c4' },
  'tow-truck': { text: 'Lambda', colour: '#ffe2c4' },
}

/** An alarm's state is a shape, a colour and AWS's word, all at once. */
const STATES: Readonly<Record<AlarmState, { readonly mark: string; readonly colour: string }>> = {
  OK: { mark: '✓', colour: '#9fe8c4' },
  ALARM: { mark: '▲', colour: '#ffb4ab' },
  INSUFFICIENT_DATA: { mark: '?', colour: '#ffe08a' },
}
const CAMERA_COLOUR = '#ffd9e6'

interface Seen extends Point {
  readonly id: number
  readonly kind: VehicleKind
}

interface Street {
  readonly map: CityMap
  readonly seat: SeatView
  readonly own: Point | null
  readonly cars: readonly Seen[]
  /** From far above only what stands still is named. */
  readonly isFar: boolean
  /** What the things carry, once it has come. */
  readonly news: XrayNews | null
  /** Puts a sentence into the reader's language. */
  readonly say: (text: Text) => string
}

/** What the X-ray calls the things of the city, AWS's own names, and what each carries. The most telling first. */
export function namesOf(street: Street): LabelWish[] {
  const { map, seat, own, isFar } = street
  const cameras = map.cameras.map((camera) => cameraOf(street, camera))
  const stations = map.stations.flatMap(({ kind, x, y }): LabelWish[] => {
    const text = STATIONS[kind]
    return text
      ? [{ text: stationText(street, kind, text), at: { x, y }, below: isFar ? 15 : 26, colour: '#ffffff' }]
      : []
  })
  const isCommand = ({ text }: LabelWish) => text.startsWith(STATIONS.command ?? '')
  return [
    ...verdictsOf(seat, own),
    ...stations.filter(isCommand),
    ...cameras.filter(({ isAlarm }) => isAlarm),
    ...stations.filter((each) => !isCommand(each)),
    ...vehiclesOf(street),
    ...cameras.filter(({ isAlarm }) => !isAlarm),
  ]
}

function cameraOf({ seat, isFar, news }: Street, { id, x, y }: Point & { readonly id: string }) {
  const carried = news?.cameras.find((camera) => camera.id === id)
  const state = carried ? carried.state : (alarmSignOf(seat.alarms, id)?.state ?? null)
  const isTold = state !== null && (!isFar || state !== 'OK')
  const lines = [`CloudWatch ${id}`, ...(isTold ? [`${STATES[state].mark} ${state}`] : [])]
  return {
    text: lines.join('\n'),
    at: { x, y },
    below: isFar ? 12 : 22,
    colour: isTold ? STATES[state].colour : CAMERA_COLOUR,
    isAlarm: state === 'ALARM',
    ...(carried && !isFar && news?.frame ? { graph: { frame: news.frame, camera: carried } } : {}),
  }
}

/** The command centre says what it recognised last, the response units how many of them run. */
function stationText({ seat, news, isFar, say }: Street, kind: StationKind, name: string): string {
  if (isFar) return name
  if (kind === 'command' && news?.match) {
    const { ruleName, matches } = news.match
    return `${name}\n${say({ key: 'xray.match', params: { rule: ruleName, matches } })}`
  }
  if (kind !== 'response') return name
  const units = seat.units.map(({ functionName, running, warm }) =>
    say({ key: 'xray.unit', params: { function: functionName, running, warm } }),
  )
  return [name, ...units].join('\n')
}

function vehiclesOf({ cars, isFar, news, say }: Street): LabelWish[] {
  if (isFar) return []
  const carried = new Map(news?.agents.map((agent) => [agent.car, agent]))
  return cars.flatMap((car): LabelWish[] => {
    const name = VEHICLES[car.kind]
    const agent = carried.get(car.id)
    if (!name) return []
    const text = agent ? `${name.text}\n${say(carriedBy(agent))}` : name.text
    return [{ text, colour: name.colour, at: { x: car.x, y: car.y }, below: 18 }]
  })
}

/** The own car carries its verdicts, in AWS's words: rule by rule what is wrong, and how many are as they should be. */
function verdictsOf({ car, fleet }: SeatView, own: Point | null): LabelWish[] {
  const line = fleet.find(({ plate }) => plate === car?.plate)
  if (!own || !line) return []
  const verdicts = Object.entries(line.verdicts)
  const wrong = verdicts.filter(([, verdict]) => verdict === 'NON_COMPLIANT')
  const right = verdicts.filter(([, verdict]) => verdict === 'COMPLIANT').length
  const lines = [
    line.plate,
    ...wrong.map(([rule, verdict]) => `▲ ${rule}  ${verdict}`),
    ...(right > 0 ? [`✓ ${right} × COMPLIANT`] : []),
  ]
  return [{ text: lines.join('\n'), at: own, below: 36, colour: '#ffffff' }]
}
