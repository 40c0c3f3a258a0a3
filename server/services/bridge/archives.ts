import { toArn } from '../../../shared/aws/account.ts'
import { toEnvelope } from '../../../shared/aws/event.ts'
import type { Archive } from '../../../shared/aws/rule.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { exists, invalid, notFound } from './faults.ts'
import { checkPattern } from './rules.ts'
import { isRunning, type BridgeState } from './state.ts'
import { utf8Length } from '../../../shared/utf8.ts'

const NAME = /^[.\-_A-Za-z0-9]{1,48}$/

/** Changes of an archive's definition: what is left out stays (EventBridge API Reference, "UpdateArchive"). */
type ArchiveChange = Partial<Pick<Archive, 'description' | 'eventPattern' | 'retentionDays'>> & {
  readonly archiveName: string
}

type Outcome = Result<{ readonly state: BridgeState; readonly archiveArn: string }, ServiceError>

const noArchive = (name: string) => notFound(`Archive ${name} does not exist.`, 'archiveName')

/** Listens to one bus from now on (EventBridge API Reference, "CreateArchive"). */
export function createArchive(
  state: BridgeState,
  input: ArchiveChange & { readonly eventSourceArn: string },
  now: ServiceMs,
): Outcome {
  const { archiveName, eventSourceArn, retentionDays = 0, ...rest } = input
  if (!NAME.test(archiveName)) return invalid('Parameter ArchiveName is not valid.', 'archiveName')
  if (state.archives.some((archive) => archive.archiveName === archiveName))
    return exists(`Archive ${archiveName} already exists.`, 'archiveName')
  if (!state.buses.some((bus) => bus.arn === eventSourceArn))
    return notFound(`Event bus ${eventSourceArn.split('event-bus/').at(-1) ?? ''} does not exist.`, 'eventSourceArn')
  const fault = checkArchive(state, input)
  if (fault) return fault
  const archiveArn = toArn('events', `archive/${archiveName}`)
  const archive = {
    ...rest,
    archiveName,
    archiveArn,
    eventSourceArn,
    retentionDays,
    state: 'ENABLED',
    creationTime: now,
  } as const
  return ok({ state: { ...state, archives: [...state.archives, archive] }, archiveArn })
}

function checkArchive(state: BridgeState, { retentionDays = 0, eventPattern }: ArchiveChange) {
  if (!Number.isInteger(retentionDays) || retentionDays < 0)
    return invalid('Parameter RetentionDays is not valid.', 'retentionDays')
  return checkPattern(eventPattern, state.patternLimit)
}

/** (EventBridge API Reference, "UpdateArchive") */
export function updateArchive(state: BridgeState, change: ArchiveChange): Outcome {
  const index = state.archives.findIndex((archive) => archive.archiveName === change.archiveName)
  const before = state.archives[index]
  if (!before) return noArchive(change.archiveName)
  const fault = checkArchive(state, change)
  if (fault) return fault
  return ok({
    state: { ...state, archives: state.archives.with(index, { ...before, ...change }) },
    archiveArn: before.archiveArn,
  })
}

/** Throws away what it holds (EventBridge API Reference, "DeleteArchive"). */
export function deleteArchive(
  state: BridgeState,
  { archiveName }: { readonly archiveName: string },
): Result<{ readonly state: BridgeState }, ServiceError> {
  const archive = state.archives.find((one) => one.archiveName === archiveName)
  if (!archive) return noArchive(archiveName)
  const isUsed = state.replays.some((replay) => isRunning(replay) && replay.eventSourceArn === archive.archiveArn)
  if (isUsed) return invalid(`Archive ${archiveName} is being replayed.`, 'archiveName')
  const { [archiveName]: _, ...kept } = state.kept
  return ok({ state: { ...state, archives: state.archives.filter((one) => one !== archive), kept } })
}

/** An archive with what it holds now. */
export interface ArchiveDescription extends Archive {
  readonly eventCount: number
  /** Bytes of the envelopes as JSON. */
  readonly sizeBytes: number
}

function describe(state: BridgeState, archive: Archive): ArchiveDescription {
  const events = (state.kept[archive.archiveName] ?? []).flatMap((minute) => minute.events)
  const sizeBytes = events.reduce((sum, event) => sum + utf8Length(JSON.stringify(toEnvelope(event))), 0)
  return { ...archive, eventCount: events.length, sizeBytes }
}

/** (EventBridge API Reference, "DescribeArchive") */
export function describeArchive(
  state: BridgeState,
  { archiveName }: { readonly archiveName: string },
): Result<ArchiveDescription, ServiceError> {
  const archive = state.archives.find((one) => one.archiveName === archiveName)
  return archive ? ok(describe(state, archive)) : noArchive(archiveName)
}

/** (EventBridge API Reference, "ListArchives") */
export const listArchives = (
  state: BridgeState,
  { namePrefix = '' }: { readonly namePrefix?: string },
): readonly ArchiveDescription[] =>
  state.archives
    .filter((archive) => archive.archiveName.startsWith(namePrefix))
    .map((archive) => describe(state, archive))
