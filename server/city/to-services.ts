import { HOME_REGION, vehicleArn } from '../../shared/aws/account.ts'
import type { ResourceChange } from '../../shared/aws/item.ts'
import type { Datapoint } from '../../shared/aws/metric.ts'
import type { ApiCall, Principal } from '../../shared/aws/record.ts'
import type { JsonObject } from '../../shared/json.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type { Fact, FactOf } from '../../shared/model/fact.ts'
import { VEHICLE_KINDS, type VehicleCondition, type VehicleKind } from '../../shared/model/vehicle.ts'
import type { ServiceMs } from '../../shared/units.ts'
import type { ConfigState } from '../services/config/state.ts'

/** What of the street each service is told, in the service's own words. */

export const VEHICLE_TYPE = 'City::Fleet::Vehicle'
export const SPEED_NAMESPACE = 'City/Traffic'
/** CloudWatch knows no km/h, so the metric's name carries the unit. */
export const SPEED_METRIC = 'SpeedKmh'

/**
 * Each pass is published twice: for the camera and the plate, and for the camera alone, because CloudWatch does not add
 * up dimensions by itself (CloudWatch User Guide, "Dimensions").
 */
export function toDatapoints(facts: readonly Fact[], now: ServiceMs): Datapoint[] {
  return facts.flatMap((fact) =>
    fact.kind === 'camera-passed'
      ? [speed(fact, { Camera: fact.cameraId, Plate: fact.plate }, now), speed(fact, { Camera: fact.cameraId }, now)]
      : [],
  )
}

const speed = (fact: FactOf<'camera-passed'>, dimensions: Datapoint['dimensions'], now: ServiceMs): Datapoint => ({
  cause: fact.id,
  namespace: SPEED_NAMESPACE,
  metricName: SPEED_METRIC,
  dimensions,
  timestamp: now,
  value: fact.speedKmh,
  storageResolution: 1,
})

/** The configuration of a vehicle as the inspector writes it down. */
const toConfiguration = (kind: VehicleKind, condition: VehicleCondition): JsonObject => ({
  kind,
  brakes: { wear: round(condition.brakeWear, 100) },
  tyres: { treadMm: round(condition.tyreTreadMm, 10) },
  headlights: { working: condition.headlightsWorking },
  seatBelt: { fastened: condition.seatBeltFastened },
  fuel: { share: round(condition.fuel, 10) },
})

const round = (value: number, steps: number) => Math.round(value * steps) / steps

/**
 * The inspector writes down what he has looked at, what has been mended on a vehicle that he knows, and that one is gone.
 *
 * @param kindOf what kind of vehicle he has on file under that plate, `null` for one he does not know
 */
export function toResourceChanges(
  facts: readonly Fact[],
  now: ServiceMs,
  kindOf: (plate: string) => VehicleKind | null,
): ResourceChange[] {
  return facts.flatMap((fact) => {
    if (fact.kind === 'vehicle-left') return [vehicleChange(fact, null, now)]
    if (fact.kind !== 'vehicle-inspected' && fact.kind !== 'part-repaired') return []
    const kind = fact.kind === 'vehicle-inspected' ? fact.vehicle : kindOf(fact.plate)
    return kind === null ? [] : [vehicleChange(fact, toConfiguration(kind, fact.condition), now)]
  })
}

/** The kind of a vehicle that the inspector knows, as he last wrote it down. */
export function kindOnFile({ resources }: ConfigState, plate: string): VehicleKind | null {
  const kind = resources[`${VEHICLE_TYPE}/${plate}`]?.seen.configuration?.['kind']
  return VEHICLE_KINDS.find((known) => known === kind) ?? null
}

const vehicleChange = (
  fact: FactOf<'vehicle-inspected' | 'part-repaired' | 'vehicle-left'>,
  configuration: JsonObject | null,
  at: ServiceMs,
): ResourceChange => ({
  cause: fact.id,
  resourceType: VEHICLE_TYPE,
  resourceId: fact.plate,
  awsRegion: HOME_REGION,
  configuration,
  tags: {},
  relationships: [],
  at,
})

const USER_AGENT = 'city-console/1.0'
const DRIVER_ADDRESS = '10.20.30.7'

type CallOf = Pick<ApiCall, 'cause' | 'principal' | 'eventSource' | 'eventName' | 'requestParameters'> &
  Partial<ApiCall>

/** Fills in what most calls of the city have in common. */
export const toCall = (at: ServiceMs, call: CallOf): ApiCall => ({
  eventTime: at,
  awsRegion: HOME_REGION,
  sourceIPAddress: DRIVER_ADDRESS,
  userAgent: USER_AGENT,
  responseElements: null,
  readOnly: false,
  category: 'Management',
  resources: [],
  ...call,
})

/** City hall's own automation: who acts when the scenario does. */
export const CITY_HALL: Principal = { type: 'AssumedRole', roleName: 'city-hall', sessionName: 'scenario' }

/** What drivers do is a call to their vehicle: manoeuvres are data events, joining and leaving are management events. */
export function toDriverCalls(map: CityMap, facts: readonly Fact[], now: ServiceMs): ApiCall[] {
  const regions = new Map(map.districts.map((district) => [district.id, district.region]))
  return facts.flatMap((fact) => {
    if (fact.kind === 'manoeuvre') return [manoeuvreCall(fact, regions.get(fact.districtId) ?? HOME_REGION, now)]
    if (fact.kind === 'vehicle-joined' && fact.seatId !== null) return [engineCall(fact, 'StartEngine', now)]
    return fact.kind === 'vehicle-left' && fact.seatId !== null ? [engineCall(fact, 'StopEngine', now)] : []
  })
}

const onVehicle = (plate: string) => [{ ARN: vehicleArn(plate), type: VEHICLE_TYPE }]

const manoeuvreCall = (fact: FactOf<'manoeuvre'>, awsRegion: string, now: ServiceMs): ApiCall =>
  toCall(now, {
    cause: fact.id,
    principal: { type: 'IAMUser', userName: fact.plate },
    eventSource: 'vehicle.city',
    eventName: fact.name,
    awsRegion,
    category: 'Data',
    requestParameters: {
      plate: fact.plate,
      street: fact.roadId,
      district: fact.districtId,
      speedKmh: Math.round(fact.speedKmh),
      limitKmh: fact.limitKmh,
    },
    resources: onVehicle(fact.plate),
  })

const engineCall = (fact: FactOf<'vehicle-joined' | 'vehicle-left'>, eventName: string, now: ServiceMs): ApiCall =>
  toCall(now, {
    cause: fact.id,
    principal: { type: 'IAMUser', userName: fact.plate },
    eventSource: 'vehicle.city',
    eventName,
    requestParameters: { plate: fact.plate },
    resources: onVehicle(fact.plate),
  })
