import type { ItemStatus, ResourceChange } from '../../../shared/aws/item.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { ok } from '../../../shared/result.ts'
import { serviceMs } from '../../../shared/units.ts'
import { judgeChange } from './judge.ts'
import { isTypeRecorded, seeChange } from './record.ts'
import { runRepairs } from './repair.ts'
import type { ConfigOutput, ConfigResult, ConfigState, Recorder, RecordingFrequency } from './state.ts'
import { closeDraft, openDraft, refusal } from './state.ts'

const DAY_MS = 86_400_000

export interface PutConfigurationRecorder {
  readonly name: string
  readonly roleARN: string
  /** At most one of the three lists of types; left out: everything. */
  readonly recordingGroup?: {
    readonly allSupported?: boolean
    readonly resourceTypes?: readonly string[]
    readonly exclusionByResourceTypes?: readonly string[]
  }
  readonly recordingMode?: {
    readonly recordingFrequency: RecordingFrequency
    readonly overrides?: Recorder['overrides']
  }
}

/** Sets up or changes the one recorder of the city (AWS Config API, "PutConfigurationRecorder"); it is not started. */
export function putConfigurationRecorder(
  state: ConfigState,
  input: PutConfigurationRecorder,
  ctx: StepContext,
): ConfigResult {
  const known = state.recorder
  if (known && known.name !== input.name) {
    return refusal('MaxNumberOfConfigurationRecordersExceededException', 'There is a recorder already.', 'name')
  }
  const { allSupported, resourceTypes = [], exclusionByResourceTypes = [] } = input.recordingGroup ?? {}
  const includes = resourceTypes.length > 0
  const excludes = exclusionByResourceTypes.length > 0
  if ((includes && excludes) || (allSupported === true && (includes || excludes))) {
    return refusal('InvalidRecordingGroupException', 'Record everything, a list, or all but a list.', 'recordingGroup')
  }
  const strategy = includes
    ? 'INCLUSION_BY_RESOURCE_TYPES'
    : excludes
      ? 'EXCLUSION_BY_RESOURCE_TYPES'
      : 'ALL_SUPPORTED_RESOURCE_TYPES'
  const recorder: Recorder = {
    name: input.name,
    roleARN: input.roleARN,
    strategy,
    resourceTypes: includes ? resourceTypes : exclusionByResourceTypes,
    frequency: input.recordingMode?.recordingFrequency ?? 'CONTINUOUS',
    overrides: input.recordingMode?.overrides ?? [],
    recording: known?.recording ?? false,
    lastStartTime: known?.lastStartTime ?? null,
    lastStopTime: known?.lastStopTime ?? null,
    nextDailyAt: known?.recording ? (known.nextDailyAt ?? serviceMs(ctx.now + DAY_MS)) : null,
    inventoryDue: known?.recording ?? false,
  }
  return ok({ ...state, recorder })
}

type Named = { readonly configurationRecorderName: string }

const noSuchRecorder = () => refusal('NoSuchConfigurationRecorderException', 'There is no such recorder.')

/** Starts recording; the next tick takes inventory of the state then found (AWS Config API, "StartConfigurationRecorder"). */
export function startConfigurationRecorder(state: ConfigState, input: Named, ctx: StepContext): ConfigResult {
  const { recorder } = state
  if (recorder?.name !== input.configurationRecorderName) return noSuchRecorder()
  if (!state.deliveryChannel) return refusal('NoAvailableDeliveryChannelException', 'There is no delivery channel.')
  if (recorder.recording) return ok(state)
  const nextDailyAt = serviceMs(ctx.now + DAY_MS)
  const started = { ...recorder, recording: true, lastStartTime: ctx.now, nextDailyAt, inventoryDue: true }
  return ok({ ...state, recorder: started })
}

