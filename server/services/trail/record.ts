import { ACCOUNT_ID } from '../../../shared/aws/account.ts'
import type { ApiCall, ResourceRef, TrailRecord } from '../../../shared/aws/record.ts'
import type { IdSource } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { toIsoSeconds } from '../../../shared/time.ts'
import type { Draw } from './draw.ts'
import { invokerOf, toUserIdentity } from './identity.ts'
import { capRecord } from './record-size.ts'

/** Writes the record of a call, field for field (CloudTrail User Guide, "CloudTrail record contents"). */
export function toTrailRecord(call: ApiCall, ids: IdSource, draw: Draw): TrailRecord {
  const eventID = draw.uuid()
  const record = capRecord(toRecord(call, eventID, draw.uuid()))
  return { id: ids.next(), cause: call.cause, eventID, call, record }
}

function toRecord(call: ApiCall, eventID: string, requestID: string): JsonObject {
  const invoker = invokerOf(call.principal)
  const hasResponse = !call.readOnly && call.errorCode === undefined
  return {
    eventVersion: '1.08',
    userIdentity: toUserIdentity(call.principal, call.eventTime),
    eventTime: toIsoSeconds(call.eventTime),
    eventSource: call.eventSource,
    eventName: call.eventName,
    awsRegion: call.awsRegion,
    sourceIPAddress: invoker ?? call.sourceIPAddress,
    userAgent: invoker ?? call.userAgent,
    ...(call.errorCode === undefined ? {} : { errorCode: call.errorCode }),
    ...(call.errorMessage === undefined ? {} : { errorMessage: call.errorMessage }),
    requestParameters: call.requestParameters,
    responseElements: hasResponse ? call.responseElements : null,
    requestID,
    eventID,
    readOnly: call.readOnly,
    ...(call.resources.length === 0 ? {} : { resources: call.resources.map(toResource) }),
    eventType: isSignIn(call) ? 'AwsConsoleSignIn' : 'AwsApiCall',
    managementEvent: call.category === 'Management',
    recipientAccountId: ACCOUNT_ID,
    eventCategory: call.category,
  }
}

/** Sign-ins are recorded like calls, but are of a type of their own. */
export const isSignIn = (call: ApiCall) => call.eventSource === 'signin.amazonaws.com'

const toResource = (resource: ResourceRef): JsonObject => ({
  ARN: resource.ARN,
  accountId: ACCOUNT_ID,
  type: resource.type,
})
