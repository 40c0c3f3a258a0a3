import { addPending } from './delivery.ts'
import { toInsightBusEntry } from './bus-entry.ts'
import type { Chain } from './chain.ts'
import { remember, toInsightEntry } from './history.ts'
import type { InsightRecord } from './insights.ts'
import { closeMinutes } from './insights.ts'
import type { TrailState } from './state.ts'
import type { InsightType } from './trail-settings.ts'
import type { Tools } from './write-calls.ts'

/** Closes the minutes that are over and writes down what was unusual, for the trails that asked for it. */
export function writeInsights(
  state: TrailState,
  tools: Tools,
): { readonly state: TrailState; readonly insights: readonly InsightRecord[] } {
  const isWanted = (kind: { readonly type: InsightType; readonly region: string }) =>
    state.chains.some((chain) => wants(chain, kind))
  const { state: insights, found } = closeMinutes(state.insights, tools.now, { ...tools, isWanted })
  if (insights === state.insights) return { state, insights: [] }
  const wanted = found.filter(isWanted)
  const written = wanted.reduce((next, insight) => writeInsight(next, insight, tools), { ...state, insights })
  return { state: written, insights: wanted }
}

function writeInsight(state: TrailState, insight: InsightRecord, { now, draw }: Tools): TrailState {
  const { id, region, at, record } = insight
  const pending = { id, kind: 'CloudTrail-Insight', eventTime: at, arrivesAt: at, rank: draw.share(), record } as const
  return {
    ...state,
    insightHistory: remember(state.insightHistory, region, [toInsightEntry(insight)], { now, cap: state.historyCap }),
    chains: state.chains.map((chain) => (wants(chain, insight) ? addPending(chain, [pending], now) : chain)),
    outbox: [...state.outbox, { dueAt: at, entry: toInsightBusEntry(insight) }],
  }
}

const wants = (
  { settings, region, stopsAt }: Chain,
  kind: { readonly type: InsightType; readonly region: string },
): boolean => region === kind.region && stopsAt === null && settings.insightTypes.includes(kind.type)
