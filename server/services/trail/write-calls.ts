import type { ApiCall, TrailRecord } from '../../../shared/aws/record.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import { serviceMs } from '../../../shared/units.ts'
import { toBusEntry } from './bus-entry.ts'
import type { Chain, PendingRecord } from './chain.ts'
import { takesCall } from './chain.ts'
import { addPending } from './delivery.ts'
import type { Draw } from './draw.ts'
import { remember, toHistoryEntry } from './history.ts'
import { countRecords } from './insights.ts'
import { toTrailRecord } from './record.ts'
import type { TrailState } from './state.ts'

/** An event reaches the bus this long after the call, up to half a second sooner. */
const BUS_DELAY_MS = 2000
const BUS_JITTER_MS = 500
/** A record takes up to this long to arrive where log files are made. */
const ARRIVAL_MS = 15_000

/** What a step works with: the tick's context, and its chance. */
export interface Tools extends StepContext {
  readonly draw: Draw
}

/** A record and the chains that take it. */
interface Written {
  readonly written: TrailRecord
  readonly takers: readonly Chain[]
}

/**
 * Writes down calls and puts the records where they wait: in event history, on their way to files and to the bus.
 * Management calls are always written; data calls only where a logging trail asks for them.
 */
export function writeCalls(
  state: TrailState,
  calls: readonly ApiCall[],
  tools: Tools,
): { readonly state: TrailState; readonly records: readonly TrailRecord[] } {
  const entries = calls.flatMap((call) => writeDown(state.chains, call, tools))
  if (entries.length === 0) return { state, records: [] }
  const records = entries.map(({ written }) => written)
  const { draw, now } = tools
  const history = keepHistory(state, records, tools)
  const chains = load(state.chains, entries, tools)
  const departing = entries.filter(({ takers }) => takers.length > 0).map(({ written }) => depart(written, draw))
  const insights = countRecords(state.insights, records, now)
  return { state: { ...state, history, chains, insights, outbox: [...state.outbox, ...departing] }, records }
}

/** One call may be taken by several trails, but only once by each: by the chain that was opened last. */
function writeDown(chains: readonly Chain[], call: ApiCall, { ids, draw }: Tools): Written[] {
  const taking = chains.filter((chain) => takesCall(chain, call))
  const takers = taking.filter(
    ({ settings }, index) => taking.findLastIndex((other) => other.settings.arn === settings.arn) === index,
  )
  if (call.category === 'Data' && takers.length === 0) return []
  return [{ written: toTrailRecord(call, ids, draw), takers }]
}

function keepHistory({ history, historyCap }: TrailState, records: readonly TrailRecord[], { now, draw }: Tools) {
  const management = records.filter(({ call }) => call.category === 'Management')
  const regions = [...new Set(management.map(({ call }) => call.awsRegion))]
  return regions.reduce((kept, region) => {
    const own = management.filter(({ call }) => call.awsRegion === region)
    const entries = own.map((record) => toHistoryEntry(record, draw.share()))
    return remember(kept, region, entries, { now, cap: historyCap })
  }, history)
}

function load(chains: readonly Chain[], entries: readonly Written[], { now, draw }: Tools): readonly Chain[] {
  const parcels = entries.map(({ written, takers }) => ({ takers, pending: toPending(written, draw) }))
  return chains.map((chain) => {
    const own = parcels.filter(({ takers }) => takers.includes(chain)).map(({ pending }) => pending)
    return own.length === 0 ? chain : addPending(chain, own, now)
  })
}

const toPending = ({ id, call, record }: TrailRecord, draw: Draw): PendingRecord => ({
  id,
  kind: 'CloudTrail',
  eventTime: call.eventTime,
  arrivesAt: serviceMs(Math.ceil(call.eventTime + draw.share() * ARRIVAL_MS)),
  rank: draw.share(),
  record,
})

const depart = (record: TrailRecord, draw: Draw) => ({
  dueAt: serviceMs(Math.ceil(record.call.eventTime + BUS_DELAY_MS - draw.share() * BUS_JITTER_MS)),
  entry: toBusEntry(record),
})
