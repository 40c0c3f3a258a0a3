import type { Replay } from '../../../shared/aws/rule.ts'
import type { BusEvent } from '../../../shared/aws/event.ts'
import { serviceMs } from '../../../shared/units.ts'
import { publish } from './publish.ts'
import { isRunning, type ArchiveMinute } from './state.ts'
import type { Turn } from './turn.ts'

const MINUTE_MS = 60_000

/** Takes every running replay one step on: it sends the archived events minute by minute of event time. */
export function resend(turn: Turn): void {
  const { replays } = turn.state
  if (!replays.some(isRunning)) return
  const next = replays.map((replay) => (isRunning(replay) ? proceed(turn, replay) : replay))
  turn.state = { ...turn.state, replays: next }
}

function proceed(turn: Turn, replay: Replay): Replay {
  const replayEndTime = turn.ctx.now
  if (replay.state === 'STARTING') return { ...replay, state: 'RUNNING' }
  if (replay.state === 'CANCELLING') return { ...replay, state: 'CANCELLED', replayEndTime }
  const archive = turn.state.archives.find((one) => one.archiveArn === replay.eventSourceArn)
  if (!archive) return { ...replay, state: 'FAILED', replayEndTime }
  const minute = (turn.state.kept[archive.archiveName] ?? []).find((one) => wanted(replay, one).length > 0)
  if (!minute) return { ...replay, state: 'COMPLETED', replayEndTime }
  for (const event of wanted(replay, minute)) {
    const again = { ...event, id: turn.ctx.ids.next(), cause: event.id, replayName: replay.replayName }
    publish(turn, again, replay.destination.filterArns)
  }
  return { ...replay, eventLastReplayedTime: serviceMs(minute.minute * MINUTE_MS + MINUTE_MS - 1) }
}

/** The events of a minute that lie in the replay's span, when the replay has not been there yet. */
function wanted(replay: Replay, { minute, events }: ArchiveMinute): readonly BusEvent[] {
  const { eventStartTime, eventEndTime, eventLastReplayedTime } = replay
  if (eventLastReplayedTime !== undefined && minute * MINUTE_MS <= eventLastReplayedTime) return []
  return events.filter(({ time }) => time >= eventStartTime && time <= eventEndTime)
}
