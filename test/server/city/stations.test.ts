import { describe, expect, it } from 'vitest'

import { armCameras } from '../../../server/city/arm-cameras.ts'
import { momentAt } from '../../../server/city/clock.ts'
import { beginJobs, finishJobs, openJobs } from '../../../server/city/jobs.ts'
import {
  causesOf,
  effectsOf,
  entryOf,
  forget,
  note,
  openLedger,
  type Ledger,
  type Thing,
} from '../../../server/city/ledger.ts'
import { toDatapoints, toDriverCalls } from '../../../server/city/to-services.ts'
import { openWatch, stepWatch } from '../../../server/services/watch/watch.ts'
import { TICK_MS, kmh, playMs, serviceMs } from '../../../shared/units.ts'
import type { CauseId } from '../../../shared/ids.ts'
import { alarmEvent, arrival, context, later, pass, start } from '../../support/facts.ts'
import { discovery, nuageville } from '../../support/test-city.ts'

const at = { playMs: playMs(45_000), serviceMs: later(0) }

const TOWN = { scenario: discovery, dials: {} }

describe('measuring', () => {
  it.each([
    [110, 0],
    [110.1, 1],
  ])('[CITY-4] at %d km/h puts %d alarms into ALARM', (speed, alarms) => {
    const ctx = context()
    const armed = armCameras(openWatch({ now: ctx.now }), [pass(speed)], TOWN, ctx)
    const measured = stepWatch(armed.watch, toDatapoints([pass(speed)], ctx.now), ctx)
    const judged = stepWatch(measured.state, [], context(later(10_000), 20))
    expect(judged.changes.filter(({ to }) => to === 'ALARM')).toHaveLength(alarms)
    if (alarms > 0) expect(judged.changes[0]).toMatchObject({ alarmName: 'speed-A7-N-FR-042-NV', cause: '812/3' })
  })

  it('[CITY-5] makes an alarm at the first pass, once, and removes it with the car', () => {
    const ctx = context()
    const first = armCameras(openWatch({ now: ctx.now }), [pass(90)], TOWN, ctx)
    expect(Object.keys(first.watch.alarms)).toEqual(['speed-A7-N-FR-042-NV'])
    expect(first.calls.map(({ eventName }) => eventName)).toEqual(['PutMetricAlarm'])
    const again = armCameras(first.watch, [pass(95)], TOWN, ctx)
    expect([again.watch, again.calls]).toEqual([first.watch, []])
    const bot = armCameras(openWatch({ now: ctx.now }), [pass(90, { seatId: null })], TOWN, ctx)
    expect(Object.keys(bot.watch.alarms)).toEqual([])
    const gone = { kind: 'vehicle-left', id: '900/1', cause: null, plate: 'FR-042-NV', seatId: 's1' } as const
    const left = armCameras(first.watch, [gone], TOWN, ctx)
    expect(Object.keys(left.watch.alarms)).toEqual([])
    expect(left.calls[0]?.requestParameters).toEqual({ AlarmNames: ['speed-A7-N-FR-042-NV'] })
  })
})

describe('units', () => {
  const { units } = discovery.services

  it('[CITY-7] fine nobody twice for one alarm, however often its event is delivered', () => {
    const once = start(alarmEvent())
    const twice = start(alarmEvent(), { requestId: 'another-delivery', id: '950/1' })
    const begun = beginJobs(openJobs(), [once, twice], units)
    expect(begun.commands).toHaveLength(2)
    const done = finishJobs(begun.state, [arrival(`${once.requestId}#1`), arrival('another-delivery#1')], {
      ctx: context(),
      at,
    })
    expect(done.letters).toHaveLength(1)
    expect(done.calls.map(({ eventName }) => eventName)).toEqual(['SendFine'])
    expect(done.completions.map(({ outcome }) => outcome)).toMatchObject([
      { kind: 'returned' },
      { kind: 'returned', payload: { duplicate: true } },
    ])
    const other = beginJobs(done.state, [start(alarmEvent('2026-03-14T10:00:00.000+0000'))], units)
    expect(finishJobs(other.state, [arrival(`${once.requestId}#1`)], { ctx: context(), at }).letters).toHaveLength(1)
  })

  it('[CITY-8] throw when their event names no vehicle, and when nobody could go', () => {
    const begun = beginJobs(openJobs(), [start({ detail: {} })], units)
    expect(begun.commands).toEqual([])
    expect(begun.completions[0]?.outcome).toMatchObject({ kind: 'threw', errorType: 'TypeError' })
    const sent = beginJobs(openJobs(), [start(alarmEvent())], units)
    const errandId = `${start(null).requestId}#1`
    const out = { kind: 'unit-unavailable', id: '901/1', cause: '900/3', errandId, reason: 'all-out' } as const
    expect(finishJobs(sent.state, [out], { ctx: context(), at }).completions[0]?.outcome).toMatchObject({
      kind: 'threw',
      errorType: 'UnitUnavailable',
      errorMessage: 'all-out',
    })
  })
})

