import type { ObjectStore } from '../../shared/aws/log-file.ts'
import type { ServiceError } from '../../shared/aws/step.ts'
import type { JsonObject } from '../../shared/json.ts'
import type { Result } from '../../shared/result.ts'

/** The operations of CloudTrail that are answered: all of them only look. */
export const TRAIL_OPERATIONS = ['DescribeTrails', 'GetTrailStatus', 'LookupEvents', 'ListPublicKeys'] as const
export type TrailOperation = (typeof TRAIL_OPERATIONS)[number]

/** One city as these routes see it. Inputs and outputs have AWS's members; times are service milliseconds. */
export interface AwsCity {
  /** The user whose access key this is. */
  readonly userName: string
  cloudTrail(operation: TrailOperation, input: JsonObject, region: string): Result<JsonObject, ServiceError>
  readonly objects: Pick<ObjectStore, 'get' | 'keys'>
  /** @returns the Region of a bucket, `null` when there is no such bucket */
  bucketRegion(bucket: string): string | null
}

/** An access key names a city and a user in it; `undefined` for a key that nobody gave out. */
export type FindCity = (accessKeyId: string) => AwsCity | undefined
