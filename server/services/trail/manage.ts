import { trailArn } from '../../../shared/aws/account.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { Answer, CallContext } from './answer.ts'
import { answer, refuse } from './answer.ts'
import type { TrailDescription } from './describe.ts'
import { describeTrail } from './describe.ts'
import { faultOfName, findAtHome, isVisible } from './find-trail.ts'
import type { TrailName } from './logging.ts'
import { replaceTrail, stopChains } from './logging.ts'
import { reviseTrail } from './revise.ts'
import { DEFAULT_SELECTORS } from './selectors.ts'
import type { TrailState } from './state.ts'
import type { Trail, TrailSettings } from './trail-settings.ts'

const MAX_TRAILS_PER_REGION = 5
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** What CreateTrail takes. Left out: no prefix, one Region, with global services, without validation. */
export interface CreateTrailInput {
  readonly Name: string
  readonly S3BucketName: string
  readonly S3KeyPrefix?: string
  readonly IncludeGlobalServiceEvents?: boolean
  readonly IsMultiRegionTrail?: boolean
  readonly EnableLogFileValidation?: boolean
  readonly CloudWatchLogsLogGroupArn?: string
  readonly CloudWatchLogsRoleArn?: string
}

/** What UpdateTrail takes: the trail, by name or ARN, and what is to change. */
export type UpdateTrailInput = TrailName & Partial<CreateTrailInput>

/** CreateTrail: the trail does not log until StartLogging. (CloudTrail API Reference) */
export function createTrail(
  state: TrailState,
  input: CreateTrailInput,
  { region }: CallContext,
): Answer<TrailDescription> {
  const fault = faultOfName(input.Name)
  if (fault !== null) return refuse('InvalidTrailNameException', fault, 'Name')
  const here = state.trails.filter((trail) => isVisible(trail, region))
  if (here.some(({ settings }) => settings.name === input.Name)) {
    return refuse('TrailAlreadyExistsException', `Trail ${input.Name} already exists in ${region}.`, 'Name')
  }
  if (here.length >= MAX_TRAILS_PER_REGION) {
    return refuse('MaximumNumberOfTrailsExceededException', `${region} already has ${MAX_TRAILS_PER_REGION} trails.`)
  }
  const blank = { ...BLANK, name: input.Name, arn: trailArn(input.Name, region), homeRegion: region }
  const settings = applyInput(blank, input)
  if (!settings.ok) return settings
  const trail: Trail = { ...NEVER_LOGGED, settings: settings.value }
  return answer({ ...state, trails: [...state.trails, trail] }, describeTrail(settings.value))
}

/** UpdateTrail: what is left out stays as it is. A trail that is logging goes on with the new settings at once. */
export function updateTrail(state: TrailState, input: UpdateTrailInput, ctx: CallContext): Answer<TrailDescription> {
  const found = findAtHome(state, input.Name, ctx)
  if (!found.ok) return found
  const settings = applyInput(found.value.settings, input)
  if (!settings.ok) return settings
  return answer(reviseTrail(state, found.value, settings.value, ctx.now), describeTrail(settings.value))
}

/** DeleteTrail: logging ends as at StopLogging; the files stay where they are. */
export function deleteTrail(state: TrailState, { Name }: TrailName, ctx: CallContext): Answer<null> {
  const found = findAtHome(state, Name, ctx)
  if (!found.ok) return found
  const { arn } = found.value.settings
  const stopped = stopChains(replaceTrail(state, found.value), arn, ctx.now)
  return answer({ ...stopped, trails: stopped.trails.filter(({ settings }) => settings.arn !== arn) }, null)
}

const NEVER_LOGGED = {
  isLogging: false,
  startedAt: null,
  stoppedAt: null,
  latestDelivery: null,
  latestDigestDelivery: null,
} as const

const BLANK: TrailSettings = {
  name: '',
  arn: '',
  homeRegion: '',
  bucket: '',
  prefix: '',
  isMultiRegion: false,
  includesGlobalEvents: true,
  validatesFiles: false,
  selectors: DEFAULT_SELECTORS,
  insightTypes: [],
  logGroupArn: null,
  logGroupRoleArn: null,
}

function applyInput(before: TrailSettings, input: Partial<CreateTrailInput>): Result<TrailSettings, ServiceError> {
  const settings: TrailSettings = {
    ...before,
    bucket: input.S3BucketName ?? before.bucket,
    prefix: input.S3KeyPrefix ?? before.prefix,
    isMultiRegion: input.IsMultiRegionTrail ?? before.isMultiRegion,
    includesGlobalEvents: input.IncludeGlobalServiceEvents ?? before.includesGlobalEvents,
    validatesFiles: input.EnableLogFileValidation ?? before.validatesFiles,
    logGroupArn: input.CloudWatchLogsLogGroupArn ?? before.logGroupArn,
    logGroupRoleArn: input.CloudWatchLogsRoleArn ?? before.logGroupRoleArn,
  }
  return faultOfSettings(settings) ?? ok(settings)
}

function faultOfSettings(settings: TrailSettings) {
  const { bucket, prefix, isMultiRegion, includesGlobalEvents, logGroupArn, logGroupRoleArn } = settings
  if (!BUCKET.test(bucket) || bucket.includes('..')) {
    return refuse('InvalidS3BucketNameException', `Not the name of a bucket: ${bucket}`, 'S3BucketName')
  }
  if (prefix.length > 200 || prefix.startsWith('/') || prefix.endsWith('/')) {
    return refuse('InvalidS3PrefixException', `Not a key prefix for a trail: ${prefix}`, 'S3KeyPrefix')
  }
  if (isMultiRegion && !includesGlobalEvents) {
    const message = 'A trail of all Regions must include the events of global services.'
    return refuse('InvalidParameterCombinationException', message, 'IncludeGlobalServiceEvents')
  }
  if (logGroupArn === null && logGroupRoleArn !== null) {
    const message = 'A role for CloudWatch Logs needs a log group.'
    return refuse('InvalidCloudWatchLogsLogGroupArnException', message, 'CloudWatchLogsLogGroupArn')
  }
  if (logGroupArn !== null && logGroupRoleArn === null) {
    const message = 'A log group needs a role that may write to it.'
    return refuse('InvalidCloudWatchLogsRoleArnException', message, 'CloudWatchLogsRoleArn')
  }
  return null
}
