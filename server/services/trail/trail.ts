import { HOME_REGION } from '../../../shared/aws/account.ts'
import type { EventEntry } from '../../../shared/aws/event.ts'
import type { DigestDraft, LogFileDraft } from '../../../shared/aws/log-file.ts'
import type { ApiCall, TrailRecord } from '../../../shared/aws/record.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { admitRegions } from './admit-regions.ts'
import { deliverDue, dueAt } from './delivery.ts'
import { openDraw } from './draw.ts'
import { DEFAULT_HISTORY_CAP } from './history.ts'
import type { InitialTrail } from './initial-trail.ts'
import { addInitial } from './initial-trail.ts'
import type { InsightRecord } from './insights.ts'
import { openInsights } from './insights.ts'
import type { TrailState } from './state.ts'
import type { Trail } from './trail-settings.ts'
import type { Tools } from './write-calls.ts'
import { writeCalls } from './write-calls.ts'
import { writeInsights } from './write-insights.ts'

/** How the logbook stands when the city opens. */
export interface LogbookSettings {
  /** When the city opens. */
  readonly now: ServiceMs
  /** The city's districts; left out: the home Region only. */
  readonly regions?: readonly string[]
  /** Records that event history keeps per Region; left out: 10 000. */
  readonly historyCap?: number
  /** Since when calls have been counted for Insights; left out: `now`. An earlier time means quiet days before. */
  readonly countedSince?: ServiceMs
  readonly trails?: readonly InitialTrail[]
}

/** What one tick of the logbook brings, each list in the order in which things happened. */
export interface TrailStep {
  readonly state: TrailState
  /** Written this tick. */
  readonly records: readonly TrailRecord[]
  /** For the bus, now; each is caused by its record. */
  readonly events: readonly EventEntry[]
  readonly files: readonly LogFileDraft[]
  readonly digests: readonly DigestDraft[]
  readonly insights: readonly InsightRecord[]
}

/** @throws InvariantError when AWS would refuse one of the trails: scenarios are checked before they are opened */
export function openTrail(settings: LogbookSettings): TrailState {
  const { now, regions = [HOME_REGION], trails = [], historyCap = DEFAULT_HISTORY_CAP } = settings
  const empty: TrailState = {
    regions,
    trails: [],
    chains: [],
    history: {},
    insightHistory: {},
    insights: openInsights(settings.countedSince ?? now, now),
    historyCap,
    outbox: [],
    lookups: {},
    lake: { asked: 0, runs: [] },
    drawn: 0,
  }
  return trails.reduce((state, trail) => addInitial(state, trail, now), empty)
}

/**
 * Writes down one tick's calls and sends what is due (CloudTrail User Guide, "CloudTrail concepts").
 *
 * @param calls of this tick, in the order in which they were made; `eventTime` is never after `ctx.now`
 * @returns the same state when there was no call and nothing was due
 */
export function stepTrail(state: TrailState, calls: readonly ApiCall[], ctx: StepContext): TrailStep {
  const tools = { ...ctx, draw: openDraw(ctx.seed, state.drawn) }
  const unusual = writeInsights(admitRegions(state, calls), tools)
  const written = writeCalls(unusual.state, calls, tools)
  const sent = deliverAll(written.state, tools)
  const { state: next, events } = releaseEvents(sent.state, ctx.now)
  const drawn = tools.draw.drawn()
  return {
    state: drawn === next.drawn ? next : { ...next, drawn },
    records: written.records,
    events,
    files: sent.files,
    digests: sent.digests,
    insights: unusual.insights,
  }
}

function deliverAll(state: TrailState, tools: Tools) {
  if (state.chains.every((chain) => dueAt(chain) > tools.now)) return { state, files: [], digests: [] }
  const sent = state.chains.map((chain) => deliverDue(chain, tools.now, tools))
  const files = sent.flatMap((delivery) => delivery.files)
  const digests = sent.flatMap((delivery) => delivery.digests)
  const chains = sent.flatMap(({ chain }) => chain ?? [])
  const trails = state.trails.map((trail) => noteDelivery(trail, files, digests))
  return { state: { ...state, chains, trails }, files, digests }
}

/** What GetTrailStatus tells: the newest delivery in any Region. */
function noteDelivery(trail: Trail, files: readonly LogFileDraft[], digests: readonly DigestDraft[]): Trail {
  const isOwn = ({ trailArn }: { readonly trailArn: string }) => trailArn === trail.settings.arn
  const fileTimes = files.filter(isOwn).map(({ deliveredAt }) => deliveredAt)
  const digestTimes = digests.filter(isOwn).map(({ endTime }) => endTime)
  if (fileTimes.length + digestTimes.length === 0) return trail
  return {
    ...trail,
    latestDelivery: newest(trail.latestDelivery, fileTimes),
    latestDigestDelivery: newest(trail.latestDigestDelivery, digestTimes),
  }
}

const newest = (before: ServiceMs | null, times: readonly ServiceMs[]): ServiceMs | null =>
  times.reduce((latest, time) => (latest === null || time > latest ? time : latest), before)

function releaseEvents(state: TrailState, now: ServiceMs) {
  if (state.outbox.every(({ dueAt: due }) => due > now)) return { state, events: [] }
  const due = state.outbox.filter((event) => event.dueAt <= now).toSorted((a, b) => a.dueAt - b.dueAt)
  const outbox = state.outbox.filter((event) => event.dueAt > now)
  return { state: { ...state, outbox }, events: due.map(({ entry }) => entry) }
}
