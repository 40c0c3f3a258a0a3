import { describe, expect, it } from 'vitest'
import { obey } from '../../../server/sim/commands.ts'
import { openReport } from '../../../server/sim/report.ts'
import { hashWorld } from '../../../server/sim/save.ts'
import { openIds } from '../../../shared/ids.ts'
import type { WorldCommand } from '../../../shared/model/command.ts'
import { kmh } from '../../../shared/units.ts'
import { joinAs, openStreet, putSeat, SOME_AGENTS, laneOf } from '../../support/street.ts'

const street = openStreet({ on: 'nuageville', bots: 12, agents: SOME_AGENTS })
street.run(3, joinAs('1'))
putSeat(street, '1', { lane: laneOf(street, 'a7-north-west'), s: 200 })
const { map } = street.world.streets
const [road, camera, zone] = [map.roads[0]?.id ?? '', map.cameras[0]?.id ?? '', map.zones[0]?.id ?? '']

/** One of each kind, all in order. */
const SOUND: readonly WorldCommand[] = [
  { kind: 'join', seatId: '2', plate: 'X-2', vehicle: 'sedan', colour: 1 },
  { kind: 'leave', seatId: '1' },
  { kind: 'drive', seatId: '1', seq: 1, input: { throttle: 1, steering: 0.5, handbrake: false } },
  { kind: 'unstick', seatId: '1' },
  { kind: 'assist', seatId: '1', assists: { steering: true, braking: true, speedCap: 0.8, autopilot: true } },
  { kind: 'switch', seatId: '1', part: 'indicatorLeft', on: true },
  { kind: 'horn', seatId: '1' },
  { kind: 'offline', seatId: '1', offline: true },
  { kind: 'send-unit', errandId: 'e', unit: 'response', plate: 'FR-1', cause: '1/1' },
  { kind: 'overtake', seatId: '1', cause: null },
  { kind: 'repair', plate: 'FR-1', part: 'fuel', cause: '1/1' },
  { kind: 'set-limit', roadId: road, limitKmh: kmh(30), cause: null },
  { kind: 'close-road', roadId: road, closed: true, cause: null },
  { kind: 'set-zone', zoneId: zone, active: true, cause: null },
  { kind: 'set-camera', cameraId: camera, working: false, cause: null },
  { kind: 'set-weather', weather: 'rain', cause: null },
  { kind: 'set-demand', bots: 5, cause: null },
  { kind: 'set-part', plate: 'FR-1', part: 'fuel', value: 0.5, cause: null },
]

const ODD = [undefined, null, true, 0, 1, NaN, Infinity, -Infinity, 1e300, '', 'x', 'true', '__proto__', 'constructor', [], {}, ['1'], 10n] // prettier-ignore

type Path = readonly string[]
const pathsOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [
        ...(path.length > 0 ? [path] : []),
        ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key])),
      ]
    : [path]

function withValue(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd
  const fields = value as Record<string, unknown>
  return { ...fields, [key]: withValue(fields[key], rest, odd) }
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value)

/** Whether a field that holds `sound` may be given `odd` by a sane caller: a thing of the same kind, and finite. */
const isOfItsKind = (sound: unknown, odd: unknown) =>
  (typeof odd === typeof sound || (sound === null && typeof odd === 'string')) &&
  !Array.isArray(odd) &&
  (typeof odd !== 'number' || Number.isFinite(odd))

describe('bad commands', () => {
  it('[SIM-98] are not among the sound ones: each of those is obeyed', () => {
    for (const command of SOUND) {
      const one = openStreet({ on: 'nuageville', bots: 12, agents: SOME_AGENTS })
      one.run(3, joinAs('1'))
      putSeat(one, '1', { lane: laneOf(one, 'a7-north-west'), s: 200 })
      one.run(1)
      one.run(1, command)
      expect(one.told('command-refused')).toEqual([])
    }
  })

  it.each(SOUND.map((command) => [command.kind, command] as const))(
    '[SIM-98] are refused with the field, and change nothing: %s with one field of another kind',
    (kind, command) => {
      const before = hashWorld(street.world)
      for (const path of pathsOf(command)) {
        for (const odd of ODD.filter((each) => !isOfItsKind(valueAt(command, path), each))) {
          if (path.at(-1) === 'cause' && odd === null) continue
          if (path.at(-1) === 'value' && typeof odd === 'boolean') continue
          const bad = withValue(command, path, odd)
          const report = openReport(openIds(99))
          obey(street.world, bad as WorldCommand, report)
          const [refusal, ...more] = report.facts
          const field = path[0] === 'kind' ? 'kind' : `${kind}.${path.join('.')}`
          expect([refusal, more]).toMatchObject([
            {
              kind: 'command-refused',
              refusal: { code: 'out-of-range', field: expect.stringContaining(field) as string },
            },
            [],
          ])
          expect(hashWorld(street.world)).toBe(before)
        }
      }
    },
  )
})
