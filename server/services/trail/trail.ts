import { HOME_REGION, trailArn } from '../../../shared/aws/account.ts'
import type { EventEntry } from '../../../shared/aws/event.ts'
import type { DigestDraft, LogFileDraft } from '../../../shared/aws/log-file.ts'
import type { ApiCall, TrailRecord } from '../../../shared/aws/record.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import { invariant } from '../../../shared/assert.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { Answer } from './answer.ts'
import { toBusEntry } from './bus-entry.ts'
import type { Chain, PendingRecord } from './chain.ts'
import { takesCall } from './chain.ts'
import { addPending, deliverDue, dueAt } from './delivery.ts'
import type { Draw } from './draw.ts'
import { openDraw } from './draw.ts'
import { DEFAULT_HISTORY_CAP, remember, toHistoryEntry } from './history.ts'
import { startLogging } from './logging.ts'
import type { CreateTrailInput } from './manage.ts'
import { createTrail } from './manage.ts'
import type { EventSelectors, InsightSelectors } from './put-selectors.ts'
import { putEventSelectors, putInsightSelectors } from './put-selectors.ts'
import { toTrailRecord } from './record.ts'
import type { TrailState } from './state.ts'
import type { Trail } from './trail-settings.ts'

/** An event reaches the bus this long after the call, up to half a second sooner. */
const BUS_DELAY_MS = 2000
const BUS_JITTER_MS = 500
/** A record takes up to this long to arrive where log files are made. */
const ARRIVAL_MS = 15_000

/** How the logbook stands when the city opens. */
export interface LogbookSettings {
  /** When the city opens. */
  readonly now: ServiceMs
  /** The city's districts; left out: the home Region only. */
  readonly regions?: readonly string[]
  /** Records that event history keeps per Region; left out: 10 000. */
  readonly historyCap?: number
  readonly trails?: readonly InitialTrail[]
}

/** A trail that is there from the start. Left out: made in the home Region, logging, with the default selectors. */
export interface InitialTrail extends CreateTrailInput, EventSelectors, Partial<InsightSelectors> {
  readonly HomeRegion?: string
  readonly IsLogging?: boolean
  /** Since when it has been logging, for Insights a baseline of silence; left out: the opening of the city. */
  readonly StartLoggingTime?: ServiceMs
}

/** @throws InvariantError when a trail is one that AWS would refuse: scenarios are checked before they are opened */
export function openTrail({ now, regions = [HOME_REGION], historyCap, trails = [] }: LogbookSettings): TrailState {
  const empty: TrailState = {
    regions,
    trails: [],
    chains: [],
    history: {},
    historyCap: historyCap ?? DEFAULT_HISTORY_CAP,
    outbox: [],
    lookups: {},
    drawn: 0,
  }
  return trails.reduce((state, trail) => addInitial(state, trail, now), empty)
}

function addInitial(state: TrailState, trail: InitialTrail, now: ServiceMs): TrailState {
  const { Name, EventSelectors, AdvancedEventSelectors, InsightSelectors = [], HomeRegion = HOME_REGION } = trail
  const ctx = { now, region: HomeRegion }
  const created = accepted(createTrail(state, trail, ctx))
  const isDefault = EventSelectors === undefined && AdvancedEventSelectors === undefined
  const selecting = isDefault ? created : accepted(putEventSelectors(created, { ...trail, TrailName: Name }, ctx))
  const watching = accepted(putInsightSelectors(selecting, { TrailName: Name, InsightSelectors }, ctx))
  if (trail.IsLogging === false) return watching
  const started = accepted(startLogging(watching, { Name }, ctx))
  const startedAt = trail.StartLoggingTime ?? now
  const isNew = ({ settings }: Trail) => settings.arn === trailArn(Name, HomeRegion)
  return { ...started, trails: started.trails.map((other) => (isNew(other) ? { ...other, startedAt } : other)) }
}

function accepted(answered: Answer<unknown>): TrailState {
  invariant(answered.ok, `trail refused: ${answered.ok ? '' : answered.error.code}`)
  return answered.value.state
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
}

interface Tools extends StepContext {
  readonly draw: Draw
}

/** A record and the chains that take it. */
interface Written {
  readonly written: TrailRecord
  readonly takers: readonly Chain[]
}

/**
 * Writes down one tick's calls and sends what is due. Management calls are always written; data calls only where a
 * logging trail's selectors ask for them (CloudTrail User Guide, "CloudTrail concepts").
 *
 * @returns the same state when there was no call and nothing was due
 */
