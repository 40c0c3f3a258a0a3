import { describe, expect, it } from 'vitest'
import {
  deleteConfigurationRecorder,
  deleteDeliveryChannel,
  describeConfigurationRecorderStatus,
  putConfigurationRecorder,
  putDeliveryChannel,
  putResourceConfig,
  startConfigurationRecorder,
  stopConfigurationRecorder,
} from '../../../../server/services/config/recorder.ts'
import type { PutConfigurationRecorder } from '../../../../server/services/config/recorder.ts'
import { openConfig } from '../../../../server/services/config/config.ts'
import { startConfigRulesEvaluation } from '../../../../server/services/config/rules.ts'
import type { ConfigOutput } from '../../../../server/services/config/state.ts'
import { START, ConfigBench, at, brakes, errorOf, managed, only, seen, valueOf, vehicle, verdicts } from './bench.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const name = { configurationRecorderName: 'default' }
const statuses = (out: ConfigOutput) => out.items.map((item) => `${item.resourceId} ${item.status}`)

function stop(bench: ConfigBench, seconds: number): void {
  bench.change((state, ctx) => stopConfigurationRecorder(state, name, ctx), seconds)
}
function start(bench: ConfigBench, seconds: number): void {
  bench.change((state, ctx) => startConfigurationRecorder(state, name, ctx), seconds)
}
function set(bench: ConfigBench, more: Partial<PutConfigurationRecorder>, seconds = 0): void {
  bench.change(
    (state, ctx) => putConfigurationRecorder(state, { name: 'default', roleARN: 'r', ...more }, ctx),
    seconds,
  )
}

