import { ACCOUNT_ID } from '../../../shared/aws/account.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { toIsoSeconds } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Series, Unusual } from './insight-series.ts'

const MOST_ATTRIBUTED = 5

/** One of the two events of an insight. */
export interface InsightEvent {
  readonly state: 'Start' | 'End'
  readonly at: ServiceMs
  readonly eventID: string
  readonly sharedEventID: string
}

/** The record of an Insights event (CloudTrail User Guide, "CloudTrail record contents for Insights events"). */
export function toInsightRecord(series: Series, unusual: Unusual, event: InsightEvent): JsonObject {
  return {
    eventVersion: '1.08',
    eventTime: toIsoSeconds(event.at),
    awsRegion: series.region,
    eventID: event.eventID,
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: ACCOUNT_ID,
    sharedEventID: event.sharedEventID,
    insightDetails: {
      state: event.state,
      eventSource: series.eventSource,
      eventName: series.eventName,
      insightType: series.type,
      insightContext: toContext(unusual),
    },
    eventCategory: 'Insight',
  }
}

/** The quiet minutes in which an insight ended were not part of it, their few calls are. */
function toContext({ baseline, total, minutes, quietMinutes }: Unusual): JsonObject {
  const duration = minutes - quietMinutes
  return {
    statistics: {
      baseline: { average: baseline.average },
      insight: { average: total.calls / duration },
      insightDuration: duration,
      baselineDuration: baseline.minutes,
    },
    attributions: [
      attribute('userIdentityArn', total.callers, duration),
      attribute('userAgent', total.userAgents, duration),
      attribute('errorCode', total.errorCodes, duration),
    ],
  }
}

const attribute = (name: string, counts: Readonly<Record<string, number>>, minutes: number): JsonObject => ({
  attribute: name,
  insight: Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_ATTRIBUTED)
    .map(([value, calls]) => ({ value, average: calls / minutes })),
})
