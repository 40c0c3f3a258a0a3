import type { ComplianceType } from '../../../shared/aws/item.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import type { BadParameter, RuleParameters } from './parameters.ts'
import { isBad, toNumber, toText } from './parameters.ts'

export interface Verdict {
  readonly complianceType: ComplianceType
  /** At most 256 characters; data about the finding, the same in every language. */
  readonly annotation: string
}

/** What a rule judges: a resource that is there, as its last item shows it. */
interface Judged {
  readonly configuration: JsonObject
  readonly tags: Readonly<Record<string, string>>
}

export interface ManagedRule {
  /** Types it can judge; empty: any type. */
  readonly resourceTypes: readonly string[]
  readonly parameters: readonly string[]
  readonly judge: (judged: Judged, parameters: RuleParameters) => Verdict | BadParameter
}

const VEHICLE = 'City::Fleet::Vehicle'
const SIGN = 'City::Road::Sign'
const CAMERA = 'City::Traffic::Camera'
const BARRIER = 'City::Road::Barrier'

/** Vehicles without belts to fasten: the rule does not apply to them. */
const WITHOUT_BELTS: readonly Json[] = ['motorbike', 'drone']

const NOT_APPLICABLE: Verdict = { complianceType: 'NOT_APPLICABLE', annotation: '' }

const found = (isRight: boolean, finding: string): Verdict =>
  isRight
    ? { complianceType: 'COMPLIANT', annotation: '' }
    : { complianceType: 'NON_COMPLIANT', annotation: finding.slice(0, 256) }

/** @returns the value at a dotted path, `undefined` when it is not there */
function valueAt(configuration: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = configuration
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    value = (value as JsonObject)[name]
  }
  return value
}

/** A part must be in order; a thing without that part is not judged. */
const flag = (resourceType: string, path: string, wanted: boolean): ManagedRule => ({
  resourceTypes: [resourceType],
  parameters: [],
  judge({ configuration }) {
    const value = valueAt(configuration, path)
    return typeof value === 'boolean' ? found(value === wanted, `${path} = ${value}`) : NOT_APPLICABLE
  },
})

interface Limit {
  readonly path: string
  readonly parameter: string
  readonly otherwise: number
  readonly side: 'at most' | 'at least'
}

/** A measure of a vehicle must keep to a limit, the limit itself allowed. */
const limit = ({ path, parameter, otherwise, side }: Limit): ManagedRule => ({
  resourceTypes: [VEHICLE],
  parameters: [parameter],
  judge({ configuration }, parameters) {
    const bound = toNumber(parameters, parameter, otherwise)
    if (isBad(bound)) return bound
    const value = valueAt(configuration, path)
    if (typeof value !== 'number') return NOT_APPLICABLE
    const keeps = side === 'at most' ? value <= bound : value >= bound
    return found(keeps, `${path} = ${value} ${side === 'at most' ? '>' : '<'} ${bound}`)
  },
})

const seatBelt: ManagedRule = {
  ...flag(VEHICLE, 'seatBelt.fastened', true),
  judge(judged, parameters) {
    if (WITHOUT_BELTS.includes(judged.configuration['kind'] ?? null)) return NOT_APPLICABLE
    return flag(VEHICLE, 'seatBelt.fastened', true).judge(judged, parameters)
  },
}

/** What a sign shows (`limitKmh`) against the rule's own number, else against the road's (`plannedKmh`). */
const signShowsLimit: ManagedRule = {
  resourceTypes: [SIGN],
  parameters: ['limitKmh'],
  judge({ configuration }, parameters) {
    const shown = valueAt(configuration, 'limitKmh')
    const planned = valueAt(configuration, 'plannedKmh')
    const wanted = toNumber(parameters, 'limitKmh', typeof planned === 'number' ? planned : NaN)
    if (isBad(wanted)) return wanted
    if (typeof shown !== 'number' || Number.isNaN(wanted)) return NOT_APPLICABLE
    return found(shown === wanted, `limitKmh = ${shown} ≠ ${wanted}`)
  },
}

/** Up to six tags must be there, with one of the given values where values are given. */
const requiredTags: ManagedRule = {
  resourceTypes: [],
  parameters: [1, 2, 3, 4, 5, 6].flatMap((n) => [`tag${n}Key`, `tag${n}Value`]),
  judge({ tags }, parameters) {
    for (let n = 1; n <= 6; n += 1) {
      const key = toText(parameters, `tag${n}Key`)
      const values = toText(parameters, `tag${n}Value`)
      if (isBad(key)) return key
      if (isBad(values)) return values
      if (key === null) continue
      const value = tags[key]
      const allowed = values === null || values.split(',').some((candidate) => candidate.trim() === value)
      if (value === undefined || !allowed) return found(false, `tag ${key} = ${value ?? '∅'}`)
    }
    return found(true, '')
  },
}

/** The managed rules of the city, by `SourceIdentifier`. */
const MANAGED_RULES: ReadonlyMap<string, ManagedRule> = new Map([
  ['BRAKES_IN_ORDER', limit({ path: 'brakes.wear', parameter: 'maxWear', otherwise: 0.8, side: 'at most' })],
  ['TYRE_TREAD_MINIMUM', limit({ path: 'tyres.treadMm', parameter: 'minTreadMm', otherwise: 1.6, side: 'at least' })],
  ['FUEL_RESERVE', limit({ path: 'fuel.share', parameter: 'minShare', otherwise: 0.1, side: 'at least' })],
  ['HEADLIGHTS_WORKING', flag(VEHICLE, 'headlights.working', true)],
  ['SEAT_BELT_FASTENED', seatBelt],
  ['CAMERA_WORKING', flag(CAMERA, 'working', true)],
  ['SIGN_SHOWS_LIMIT', signShowsLimit],
  ['BARRIER_CLOSED', flag(BARRIER, 'closed', true)],
  ['BARRIER_OPEN', flag(BARRIER, 'closed', false)],
  ['REQUIRED_TAGS', requiredTags],
])

export const managedRule = (sourceIdentifier: string): ManagedRule | undefined => MANAGED_RULES.get(sourceIdentifier)
