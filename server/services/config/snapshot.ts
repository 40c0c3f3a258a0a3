import { ACCOUNT_ID, HOME_REGION } from '../../../shared/aws/account.ts'
import type { EventEntry } from '../../../shared/aws/event.ts'
import type { ObjectPlace } from '../../../shared/aws/log-file.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { streamOf, uuidAt } from '../../../shared/random.ts'
import { ok } from '../../../shared/result.ts'
import { toIsoMillis, toIsoSeconds, toUtcParts } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { toNotificationItem } from './item-forms.ts'
import type { ConfigResult, ConfigState } from './state.ts'
import { refusal } from './state.ts'

/** A file for the delivery channel's bucket: JSON text, which the edge packs with gzip. */
interface SnapshotFile extends ObjectPlace {
  readonly text: string
}

/** What DeliverConfigSnapshot brings about: the file, and the events of its beginning and its end. */
interface SnapshotDelivery {
  readonly state: ConfigState
  readonly configSnapshotId: string
  readonly file: SnapshotFile
  readonly events: readonly EventEntry[]
}

/**
 * Writes down what there is now, all of it in one file (AWS Config API, "DeliverConfigSnapshot"). It records nothing new:
 * the file holds the last item of each resource that is not gone.
 *
 * @returns `NoAvailableConfigurationRecorderException`, `NoRunningConfigurationRecorderException`,
 *   `NoSuchDeliveryChannelException`
 */
export function deliverConfigSnapshot(
  state: ConfigState,
  { deliveryChannelName }: { readonly deliveryChannelName: string },
  { cause, ...ctx }: StepContext & { readonly cause: CauseId },
): ConfigResult<SnapshotDelivery> {
  if (!state.recorder)
    return refusal('NoAvailableConfigurationRecorderException', 'There is no configuration recorder.')
  if (!state.recorder.recording) return refusal('NoRunningConfigurationRecorderException', 'The recorder is stopped.')
  const channel = state.deliveryChannel
  if (channel?.name !== deliveryChannelName)
    return refusal('NoSuchDeliveryChannelException', 'There is no such delivery channel.', 'deliveryChannelName')
  const configSnapshotId = uuidAt(ctx.seed, streamOf('config/snapshot'), state.count)
  const file = {
    bucket: channel.s3BucketName,
    key: keyOf(configSnapshotId, ctx.now),
    text: textOf(state, configSnapshotId),
  }
  const tell = (messageType: string, more: JsonObject) =>
    toEvent({ configSnapshotId, ...more, messageType }, cause, ctx.now)
  const events = [
    tell('ConfigurationSnapshotDeliveryStarted', {}),
    tell('ConfigurationSnapshotDeliveryCompleted', { s3ObjectKey: file.key, s3Bucket: file.bucket }),
  ]
  return ok({ state: { ...state, count: state.count + 1 }, configSnapshotId, file, events })
}

/** Folders of the day without zeros in front, as Config has them; the time in the name as CloudTrail has it. */
function keyOf(configSnapshotId: string, now: ServiceMs): string {
  const { year, month, day } = toUtcParts(now)
  const folder = `AWSLogs/${ACCOUNT_ID}/Config/${HOME_REGION}/${year}/${month}/${day}/ConfigSnapshot`
  const time = toIsoSeconds(now).replaceAll(/[-:]/g, '')
  return `${folder}/${ACCOUNT_ID}_Config_${HOME_REGION}_ConfigSnapshot_${time}_${configSnapshotId}.json.gz`
}

function textOf({ resources }: ConfigState, configSnapshotId: string): string {
  const configurationItems = Object.values(resources).flatMap((timeline) => {
    const item = timeline.items.at(-1)
    return item?.configuration ? [toNotificationItem(timeline, item)] : []
  })
  return JSON.stringify({ fileVersion: '1.0', configSnapshotId, configurationItems })
}

const toEvent = (message: JsonObject, cause: CauseId, now: ServiceMs): EventEntry => ({
  cause,
  source: 'aws.config',
  detailType: 'Config Configuration Snapshot Delivery Status',
  detail: { recordVersion: '1.1', ...message, notificationCreationTime: toIsoMillis(now) },
  resources: [],
  time: now,
  region: HOME_REGION,
})
