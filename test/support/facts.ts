import type { StepContext } from '../../shared/aws/step.ts'
import type { InvocationStart } from '../../shared/aws/invocation.ts'
import { openIds } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { FactOf } from '../../shared/model/fact.ts'
import { kmh, serviceMs, type ServiceMs } from '../../shared/units.ts'

/** Small things of a city, complete but for what a test changes. */

const NINE = serviceMs(1_773_478_800_000)

export const context = (now: ServiceMs = NINE, tick = 1): StepContext => ({ now, ids: openIds(tick), seed: 7 })

export const later = (ms: number): ServiceMs => serviceMs(NINE + ms)

export const pass = (speedKmh: number, changed: Partial<FactOf<'camera-passed'>> = {}): FactOf<'camera-passed'> => ({
  kind: 'camera-passed',
  id: '812/3',
  cause: null,
  cameraId: 'A7-N',
  plate: 'FR-042-NV',
  speedKmh: kmh(speedKmh),
  limitKmh: kmh(110),
  roadId: 'a7-north',
  districtId: 'suburb',
  seatId: 's1',
  ...changed,
})

export const arrival = (errandId: string): FactOf<'unit-arrived'> => ({
  kind: 'unit-arrived',
  id: '911/1',
  cause: '900/3',
  errandId,
  unitPlate: 'DR-001',
  unit: 'drone',
  plate: 'FR-042-NV',
  stationId: 'response-1',
})

export const start = (payload: Json, changed: Partial<InvocationStart> = {}): InvocationStart => ({
  id: '900/3',
  cause: '900/2',
  requestId: '6f1d7c0e-2b0a-4d43-9d0e-0c7a4cf1a001',
  attempt: 1,
  functionName: 'issue-fine',
  qualifier: '$LATEST',
  payload,
  coldStart: true,
  freshModule: true,
  timeoutMs: 3000,
  environmentId: 'e1',
  hops: 1,
  role: 'issue-fine-role',
  ...changed,
})

/** "CloudWatch Alarm State Change" as a rule's target gets it, as far as a unit reads it. */
export const alarmEvent = (timestamp = '2026-03-14T09:09:00.000+0000'): Json => ({
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  detail: {
    state: { value: 'ALARM', timestamp, reasonData: JSON.stringify({ recentDatapoints: [124], threshold: 110 }) },
    configuration: { metrics: [{ metricStat: { metric: { dimensions: { Camera: 'A7-N', Plate: 'FR-042-NV' } } } }] },
  },
})
