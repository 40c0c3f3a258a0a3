import type { VehiclePart } from '../../shared/model/vehicle.ts'
import { VEHICLE_KINDS } from '../../shared/model/vehicle.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import { randomBelow, randomShare } from '../../shared/random.ts'
import { kmh } from '../../shared/units.ts'
import type { Street } from './street.ts'

const PARTS: readonly VehiclePart[] = ['brakes', 'tyres', 'headlights', 'seatBelt', 'fuel']
const SEATS = ['a', 'b', 'c', 'd']

/** Up to four commands for one tick: mostly sound ones, some out of range, some about nobody. */
export function randomCommands(street: Pick<Street, 'world'>, seed: number, tick: number): WorldCommand[] {
  const count = randomBelow(seed, 100, tick, 5)
  return Array.from({ length: count }, (_, i) => randomCommand(street, seed, tick * 8 + i))
}

function randomCommand({ world }: Pick<Street, 'world'>, seed: number, n: number): WorldCommand {
  const share = (stream: number) => randomShare(seed, stream, n)
  const pick = <T>(stream: number, all: readonly T[], otherwise: T): T =>
    all[randomBelow(seed, stream, n, all.length)] ?? otherwise
  const seatId = pick(1, SEATS, 'a')
  const plates = world.plates.filter((plate) => plate !== '')
  const plate = share(2) < 0.1 ? 'nobody' : pick(3, plates, 'nobody')
  const { roads, cameras } = world.streets.map
  const road = roads[randomBelow(seed, 4, n, roads.length + 1)]?.id ?? 'nowhere'
  const part = pick(5, PARTS, 'fuel')
  const wild = () => (share(6) < 0.05 ? NaN : share(7) * 2.4 - 1.2)
  const sound: readonly WorldCommand[] = [
    { kind: 'join', seatId, plate: `P-${seatId}`, vehicle: pick(8, VEHICLE_KINDS, 'sedan'), colour: n },
    { kind: 'join', seatId, plate: share(30) < 0.3 ? `NV-00${n % 10}` : `P-${seatId}`, vehicle: 'sedan', colour: 1 },
    { kind: 'overtake', seatId, cause: null },
    { kind: 'leave', seatId },
    { kind: 'drive', seatId, seq: n, input: { throttle: wild(), steering: wild(), handbrake: share(9) < 0.2 } },
    { kind: 'drive', seatId, seq: n, input: { throttle: 1, steering: share(10) - 0.5, handbrake: false } },
    { kind: 'unstick', seatId },
    { kind: 'horn', seatId },
    { kind: 'offline', seatId, offline: share(11) < 0.5 },
    {
      kind: 'switch',
      seatId,
      part: pick(12, ['headlights', 'seatBelt', 'indicatorLeft'] as const, 'seatBelt'),
      on: share(13) < 0.5,
    },
    {
      kind: 'assist',
      seatId,
      assists: {
        steering: share(14) < 0.5,
        braking: share(15) < 0.5,
        speedCap: 0.4 + 0.6 * share(16),
        autopilot: share(17) < 0.5,
      },
    },
    {
      kind: 'send-unit',
      errandId: `e${n % 5}`,
      unit: pick(18, ['response', 'inspector', 'tow-truck', 'drone'] as const, 'drone'),
      plate,
      cause: '1/1',
    },
    { kind: 'repair', plate, part, cause: '1/1' },
    { kind: 'set-part', plate, part, value: share(19) < 0.4 ? share(20) < 0.5 : share(21) * 1.3, cause: null },
    { kind: 'set-limit', roadId: road, limitKmh: kmh(Math.floor(share(22) * 160)), cause: null },
    { kind: 'close-road', roadId: road, closed: share(23) < 0.4, cause: null },
    {
      kind: 'set-zone',
      zoneId: pick(
        28,
        world.streets.map.zones.map(({ id }) => id),
        'nowhere',
      ),
      active: share(29) < 0.5,
      cause: null,
    },
    { kind: 'set-camera', cameraId: cameras[0]?.id ?? '', working: share(24) < 0.5, cause: null },
    { kind: 'set-weather', weather: pick(25, ['clear', 'rain', 'fog'] as const, 'rain'), cause: null },
    { kind: 'set-demand', bots: Math.floor(share(26) * 14), cause: null },
  ]
  return pick(27, sound, { kind: 'horn', seatId })
}
