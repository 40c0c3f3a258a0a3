import { HOME_REGION, trailArn } from '../../../shared/aws/account.ts'
import type { ThingCard } from '../../../shared/protocol/xray.ts'
import type { LogbookLine } from '../../../shared/protocol/view.ts'
import { describeTrails } from '../../services/trail/describe.ts'
import { getTrailStatus } from '../../services/trail/logging.ts'
import type { City } from '../city.ts'
import { momentAt } from '../clock.ts'
import { toLink } from '../explain.ts'
import { entryOf } from '../ledger.ts'
import { mayRead, type Viewer } from '../views.ts'
import { answered, fact, inSeconds, newsOf, toAnswer, toCard } from './card.ts'

const RECORDS = 5

/** The police logbook: a trail, whether it is logging, and its last records. */
export function describeTrail(city: City, viewer: Viewer, name: string): ThingCard | null {
  const trail = city.trail.trails.find(({ settings }) => settings.name === name)
  if (trail === undefined) return null
  const ctx = { now: momentAt(city.clock, city.tick).serviceMs, region: HOME_REGION }
  const described = answered(describeTrails(city.trail, { trailNameList: [name] }, ctx))?.output
  const status = answered(getTrailStatus(city.trail, { Name: name }, ctx))?.output
  const lines = recordsFor(city, viewer)
  return toCard({
    ref: { kind: 'trail', id: name },
    speaker: 'trail',
    type: 'AWS::CloudTrail::Trail',
    name,
    arn: trailArn(name),
    about: { key: 'thing.trail.about', params: {} },
    facts: [
      fact('logging', String(status?.IsLogging ?? false)),
      fact('multi-region', String(trail.settings.isMultiRegion)),
      fact('bucket', trail.settings.bucket),
      ...(lines[0] === undefined ? [] : [fact('last-record', lines[0].eventName)]),
    ],
    news: newsOf(city, ({ speaker }) => speaker === 'trail'),
    answers: [
      toAnswer('Records', { Records: lines.slice(0, RECORDS).map((line) => recordOf(city, line)) }),
      toAnswer('DescribeTrails', described ?? {}),
      toAnswer('GetTrailStatus', inSeconds(status ?? {})),
    ],
  })
}

/** What a viewer may read of the logbook, the newest first. */
export const recordsFor = (city: City, viewer: Viewer): LogbookLine[] =>
  city.boards.logbook.newest.filter((line) => mayRead(city, viewer, line)).toReversed()

/** The record itself; what is older than the ledger is known by its name alone. */
export function recordOf({ ledger }: City, { id, eventName }: LogbookLine): object {
  const entry = entryOf(ledger, id)
  return entry === undefined ? { eventName } : toLink(entry).json
}