/** Stops recording: changes are no longer written down, periodic rules go on (AWS Config API, "StopConfigurationRecorder"). */
export function stopConfigurationRecorder(state: ConfigState, input: Named, ctx: StepContext): ConfigResult {
  const { recorder } = state
  if (recorder?.name !== input.configurationRecorderName) return noSuchRecorder()
  const stopped = { ...recorder, recording: false, lastStopTime: ctx.now, nextDailyAt: null, inventoryDue: false }
  return ok({ ...state, recorder: stopped })
}

/** Takes the recorder away; history and rules stay (AWS Config API, "DeleteConfigurationRecorder"). */
export function deleteConfigurationRecorder(state: ConfigState, input: Named): ConfigResult {
  if (state.recorder?.name !== input.configurationRecorderName) return noSuchRecorder()
  return ok({ ...state, recorder: null })
}

/** Says where items are delivered: without it no recorder starts (AWS Config API, "PutDeliveryChannel"). */
export function putDeliveryChannel(
  state: ConfigState,
  input: { readonly name: string; readonly s3BucketName: string },
): ConfigResult {
  const known = state.deliveryChannel
  if (!state.recorder)
    return refusal('NoAvailableConfigurationRecorderException', 'There is no configuration recorder.')
  if (known && known.name !== input.name) {
    return refusal('MaxNumberOfDeliveryChannelsExceededException', 'There is a delivery channel already.', 'name')
  }
  return ok({ ...state, deliveryChannel: { name: input.name, s3BucketName: input.s3BucketName } })
}

/** Refused while the recorder runs (AWS Config API, "DeleteDeliveryChannel"). */
export function deleteDeliveryChannel(
  state: ConfigState,
  input: { readonly deliveryChannelName: string },
): ConfigResult {
  if (state.deliveryChannel?.name !== input.deliveryChannelName) {
    return refusal('NoSuchDeliveryChannelException', 'There is no such delivery channel.')
  }
  if (state.recorder?.recording) {
    return refusal('LastDeliveryChannelDeleteFailedException', 'The recorder is still running.')
  }
  return ok({ ...state, deliveryChannel: null })
}

/** `ConfigurationRecordersStatus`, with AWS's lower-case initials; times are epoch seconds. */
export function describeConfigurationRecorderStatus(state: ConfigState): JsonObject {
  const { recorder } = state
  if (!recorder) return { ConfigurationRecordersStatus: [] }
  const { name, recording, lastStartTime, lastStopTime } = recorder
  const started = lastStartTime === null ? {} : { lastStartTime: lastStartTime / 1000 }
  const stopped = lastStopTime === null ? {} : { lastStopTime: lastStopTime / 1000 }
  return { ConfigurationRecordersStatus: [{ name, recording, lastStatus: 'SUCCESS', ...started, ...stopped }] }
}

const FOREIGN = /^(amzn|amazon|alexa|custom|aws)$/i

/**
 * Records an item of a custom type that a player describes by hand; `configuration` `null` deletes it (AWS Config API,
 * "PutResourceConfig", "DeleteResourceConfig").
 */
export function putResourceConfig(
  state: ConfigState,
  change: ResourceChange,
  ctx: StepContext,
): ConfigResult<{ state: ConfigState; status: ItemStatus | null } & ConfigOutput> {
  const { resourceType, resourceId } = change
  const [organisation = ''] = resourceType.split('::')
  if (!/^\w+::\w+::\w+$/.test(resourceType) || FOREIGN.test(organisation)) {
    return refusal('ValidationException', 'A custom type is Organisation::Service::Type.', 'resourceType')
  }
  if (resourceId === '' || resourceId.length > 768) {
    return refusal('ValidationException', 'A resource has an id of 1 to 768 characters.', 'resourceId')
  }
  if (!state.recorder?.recording || !isTypeRecorded(state.recorder, resourceType)) {
    return refusal('NoRunningConfigurationRecorderException', 'No recorder is running for that type.')
  }
  const draft = openDraft(state, ctx)
  const recorded = seeChange(draft, change)
  if (recorded) judgeChange(draft, recorded)
  runRepairs(draft)
  return ok({ state: closeDraft(draft), status: recorded?.item.status ?? null, ...draft.out })
}