describe('the logbook’s side', () => {
  it('[CITY-9] calls a manoeuvre by its driver’s name, in the district’s Region, as data', () => {
    const [district] = nuageville.districts
    const { plate, roadId, seatId } = pass(0)
    const turn = {
      kind: 'manoeuvre',
      id: '700/1',
      cause: null,
      name: 'RunRed',
      plate,
      seatId,
      roadId,
      districtId: district?.id ?? '',
      speedKmh: kmh(48.6),
      limitKmh: kmh(50),
    } as const
    expect(toDriverCalls(nuageville, [turn], later(0))).toMatchObject([
      {
        cause: '700/1',
        eventName: 'RunRed',
        eventSource: 'vehicle.city',
        category: 'Data',
        awsRegion: district?.region,
        principal: { type: 'IAMUser', userName: plate },
        requestParameters: { plate, speedKmh: 49, limitKmh: 50 },
      },
    ])
  })

  it('[CITY-12] reads both clocks off the tick and the scale', () => {
    const clock = { scale: 12, startsAt: serviceMs(1000) }
    expect(momentAt(clock, 900)).toEqual({ playMs: 900 * TICK_MS, serviceMs: 1000 + 900 * TICK_MS * 12 })
  })
})

describe('the ledger', () => {
  const thing = (id: CauseId, cause: CauseId | null): Thing => ({ kind: 'fact', it: pass(124, { id, cause }) as never })
  const letterOf = (id: CauseId, cause: CauseId): Thing => ({
    kind: 'letter',
    it: { id, cause, plate: 'FR-042-NV', entry: {} as never },
  })

  /** As many other things, one a tick. */
  const fill = (ledger: Ledger, first: number, things: number, needed: readonly CauseId[] = []) => {
    for (let n = first; n < first + things; n += 1) {
      note(ledger, [thing(`${n}/1`, null)], at)
      forget(ledger, () => needed)
    }
  }

  it('[CITY-14] forgets what is old, but not what led to something that is still needed', () => {
    const ledger = openLedger()
    note(ledger, [thing('1/1', null), thing('1/2', '1/1'), letterOf('1/3', '1/2'), thing('1/4', '1/1')], at)
    expect(effectsOf(ledger, '1/1', 9).map((entry) => entry.thing.it.id)).toEqual(['1/2', '1/4', '1/3'])
    fill(ledger, 2, 22_000, ['1/3'])
    expect(ledger.recent.size).toBeLessThan(5000)
    expect([...ledger.pinned.keys()]).toEqual(['1/3', '1/2', '1/1'])
    expect(entryOf(ledger, '1/4')).toBeUndefined()
    expect(causesOf(ledger, '1/3').map((entry) => entry.thing.it.id)).toEqual(['1/1', '1/2', '1/3'])
    expect(effectsOf(ledger, '1/1', 9).map((entry) => entry.thing.it.id)).toEqual(['1/2', '1/3'])
    fill(ledger, 30_000, 6000)
    expect([ledger.pinned.size, ledger.effects.size]).toEqual([0, 0])
  })

  it('[CITY-14] keeps whole the chain of whatever it keeps', () => {
    const ledger = openLedger()
    note(ledger, [thing('1/1', null), thing('1/2', '1/1')], at)
    fill(ledger, 2, 4098)
    note(ledger, [thing('4100/1', '1/2')], at)
    fill(ledger, 4101, 600)
    expect(entryOf(ledger, '2/1')).toBeUndefined()
    expect(causesOf(ledger, '4100/1').map((entry) => entry.thing.it.id)).toEqual(['1/1', '1/2', '4100/1'])
  })

  it('[CITY-14] pins no more than it has room for, the most important first', () => {
    const ledger = openLedger()
    for (let n = 1; n <= 5000; n += 1) note(ledger, [thing(`1/${n}`, null)], at)
    const needed = Array.from({ length: 5000 }, (_, n): CauseId => `1/${n + 1}`)
    fill(ledger, 2, 5200, needed)
    expect([...ledger.pinned.keys()]).toEqual(needed.slice(0, 4096))
  })
})
