import { ACCOUNT_ID, toArn } from '../../../shared/aws/account.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { toIsoMillis } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { toDiff } from './diff.ts'
import type { StoredItem, Timeline } from './state.ts'

/** `City::Fleet::Vehicle` + `FR-042` → `arn:aws:city:…:vehicle/FR-042`. */
export function resourceArn(resourceType: string, resourceId: string): string {
  const kind = resourceType.split('::').at(-1) ?? ''
  return toArn('city', `${kind.toLowerCase()}/${resourceId}`)
}

/** The item as the API prints it (AWS Config, "Components of a configuration item"). */
export function toApiItem(timeline: Timeline, item: StoredItem): JsonObject {
  return {
    version: '1.3',
    accountId: ACCOUNT_ID,
    ...commonFields(timeline, item),
    arn: resourceArn(timeline.resourceType, timeline.resourceId),
    relationships: item.relationships.map((relationship) => ({
      resourceType: relationship.resourceType,
      resourceId: relationship.resourceId,
      resourceName: relationship.resourceId,
      relationshipName: relationship.relationshipName,
    })),
    configuration: item.configuration === null ? null : JSON.stringify(item.configuration),
  }
}

/** The same item as notifications and rule functions get it: other names for some fields, `configuration` an object. */
export function toNotificationItem(timeline: Timeline, item: StoredItem): JsonObject {
  return {
    configurationItemVersion: '1.3',
    awsAccountId: ACCOUNT_ID,
    ...commonFields(timeline, item),
    ARN: resourceArn(timeline.resourceType, timeline.resourceId),
    relationships: item.relationships.map((relationship) => ({
      resourceType: relationship.resourceType,
      resourceId: relationship.resourceId,
      resourceName: relationship.resourceId,
      name: relationship.relationshipName,
    })),
    configuration: item.configuration,
  }
}

/** The hash is left to the edge: the engine makes none. `relatedEvents` is empty today, as in AWS: ask the logbook. */
function commonFields(timeline: Timeline, item: StoredItem): JsonObject {
  return {
    configurationItemCaptureTime: toIsoMillis(item.capturedAt),
    configurationItemStatus: item.status,
    configurationStateId: String(item.stateId),
    configurationItemMD5Hash: '',
    resourceType: timeline.resourceType,
    resourceId: timeline.resourceId,
    resourceName: timeline.resourceId,
    awsRegion: timeline.awsRegion,
    availabilityZone: 'Not Applicable',
    resourceCreationTime: toIsoMillis(timeline.createdAt),
    tags: item.tags,
    relatedEvents: [],
    supplementaryConfiguration: {},
  }
}

/** `ConfigurationItemChangeNotification`: the detail of the event, and what triggers a custom rule's function. */
export function toChangeNotification(
  timeline: Timeline,
  item: StoredItem,
  before: StoredItem | null,
  now: ServiceMs,
): JsonObject {
  return {
    recordVersion: '1.3',
    messageType: 'ConfigurationItemChangeNotification',
    configurationItemDiff: toDiff(before, item),
    configurationItem: toNotificationItem(timeline, item),
    notificationCreationTime: toIsoMillis(now),
  }
}
