import { busArn } from '../../../shared/aws/account.ts'
import type { BusEvent } from '../../../shared/aws/event.ts'
import { archiversOf } from './machines.ts'
import type { ArchiveMinute } from './state.ts'
import type { Turn } from './turn.ts'

const MINUTE_MS = 60_000
const MINUTES_PER_DAY = 1440
/** Events that an archive of a city keeps. */
const ARCHIVED_EVENTS = 5000

/** Puts an event into every archive that listens to its bus and wants it, and drops what is past its days. */
export function keep(turn: Turn, event: BusEvent, envelope: string | object): void {
  const { archives } = turn.state
  const names = archiversOf(archives).get(busArn(event.eventBusName))?.rulesForEvent(envelope) ?? []
  for (const archive of archives) {
    if (!names.includes(archive.archiveName)) continue
    const minutes = add(turn.state.kept[archive.archiveName] ?? [], event)
    const young = archive.retentionDays === 0 ? minutes : minutes.filter(isSince(turn.ctx.now, archive.retentionDays))
    turn.state = { ...turn.state, kept: { ...turn.state.kept, [archive.archiveName]: newest(young) } }
  }
}

const isSince = (now: number, days: number) => {
  const oldest = Math.floor(now / MINUTE_MS) - days * MINUTES_PER_DAY
  return ({ minute }: ArchiveMinute) => minute >= oldest
}

/** The oldest minutes go once there are too many events: AWS's archives know no such limit. */
function newest(minutes: readonly ArchiveMinute[]): readonly ArchiveMinute[] {
  let surplus = minutes.reduce((sum, { events }) => sum + events.length, -ARCHIVED_EVENTS)
  if (surplus <= 0) return minutes
  return minutes.filter(({ events }) => {
    const isKept = surplus <= 0
    surplus -= events.length
    return isKept
  })
}

/** Minutes stay sorted; events come nearly in order, so the place is looked for from the end. */
function add(minutes: readonly ArchiveMinute[], event: BusEvent): readonly ArchiveMinute[] {
  const minute = Math.floor(event.time / MINUTE_MS)
  const index = minutes.findLastIndex((one) => one.minute <= minute)
  const found = minutes[index]
  return found?.minute === minute
    ? minutes.with(index, { minute, events: [...found.events, event] })
    : minutes.toSpliced(index + 1, 0, { minute, events: [event] })
}
