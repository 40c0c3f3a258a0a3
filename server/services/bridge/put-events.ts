import { HOME_REGION } from '../../../shared/aws/account.ts'
import type { EventEntry } from '../../../shared/aws/event.ts'
import type { ServiceError, StepContext } from '../../../shared/aws/step.ts'
import type { CauseId } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { invalid } from './faults.ts'
import { parseJsonObject } from './json-text.ts'
import { eventIdAt } from './publish.ts'
import { DEFAULT_BUS, type BridgeState } from './state.ts'
import { utf8Length } from '../../../shared/utf8.ts'

/** One entry as a customer writes it: `detail` is a text that holds a JSON object. */
export interface PutEventsEntry {
  readonly source?: string
  readonly detailType?: string
  readonly detail?: string
  readonly time?: ServiceMs
  readonly resources?: readonly string[]
  readonly eventBusName?: string
  readonly traceHeader?: string
}

type PutEventsAnswer = { readonly eventId: string } | { readonly errorCode: string; readonly errorMessage: string }

export interface PutEventsResult {
  readonly state: BridgeState
  /** The accepted ones: to be handed to the next step. */
  readonly entries: readonly EventEntry[]
  readonly failedEntryCount: number
  /** As many as were asked, in the same order. */
  readonly answers: readonly PutEventsAnswer[]
  /** Buses that were named but do not exist: their events are accepted and matched by nothing. */
  readonly unknownBuses: readonly string[]
}

/** Who calls, where and in which chain. */
export interface PutEventsCall extends Pick<StepContext, 'now' | 'seed'> {
  readonly cause: CauseId
  readonly region?: string
  /** Turns of rule → target → event that led to the call. */
  readonly hops?: number
}

const MAX_ENTRIES = 10
const MAX_BYTES = 256 * 1024
const LONGEST_DETAIL_TYPE = 128
const TIME_BYTES = 14

/** A bad entry does not stop the good ones (EventBridge API Reference, "PutEvents"). */
export function putEvents(
  state: BridgeState,
  asked: readonly PutEventsEntry[],
  call: PutEventsCall,
): Result<PutEventsResult, ServiceError> {
  if (asked.length === 0 || asked.length > MAX_ENTRIES)
    return invalid(`Entries must have 1 to ${MAX_ENTRIES} members.`, 'entries')
  if (asked.reduce((sum, entry) => sum + sizeOf(entry), 0) >= MAX_BYTES)
    return invalid('Total size of the entries in the request is over the limit.', 'entries')
  let { idsGiven } = state
  const entries: EventEntry[] = []
  const answers = asked.map((entry): PutEventsAnswer => {
    const read = toEntry(entry, call)
    if (!read.ok) return read.error
    const eventId = eventIdAt(call.seed, idsGiven)
    idsGiven += 1
    entries.push({ ...read.value, eventId })
    return { eventId }
  })
  const failedEntryCount = asked.length - entries.length
  const unknownBuses = entries
    .map((entry) => entry.eventBusName ?? DEFAULT_BUS)
    .filter((name) => !state.buses.some((bus) => bus.name === name))
  return ok({ state: { ...state, idsGiven }, entries, failedEntryCount, answers, unknownBuses })
}

const sizeOf = ({ time, source = '', detailType = '', detail = '', resources = [] }: PutEventsEntry): number =>
  [source, detailType, detail, ...resources].reduce(
    (sum, text) => sum + utf8Length(text),
    time === undefined ? 0 : TIME_BYTES,
  )

type EntryFault = Extract<PutEventsAnswer, { readonly errorCode: string }>

const refuse = (errorCode: string, errorMessage: string) => ({ ok: false, error: { errorCode, errorMessage } }) as const
const badArgument = (name: string, reason: string) =>
  refuse('InvalidArgument', `Parameter ${name} is not valid. Reason: ${reason}`)

function toEntry(asked: PutEventsEntry, call: PutEventsCall): Result<EventEntry, EntryFault> {
  const { source, detailType, detail: detailText, eventBusName } = asked
  if (!source) return badArgument('Source', 'Source is a required argument.')
  if (!detailType) return badArgument('DetailType', 'DetailType is a required argument.')
  if (!detailText) return badArgument('Detail', 'Detail is a required argument.')
  if (detailType.length > LONGEST_DETAIL_TYPE)
    return badArgument('DetailType', `DetailType is longer than ${LONGEST_DETAIL_TYPE} characters.`)
  if (source.startsWith('aws.'))
    return refuse('NotAuthorizedForSourceException', `Not authorized for the source ${source}.`)
  const detail: JsonObject | null = parseJsonObject(detailText)
  if (detail === null) return refuse('MalformedDetail', 'Detail is malformed.')
  return ok({
    cause: call.cause,
    source,
    detailType,
    detail,
    detailText,
    resources: asked.resources ?? [],
    time: asked.time ?? call.now,
    region: call.region ?? HOME_REGION,
    ...(eventBusName === undefined ? {} : { eventBusName: toBusName(eventBusName) }),
    ...(call.hops === undefined ? {} : { hops: call.hops }),
  })
}

/** A bus may be named by its ARN. */
const toBusName = (nameOrArn: string): string => nameOrArn.replace(/^arn:aws:events:[^:]*:\d*:event-bus\//, '')
