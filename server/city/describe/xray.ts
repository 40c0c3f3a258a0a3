import { whole } from '../../../shared/driving/columns.ts'
import type { AgentNews, CameraNews, XrayNews } from '../../../shared/protocol/xray.ts'
import { namePlace } from '../../sim/place.ts'
import type { City } from '../city.ts'
import { entryOf } from '../ledger.ts'
import { VEHICLE_TYPE } from '../to-services.ts'
import { mayKnow, type Viewer } from '../views.ts'
import { frameOf, gravestStates, pointsOf, speedCurve, type Curve } from './cameras.ts'
import { wireNumber } from './cars.ts'
import { recordsFor } from './logbook.ts'
import { runOf } from './runs.ts'

/** What every thing of the city carries in the X-ray, as far as the viewer may know it; `null` for the projector. */
export function xrayNews(city: City, viewer: Viewer): XrayNews | null {
  const curves = city.map.cameras.map(({ id }) => speedCurve(city, id))
  const [first] = curves
  if (viewer.role === 'projector') return null
  return {
    frame: first === undefined ? null : frameOf(city, first),
    cameras: camerasOf(city, curves),
    agents: [...patrolsOf(city, viewer), ...inspectorsOf(city, viewer), ...unitsOf(city)],
    match: lastMatch(city),
  }
}

function camerasOf(city: City, curves: readonly Curve[]): CameraNews[] {
  const states = gravestStates(city)
  const points = pointsOf(city, curves)
  return curves.map(({ dimensions: { Camera: id = '' }, threshold }, i) => ({
    id,
    state: states.get(id) ?? null,
    threshold,
    points: points[i] ?? [],
  }))
}

/** A patrol car shows the newest record of the district that it drives through, or else of the whole city. */
function patrolsOf(city: City, viewer: Viewer): AgentNews[] {
  const { world, map } = city
  const records = recordsFor(city, viewer)
  if (records.length === 0) return []
  const regions = new Map(map.districts.map(({ id, region }) => [id, region]))
  return world.patrols.flatMap((slot) => {
    const region = regions.get(namePlace(world, whole(world.vehicles.lane, slot)).districtId)
    const record = records.find(({ awsRegion }) => awsRegion === region) ?? records[0]
    if (record === undefined) return []
    const { eventName, errorCode } = record
    return [{ kind: 'record', car: wireNumber(world, slot), eventName, errorCode }]
  })
}

/** An inspector shows the gravest verdict on the vehicle that he looked at last. */
function inspectorsOf(city: City, viewer: Viewer): AgentNews[] {
  const last = lastInspections(city, viewer)
  return city.world.units.flatMap(({ slot, plate: inspectorPlate }) => {
    const plate = last.get(inspectorPlate)
    const verdict = plate === undefined ? undefined : gravestVerdict(city, plate)
    if (plate === undefined || verdict === undefined) return []
    return [{ kind: 'verdict', car: wireNumber(city.world, slot), plate, ...verdict }]
  })
}

/** By the inspector's plate, the plate of whom he saw last: the items say which visit each goes back to. */
function lastInspections(city: City, viewer: Viewer): ReadonlyMap<string, string> {
  const seen = new Map<string, string>()
  const newestFirst = Object.values(city.config.resources).toSorted((a, b) => b.seen.at - a.seen.at)
  for (const { resourceId, resourceType, seen: visit } of newestFirst) {
    const thing = entryOf(city.ledger, visit.cause)?.thing
    if (resourceType !== VEHICLE_TYPE || thing?.kind !== 'fact' || thing.it.kind !== 'vehicle-inspected') continue
    const { inspectorPlate } = thing.it
    if (!seen.has(inspectorPlate) && mayKnow(city, viewer, resourceId)) seen.set(inspectorPlate, resourceId)
  }
  return seen
}

const GRAVITY = ['NON_COMPLIANT', 'COMPLIANT', 'NOT_APPLICABLE']

function gravestVerdict({ config }: City, plate: string) {
  const verdicts = config.rules.flatMap(({ definition, results }) => {
    const result = results[`${VEHICLE_TYPE}/${plate}`]
    return result === undefined ? [] : [{ ruleName: definition.configRuleName, verdict: result.complianceType }]
  })
  return verdicts.toSorted((a, b) => GRAVITY.indexOf(a.verdict) - GRAVITY.indexOf(b.verdict))[0]
}

function unitsOf(city: City): AgentNews[] {
  return city.world.units.flatMap(({ slot, plate }) => {
    const run = runOf(city, plate)
    if (run === null || city.world.plates[slot] !== plate) return []
    return [{ kind: 'run', car: wireNumber(city.world, slot), functionName: run.functionName, start: run.start }]
  })
}

function lastMatch({ boards }: City): XrayNews['match'] {
  const entry = boards.feed.newest.findLast(({ text }) => text.key === 'chain.match')
  if (entry === undefined) return null
  const ruleName = String(entry.text.params['rule'])
  return { ruleName, matches: boards.matches[ruleName] ?? 0, at: entry.at }
}
