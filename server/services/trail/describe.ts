import type { Answer, CallContext } from './answer.ts'
import { answer } from './answer.ts'
import { findTrail, isVisible } from './find-trail.ts'
import { DEFAULT_SELECTORS } from './selectors.ts'
import type { TrailState } from './state.ts'
import type { Trail, TrailSettings } from './trail-settings.ts'

/** A trail as CreateTrail, UpdateTrail and DescribeTrails show it; what it does not have is left out. */
export interface TrailDescription {
  readonly Name: string
  readonly S3BucketName: string
  readonly S3KeyPrefix?: string
  readonly IncludeGlobalServiceEvents: boolean
  readonly IsMultiRegionTrail: boolean
  readonly HomeRegion: string
  readonly TrailARN: string
  readonly LogFileValidationEnabled: boolean
  readonly CloudWatchLogsLogGroupArn?: string
  readonly CloudWatchLogsRoleArn?: string
  readonly HasCustomEventSelectors: boolean
  readonly HasInsightSelectors: boolean
  readonly IsOrganizationTrail: false
}

/** Names or ARNs; left out: every trail. Shadows, the trails of all Regions seen from another, are shown by default. */
export interface DescribeTrailsInput {
  readonly trailNameList?: readonly string[]
  readonly includeShadowTrails?: boolean
}

/** DescribeTrails: an ARN or a name that is nobody's is passed over; one that cannot be a trail's is refused. */
export function describeTrails(
  state: TrailState,
  { trailNameList = [], includeShadowTrails = true }: DescribeTrailsInput,
  { region }: CallContext,
): Answer<{ readonly trailList: readonly TrailDescription[] }> {
  const searches = trailNameList.map((name) => findTrail(state, name, region))
  const refused = searches.find((search) => !search.ok && search.error.code !== 'TrailNotFoundException')
  if (refused !== undefined && !refused.ok) return refused
  const wanted: readonly Trail[] =
    searches.length === 0
      ? state.trails.filter((trail) => isVisible(trail, region))
      : searches.flatMap((search) => (search.ok ? search.value : []))
  const shown = wanted.filter(({ settings }) => includeShadowTrails || settings.homeRegion === region)
  return answer(state, { trailList: shown.map(({ settings }) => describeTrail(settings)) })
}

export const describeTrail = (settings: TrailSettings): TrailDescription => ({
  Name: settings.name,
  S3BucketName: settings.bucket,
  ...(settings.prefix === '' ? {} : { S3KeyPrefix: settings.prefix }),
  IncludeGlobalServiceEvents: settings.includesGlobalEvents,
  IsMultiRegionTrail: settings.isMultiRegion,
  HomeRegion: settings.homeRegion,
  TrailARN: settings.arn,
  LogFileValidationEnabled: settings.validatesFiles,
  ...(settings.logGroupArn === null ? {} : { CloudWatchLogsLogGroupArn: settings.logGroupArn }),
  ...(settings.logGroupRoleArn === null ? {} : { CloudWatchLogsRoleArn: settings.logGroupRoleArn }),
  HasCustomEventSelectors: JSON.stringify(settings.selectors) !== JSON.stringify(DEFAULT_SELECTORS),
  HasInsightSelectors: settings.insightTypes.length > 0,
  IsOrganizationTrail: false,
})
