import type { EventEntry } from '../../../shared/aws/event.ts'
import type { TrailRecord } from '../../../shared/aws/record.ts'
import type { InsightRecord } from './insights.ts'
import { isSignIn } from './record.ts'

const AWS_SUFFIX = '.amazonaws.com'

/**
 * The event of a record on the bus. Its source is the service that was called, never CloudTrail, unless CloudTrail
 * itself was called (EventBridge User Guide, "AWS service events delivered via CloudTrail").
 */
export function toBusEntry({ id, call, record }: TrailRecord): EventEntry {
  return {
    cause: id,
    source: toBusSource(call.eventSource),
    detailType: isSignIn(call) ? 'AWS Console Sign In via CloudTrail' : 'AWS API Call via CloudTrail',
    detail: record,
    resources: [],
    time: call.eventTime,
    region: call.awsRegion,
    ...(call.hops === undefined ? {} : { hops: call.hops }),
    readOnlyManagement: call.readOnly && call.category === 'Management',
  }
}

/** The event of an insight: here CloudTrail speaks for itself. */
export const toInsightBusEntry = ({ id, at, region, record }: InsightRecord): EventEntry => ({
  cause: id,
  source: 'aws.cloudtrail',
  detailType: 'AWS Insight via CloudTrail',
  detail: record,
  resources: [],
  time: at,
  region,
})

/** `lambda.amazonaws.com` → `aws.lambda`; `vehicle.city` → `city.vehicle`: the city's own things bear its name. */
function toBusSource(eventSource: string): string {
  const name = eventSource.endsWith(AWS_SUFFIX) ? eventSource.slice(0, -AWS_SUFFIX.length) : eventSource
  return name.endsWith('.city') ? `city.${name.slice(0, -'.city'.length)}` : `aws.${name}`
}
