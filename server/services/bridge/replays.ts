import { toArn } from '../../../shared/aws/account.ts'
import type { Replay } from '../../../shared/aws/rule.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { exists, illegalStatus, invalid, notFound, tooMany } from './faults.ts'
import { isRunning, withDue, type BridgeState } from './state.ts'

const NAME = /^[.\-_A-Za-z0-9]{1,64}$/
const RUNNING_REPLAYS = 10
/** Replays that have ended and can still be described. */
const ENDED_REPLAYS = 20

/** What StartReplay takes. */
export type ReplayInput = Pick<
  Replay,
  'replayName' | 'description' | 'eventSourceArn' | 'destination' | 'eventStartTime' | 'eventEndTime'
>

type Outcome = Result<{ readonly state: BridgeState; readonly replay: Replay }, ServiceError>

/** Sends archived events to their own bus again (EventBridge API Reference, "StartReplay"). */
export function startReplay(state: BridgeState, input: ReplayInput, now: ServiceMs): Outcome {
  const { replayName, eventSourceArn, destination, eventStartTime, eventEndTime } = input
  if (!NAME.test(replayName)) return invalid('Parameter ReplayName is not valid.', 'replayName')
  if (state.replays.some((one) => one.replayName === replayName))
    return exists(`Replay ${replayName} already exists.`, 'replayName')
  const archive = state.archives.find((one) => one.archiveArn === eventSourceArn)
  if (!archive)
    return notFound(`Archive ${eventSourceArn.split('archive/').at(-1) ?? ''} does not exist.`, 'eventSourceArn')
  if (destination.arn !== archive.eventSourceArn)
    return invalid(
      'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
      'destination',
    )
  if (eventEndTime <= eventStartTime)
    return invalid(
      'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
      'eventEndTime',
    )
  if (state.replays.filter(isRunning).length >= RUNNING_REPLAYS) return tooMany()
  const replayArn = toArn('events', `replay/${replayName}`)
  const replay: Replay = { ...input, replayArn, state: 'STARTING', replayStartTime: now }
  return ok({ state: withDue({ ...state, replays: [...withoutOld(state.replays), replay] }, now), replay })
}

/** Of replays that have ended the newest are remembered; their names are free again when they are forgotten. */
function withoutOld(replays: readonly Replay[]): readonly Replay[] {
  const ended = replays.filter((replay) => !isRunning(replay))
  const forgotten = new Set(ended.slice(0, Math.max(0, ended.length - ENDED_REPLAYS)))
  return replays.filter((replay) => !forgotten.has(replay))
}

/** It stops at the next step (EventBridge API Reference, "CancelReplay"). */
export function cancelReplay(state: BridgeState, { replayName }: { readonly replayName: string }): Outcome {
  const index = state.replays.findIndex((one) => one.replayName === replayName)
  const before = state.replays[index]
  if (!before) return noReplay(replayName)
  if (before.state !== 'STARTING' && before.state !== 'RUNNING')
    return illegalStatus(`Replay ${replayName} is not in a valid state for this operation.`)
  const replay: Replay = { ...before, state: 'CANCELLING' }
  return ok({ state: { ...state, replays: state.replays.with(index, replay) }, replay })
}

const noReplay = (name: string) => notFound(`Replay ${name} does not exist.`, 'replayName')

/** (EventBridge API Reference, "DescribeReplay") */
export function describeReplay(
  state: BridgeState,
  { replayName }: { readonly replayName: string },
): Result<Replay, ServiceError> {
  const replay = state.replays.find((one) => one.replayName === replayName)
  return replay ? ok(replay) : noReplay(replayName)
}

/** (EventBridge API Reference, "ListReplays") */
export const listReplays = (
  state: BridgeState,
  { namePrefix = '', replayState }: { readonly namePrefix?: string; readonly replayState?: Replay['state'] },
): readonly Replay[] =>
  state.replays
    .filter((replay) => replay.replayName.startsWith(namePrefix))
    .filter((replay) => replayState === undefined || replay.state === replayState)
