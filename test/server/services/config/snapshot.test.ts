import { describe, expect, it } from 'vitest'

import type { JsonObject } from '../../../../shared/json.ts'
import { stopConfigurationRecorder } from '../../../../server/services/config/recorder.ts'
import { deliverConfigSnapshot } from '../../../../server/services/config/snapshot.ts'
import { ConfigBench, at, errorOf, valueOf, vehicle } from './bench.ts'

const CHANNEL = { deliveryChannelName: 'default' }
const asked = (seconds: number) => ({ ...at(seconds), cause: '77/1' }) as const
const itemsIn = (text: string) =>
  (JSON.parse(text) as { readonly configurationItems: readonly JsonObject[] }).configurationItems

function garage(): ConfigBench {
  const bench = new ConfigBench()
  bench.see(1, { resourceId: 'FR-001' })
  bench.see(1, { resourceId: 'FR-002' })
  bench.see(2, { resourceId: 'FR-001', configuration: vehicle(0.7) })
  bench.see(3, { resourceId: 'FR-002', configuration: null })
  bench.see(4, { resourceId: 'FR-003' })
  return bench
}

describe('a snapshot', () => {
  it('[CONFIG-46] holds the last item of everything that is there, as notifications spell it', () => {
    const { file } = valueOf(deliverConfigSnapshot(garage().state, CHANNEL, asked(5)))
    expect(itemsIn(file.text).map((item) => item['resourceId'])).toEqual(['FR-001', 'FR-003'])
    expect(itemsIn(file.text)[0]).toMatchObject({
      awsAccountId: '111122223333',
      ARN: 'arn:aws:city:eu-west-3:111122223333:vehicle/FR-001',
      configuration: vehicle(0.7),
      configurationItemStatus: 'OK',
    })
  })

  it('[CONFIG-46] lies in the channel’s bucket under its day, its time and its id', () => {
    const { file, configSnapshotId } = valueOf(deliverConfigSnapshot(garage().state, CHANNEL, asked(5)))
    expect(file.bucket).toBe('city-inspections')
    expect(file.key).toBe(
      'AWSLogs/111122223333/Config/eu-west-3/2026/3/14/ConfigSnapshot/' +
        `111122223333_Config_eu-west-3_ConfigSnapshot_20260314T092658Z_${configSnapshotId}.json.gz`,
    )
  })

  it('[CONFIG-46] is told at its beginning and at its end', () => {
    const { file, events, configSnapshotId } = valueOf(deliverConfigSnapshot(garage().state, CHANNEL, asked(5)))
    const common = { source: 'aws.config', detailType: 'Config Configuration Snapshot Delivery Status', cause: '77/1' }
    expect(events).toMatchObject([
      { ...common, detail: { messageType: 'ConfigurationSnapshotDeliveryStarted', configSnapshotId } },
      {
        ...common,
        detail: {
          messageType: 'ConfigurationSnapshotDeliveryCompleted',
          configSnapshotId,
          s3ObjectKey: file.key,
          s3Bucket: file.bucket,
        },
      },
    ])
    expect(events[0]?.detail).not.toHaveProperty('s3ObjectKey')
  })

  it('[CONFIG-46] records nothing, and each has its own id', () => {
    const bench = garage()
    const first = valueOf(deliverConfigSnapshot(bench.state, CHANNEL, asked(5)))
    const second = valueOf(deliverConfigSnapshot(first.state, CHANNEL, asked(5)))
    expect(second.configSnapshotId).not.toBe(first.configSnapshotId)
    expect({ ...second.state, count: 0 }).toEqual({ ...bench.state, count: 0 })
  })

  it('[CONFIG-46] needs a recorder that runs, and the channel', () => {
    const bench = garage()
    expect(errorOf(deliverConfigSnapshot(bench.state, { deliveryChannelName: 'x' }, asked(5)))).toBe(
      'NoSuchDeliveryChannelException',
    )
    bench.change((state, ctx) => stopConfigurationRecorder(state, { configurationRecorderName: 'default' }, ctx), 6)
    expect(errorOf(deliverConfigSnapshot(bench.state, CHANNEL, asked(7)))).toBe(
      'NoRunningConfigurationRecorderException',
    )
    const none = new ConfigBench([], { recorder: 'none' })
    expect(errorOf(deliverConfigSnapshot(none.state, CHANNEL, asked(1)))).toBe(
      'NoAvailableConfigurationRecorderException',
    )
  })
})
