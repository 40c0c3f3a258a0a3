import { assertNever } from '../../../shared/assert.ts'
import type { Station } from '../../../shared/model/city-map.ts'
import type { ThingCard, ThingRef } from '../../../shared/protocol/xray.ts'
import type { City } from '../city.ts'
import { mayKnow, type Viewer } from '../views.ts'
import { describeAlarm, describeCamera } from './cameras.ts'
import { fact, toCard } from './card.ts'
import { carOf, type Car } from './cars.ts'
import { describeBus, describeRule } from './command-centre.ts'
import { describeConfigRule, describeInspector, describeVehicle } from './inspector.ts'
import { describeTrail } from './logbook.ts'
import { runOf } from './runs.ts'
import { describeFunction, describeGarage, describeUnits } from './units.ts'

/**
 * Everything of one thing that a viewer may know.
 *
 * @returns `null` for what is not there, or not theirs to see; to the projector nothing is told, for it has no hands
 */
export function describeThing(city: City, viewer: Viewer, { kind, id }: ThingRef): ThingCard | null {
  if (viewer.role === 'projector') return null
  switch (kind) {
    case 'camera':
      return describeCamera(city, viewer, id)
    case 'station':
      return describeStation(city, viewer, id)
    case 'car':
      return describeCar(city, viewer, id)
    case 'vehicle':
      return describeVehicle(city, viewer, id)
    case 'alarm':
      return describeAlarm(city, viewer, id)
    case 'trail':
      return describeTrail(city, viewer, id)
    case 'inspector':
      return describeInspector(city)
    case 'config-rule':
      return describeConfigRule(city, viewer, id)
    case 'bus':
      return describeBus(city, id)
    case 'rule':
      return describeRule(city, id)
    case 'function':
      return describeFunction(city, id)
    default:
      return assertNever(kind)
  }
}

function describeStation(city: City, viewer: Viewer, id: string): ThingCard | null {
  const station = city.map.stations.find((each) => each.id === id)
  if (station === undefined) return null
  const card = cardOfStation(city, viewer, station)
  return card && { ...card, ref: { kind: 'station', id } }
}

function cardOfStation(city: City, viewer: Viewer, { kind, id }: Station): ThingCard | null {
  switch (kind) {
    case 'command':
      return describeBus(city, 'default')
    case 'police':
      return describeTrail(city, viewer, city.scenario.services.trail.name)
    case 'inspection':
      return describeInspector(city)
    case 'response':
      return describeUnits(city, id)
    case 'garage':
      return describeGarage(city, id)
    case 'hospital':
    case 'depot':
      return toCard({
        ref: { kind: 'station', id },
        speaker: 'street',
        type: null,
        name: id,
        arn: null,
        about: { key: `thing.${kind}.about`, params: {} },
      })
    default:
      return assertNever(kind)
  }
}

/** An agent's car stands for its service; any other is a vehicle. */
function describeCar(city: City, viewer: Viewer, id: string): ThingCard | null {
  const car = carOf(city, id)
  if (car === null) return null
  const card = cardOfAgent(city, viewer, car)
  if (card === null) return describeVehicle(city, viewer, car.plate)
  return { ...card, ref: { kind: 'car', id }, facts: [fact('car', car.plate), ...card.facts] }
}

function cardOfAgent(city: City, viewer: Viewer, { kind, plate }: Car): ThingCard | null {
  if (kind === 'police') return describeTrail(city, viewer, city.scenario.services.trail.name)
  if (kind === 'inspector') return describeInspector(city)
  const run = runOf(city, plate)
  if (run === null) return isUnit(kind) ? describeUnits(city, plate) : null
  const card = describeFunction(city, run.functionName)
  const target = run.target !== null && mayKnow(city, viewer, run.target) ? [fact('on-the-way-to', run.target)] : []
  return card && { ...card, facts: [...target, ...card.facts] }
}

const isUnit = (kind: Car['kind']) => kind === 'response' || kind === 'drone' || kind === 'tow-truck'