export function stepTrail(state: TrailState, calls: readonly ApiCall[], ctx: StepContext): TrailStep {
  const tools = { ...ctx, draw: openDraw(ctx.seed, state.drawn) }
  const entries = calls.flatMap((call) => writeDown(state.chains, call, tools))
  const taken = entries.length === 0 ? state : fileAway(state, entries, tools)
  const delivered = deliverAll(taken, tools)
  const { state: next, events } = releaseEvents(delivered.state, tools)
  const drawn = tools.draw.drawn()
  return {
    state: drawn === next.drawn ? next : { ...next, drawn },
    records: entries.map(({ written }) => written),
    events,
    files: delivered.files,
    digests: delivered.digests,
  }
}

/** One call may be taken by several trails, but only once by each. */
function writeDown(chains: readonly Chain[], call: ApiCall, tools: Tools): Written[] {
  const takers = chains.filter(
    (chain, index) =>
      takesCall(chain, call) &&
      !chains.slice(index + 1).some((later) => later.settings.arn === chain.settings.arn && takesCall(later, call)),
  )
  if (call.category === 'Data' && takers.length === 0) return []
  return [{ written: toTrailRecord(call, tools.ids, tools.draw), takers }]
}

/** Puts the records where they wait: in event history, on their way to files, on their way to the bus. */
function fileAway(state: TrailState, entries: readonly Written[], tools: Tools): TrailState {
  const { draw, now } = tools
  const regions = [...new Set(entries.map(({ written }) => written.call.awsRegion))]
  const history = regions.reduce((kept, region) => {
    const own = entries.filter(({ written: { call } }) => call.category === 'Management' && call.awsRegion === region)
    const remembered = own.map(({ written }) => toHistoryEntry(written, draw.share()))
    return remember(kept, region, remembered, { now, cap: state.historyCap })
  }, state.history)
  const parcels = entries.map((entry) => ({ ...entry, pending: toPending(entry.written, draw) }))
  const chains = state.chains.map((chain) => {
    const own = parcels.filter(({ takers }) => takers.includes(chain))
    return own.length === 0
      ? chain
      : addPending(
          chain,
          own.map(({ pending }) => pending),
          now,
        )
  })
  const departing = entries
    .filter(({ takers }) => takers.length > 0)
    .map(({ written }) => ({
      dueAt: serviceMs(Math.ceil(written.call.eventTime + BUS_DELAY_MS - draw.share() * BUS_JITTER_MS)),
      entry: toBusEntry(written),
    }))
  return { ...state, history, chains, outbox: [...state.outbox, ...departing] }
}

const toPending = ({ id, call, record }: TrailRecord, draw: Draw): PendingRecord => ({
  id,
  kind: 'CloudTrail',
  eventTime: call.eventTime,
  arrivesAt: serviceMs(Math.ceil(call.eventTime + draw.share() * ARRIVAL_MS)),
  rank: draw.share(),
  record,
})

function deliverAll(state: TrailState, tools: Tools) {
  if (state.chains.every((chain) => dueAt(chain) > tools.now)) return { state, files: [], digests: [] }
  const sent = state.chains.map((chain) => deliverDue(chain, tools.now, tools))
  const files = sent.flatMap((delivery) => delivery.files)
  const digests = sent.flatMap((delivery) => delivery.digests)
  const chains = sent.flatMap(({ chain }) => chain ?? [])
  return { state: { ...state, chains, trails: state.trails.map(noteDelivery) }, files, digests }

  function noteDelivery(trail: Trail): Trail {
    const file = files.findLast(({ trailArn }) => trailArn === trail.settings.arn)
    const digest = digests.findLast(({ trailArn }) => trailArn === trail.settings.arn)
    if (file === undefined && digest === undefined) return trail
    return {
      ...trail,
      latestDelivery: file?.deliveredAt ?? trail.latestDelivery,
      latestDigestDelivery: digest?.endTime ?? trail.latestDigestDelivery,
    }
  }
}

function releaseEvents(state: TrailState, { now }: Tools) {
  if (state.outbox.every(({ dueAt: due }) => due > now)) return { state, events: [] }
  const due = state.outbox.filter((event) => event.dueAt <= now).toSorted((a, b) => a.dueAt - b.dueAt)
  const outbox = state.outbox.filter((event) => event.dueAt > now)
  return { state: { ...state, outbox }, events: due.map(({ entry }) => entry) }
}