describe('the recorder', () => {
  it('[CONFIG-3] records nothing while it is stopped, and takes inventory when it starts again', () => {
    const bench = new ConfigBench([brakes()])
    bench.see(1, { resourceId: 'FR-001' })
    bench.see(1, { resourceId: 'FR-002' })
    stop(bench, 2)
    bench.see(3, { resourceId: 'FR-001', configuration: vehicle(0.5) })
    const hidden = bench.see(4, { resourceId: 'FR-001', configuration: vehicle(0.9) })
    expect([hidden.items, hidden.compliance, hidden.events]).toEqual([[], [], []])
    bench.see(4, { resourceId: 'FR-002', configuration: null })
    bench.see(4, { resourceId: 'FR-003' })
    start(bench, 5)
    const inventory = bench.step(5)
    expect(statuses(inventory)).toEqual(['FR-001 OK', 'FR-002 ResourceDeleted', 'FR-003 ResourceDiscovered'])
    expect(only(inventory.items.slice(0, 1)).item['configuration']).toBe(JSON.stringify(vehicle(0.9)))
    expect(verdicts(inventory)).toContain('FR-001 COMPLIANT > NON_COMPLIANT')
    expect(bench.step(6).items).toEqual([])
  })

  it('[CONFIG-3] periodic and asked-for runs go on while it is stopped, over the last items', () => {
    const bench = new ConfigBench([managed('TYRE_TREAD_MINIMUM', { maximumExecutionFrequency: 'One_Hour' }), brakes()])
    bench.see(1, { configuration: vehicle(0.1) })
    stop(bench, 2)
    bench.see(3, { configuration: vehicle(0.9, { tyres: { treadMm: 0 } }) })
    expect(verdicts(bench.step(HOUR))).toEqual(['FR-042 - > COMPLIANT'])
    bench.change((state) => startConfigRulesEvaluation(state, { configRuleNames: ['brakes-in-order'] }))
    const out = bench.step(HOUR + 1)
    expect([out.runs.length, out.compliance, out.items]).toEqual([1, [], []])
  })

  it('[CONFIG-4] records only listed types, or all but listed ones', () => {
    const bench = new ConfigBench()
    set(bench, { recordingGroup: { resourceTypes: ['City::Road::Sign'] } })
    expect(bench.see(1).items).toEqual([])
    expect(bench.see(1, { resourceType: 'City::Road::Sign' }).items).toHaveLength(1)
    set(bench, { recordingGroup: { exclusionByResourceTypes: ['City::Road::Sign'] } })
    expect(statuses(bench.step(2))).toEqual(['FR-042 ResourceDiscovered', 'FR-042 ResourceNotRecorded'])
    expect(bench.see(3, { resourceType: 'City::Road::Sign', configuration: vehicle(0.5) }).items).toEqual([])
  })

  it('[CONFIG-4] says of a resource that is no longer recorded that it is not, and later that it is gone', () => {
    const bench = new ConfigBench()
    bench.see(1)
    set(bench, { recordingGroup: { exclusionByResourceTypes: ['City::Fleet::Vehicle'] } })
    expect(statuses(bench.step(2))).toEqual(['FR-042 ResourceNotRecorded'])
    expect(statuses(bench.see(3, { configuration: null }))).toEqual(['FR-042 ResourceDeletedNotRecorded'])
    expect(statuses(bench.see(4))).toEqual([])
    set(bench, {})
    expect(statuses(bench.step(5))).toEqual(['FR-042 ResourceDiscovered'])
  })

  it('[CONFIG-4] records daily types once a day, the last state only, and only if it differs', () => {
    const bench = new ConfigBench([brakes()])
    set(bench, { recordingMode: { recordingFrequency: 'DAILY' } })
    bench.step(1)
    bench.see(2, { configuration: vehicle(0.9) })
    expect(bench.see(3, { configuration: vehicle(0.2) }).items).toEqual([])
    expect(bench.step(DAY - 1).items).toEqual([])
    const daily = bench.step(DAY)
    expect(statuses(daily)).toEqual(['FR-042 ResourceDiscovered'])
    expect(verdicts(daily)).toEqual(['FR-042 - > COMPLIANT'])
    bench.see(DAY + 5, { configuration: vehicle(0.9) })
    bench.see(DAY + 6, { configuration: vehicle(0.2) })
    expect(bench.step(2 * DAY).items).toEqual([])
  })

  it('[CONFIG-4] an override gives a type its own frequency', () => {
    const bench = new ConfigBench()
    const overrides = [{ resourceTypes: ['City::Road::Sign'], frequency: 'CONTINUOUS' as const }]
    set(bench, { recordingMode: { recordingFrequency: 'DAILY', overrides } })
    bench.step(1)
    expect(bench.see(2).items).toEqual([])
    expect(bench.see(3, { resourceType: 'City::Road::Sign' }).items).toHaveLength(1)
  })

  it('[CONFIG-40] is one, needs a delivery channel to start, and keeps its channel while it runs', () => {
    let state = openConfig({ recorder: 'none' })
    const recorder = { name: 'default', roleARN: 'r' }
    expect(errorOf(putDeliveryChannel(state, { name: 'c', s3BucketName: 'b' }))).toBe(
      'NoAvailableConfigurationRecorderException',
    )
    expect(errorOf(startConfigurationRecorder(state, name, at(0)))).toBe('NoSuchConfigurationRecorderException')
    state = valueOf(putConfigurationRecorder(state, recorder, at(0)))
    expect(errorOf(putConfigurationRecorder(state, { ...recorder, name: 'two' }, at(0)))).toBe(
      'MaxNumberOfConfigurationRecordersExceededException',
    )
    expect(errorOf(startConfigurationRecorder(state, name, at(0)))).toBe('NoAvailableDeliveryChannelException')
    state = valueOf(putDeliveryChannel(state, { name: 'c', s3BucketName: 'b' }))
    expect(errorOf(putDeliveryChannel(state, { name: 'd', s3BucketName: 'b' }))).toBe(
      'MaxNumberOfDeliveryChannelsExceededException',
    )
    state = valueOf(startConfigurationRecorder(state, name, at(1)))
    expect(errorOf(deleteDeliveryChannel(state, { deliveryChannelName: 'c' }))).toBe(
      'LastDeliveryChannelDeleteFailedException',
    )
    expect(errorOf(deleteDeliveryChannel(state, { deliveryChannelName: 'x' }))).toBe('NoSuchDeliveryChannelException')
    state = valueOf(stopConfigurationRecorder(state, name, at(2)))
    expect(valueOf(deleteDeliveryChannel(state, { deliveryChannelName: 'c' })).deliveryChannel).toBeNull()
    expect(valueOf(deleteConfigurationRecorder(state, name)).recorder).toBeNull()
    expect(errorOf(deleteConfigurationRecorder(openConfig({ recorder: 'none' }), name))).toBe(
      'NoSuchConfigurationRecorderException',
    )
  })

  it('[CONFIG-40] records everything, a list, or all but a list, never two of these', () => {
    const put = (recordingGroup: PutConfigurationRecorder['recordingGroup']) =>
      errorOf(
        putConfigurationRecorder(
          openConfig(),
          { name: 'default', roleARN: 'r', ...(recordingGroup ? { recordingGroup } : {}) },
          at(0),
        ),
      )
    expect(put({ allSupported: true, resourceTypes: ['A::B::C'] })).toBe('InvalidRecordingGroupException')
    expect(put({ resourceTypes: ['A::B::C'], exclusionByResourceTypes: ['A::B::D'] })).toBe(
      'InvalidRecordingGroupException',
    )
    expect(put({ allSupported: true })).toBe('no error')
  })

  it('[CONFIG-40] tells its status with lower-case initials', () => {
    const bench = new ConfigBench()
    stop(bench, 5)
    expect(describeConfigurationRecorderStatus(bench.state)).toEqual({
      ConfigurationRecordersStatus: [
        { name: 'default', recording: false, lastStatus: 'SUCCESS', lastStopTime: START / 1000 + 5 },
      ],
    })
    start(bench, 6)
    expect(describeConfigurationRecorderStatus(bench.state)).toMatchObject({
      ConfigurationRecordersStatus: [{ recording: true, lastStartTime: START / 1000 + 6 }],
    })
    expect(describeConfigurationRecorderStatus(openConfig({ recorder: 'none' }))).toEqual({
      ConfigurationRecordersStatus: [],
    })
  })
})

