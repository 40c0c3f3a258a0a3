import { ACCOUNT_ID } from '../../../shared/aws/account.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { CallContext } from './answer.ts'
import { refuse } from './answer.ts'
import type { TrailState } from './state.ts'
import type { Trail } from './trail-settings.ts'

const ARN = /^arn:aws:cloudtrail:[a-z0-9-]+:\d{12}:trail\/.+$/
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9]|[._-](?![._-]))*[A-Za-z0-9]$/
const IP_ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** @returns why a trail may not bear this name, `null` when it may (CloudTrail User Guide, "Naming requirements") */
export function faultOfName(name: string): string | null {
  if (name.length < 3 || name.length > 128) return 'Trail name must be 3 to 128 characters long.'
  if (IP_ADDRESS.test(name)) return 'Trail name must not look like an IP address.'
  return NAME.test(name) ? null : 'Trail name has a character, or two neighbouring signs, that names may not have.'
}

/**
 * Finds a trail by its name, in its home Region, or by its ARN, wherever it can be seen.
 *
 * @returns or fails with CloudTrailARNInvalidException, InvalidTrailNameException, TrailNotFoundException
 */
export function findTrail(state: TrailState, nameOrArn: string, region: string): Result<Trail, ServiceError> {
  const fault = faultOfReference(nameOrArn)
  if (fault !== null) return fault
  const trail = state.trails.find(
    ({ settings }) => settings.arn === nameOrArn || (settings.name === nameOrArn && settings.homeRegion === region),
  )
  return trail !== undefined && isVisible(trail, region) ? ok(trail) : refuseUnknown(nameOrArn)
}

/** As `findTrail`, for what may be done in the home Region only: elsewhere InvalidHomeRegionException. */
export function findAtHome(state: TrailState, nameOrArn: string, { region }: CallContext): Result<Trail, ServiceError> {
  const fault = faultOfReference(nameOrArn)
  if (fault !== null) return fault
  const named = state.trails.filter(({ settings }) => settings.arn === nameOrArn || settings.name === nameOrArn)
  const atHome = named.find(({ settings }) => settings.homeRegion === region)
  if (atHome !== undefined) return ok(atHome)
  const shadow = named.find((trail) => isVisible(trail, region))
  if (shadow === undefined) return refuseUnknown(nameOrArn)
  return refuse(
    'InvalidHomeRegionException',
    `Trail ${shadow.settings.arn} must be changed from its home Region, ${shadow.settings.homeRegion}.`,
  )
}

/** A trail of all Regions is seen in each, as a shadow of itself. */
export const isVisible = ({ settings }: Trail, region: string): boolean =>
  settings.isMultiRegion || settings.homeRegion === region

function faultOfReference(nameOrArn: string) {
  if (nameOrArn.startsWith('arn:')) {
    return ARN.test(nameOrArn) ? null : refuse('CloudTrailARNInvalidException', `Not the ARN of a trail: ${nameOrArn}`)
  }
  const fault = faultOfName(nameOrArn)
  return fault === null ? null : refuse('InvalidTrailNameException', fault, 'Name')
}

const refuseUnknown = (nameOrArn: string) =>
  refuse('TrailNotFoundException', `Unknown trail: ${nameOrArn} for the user: ${ACCOUNT_ID}`)