describe('items put by hand', () => {
  const kiosk = seen({ resourceType: 'Mairie::Street::Kiosk', resourceId: 'k1', configuration: { open: true } })

  it('[CONFIG-29] records a custom type, changes it and deletes it', () => {
    let state = openConfig()
    const put = (configuration: { open: boolean } | null, seconds: number) => {
      const value = valueOf(putResourceConfig(state, { ...kiosk, configuration }, at(seconds)))
      state = value.state
      return value.status
    }
    expect([put({ open: true }, 0), put({ open: true }, 1), put({ open: false }, 2), put(null, 3)]).toEqual([
      'ResourceDiscovered',
      null,
      'OK',
      'ResourceDeleted',
    ])
  })

  it.each(['amzn', 'Amazon', 'alexa', 'custom', 'AWS'])('[CONFIG-29] refuses the organisation %s', (organisation) => {
    const change = { ...kiosk, resourceType: `${organisation}::Street::Kiosk` }
    expect(errorOf(putResourceConfig(openConfig(), change, at(0)))).toBe('ValidationException')
  })

  it('[CONFIG-29] needs a running recorder, a type of three parts and an id', () => {
    expect(errorOf(putResourceConfig(openConfig({ recorder: 'none' }), kiosk, at(0)))).toBe(
      'NoRunningConfigurationRecorderException',
    )
    expect(errorOf(putResourceConfig(openConfig(), { ...kiosk, resourceType: 'Kiosk' }, at(0)))).toBe(
      'ValidationException',
    )
    expect(errorOf(putResourceConfig(openConfig(), { ...kiosk, resourceId: '' }, at(0)))).toBe('ValidationException')
  })
})
