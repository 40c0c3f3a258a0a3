import { streamOf, uuidAt } from '../../../shared/random.ts'
import type { Answer, CallContext } from './answer.ts'
import { answer, refuse } from './answer.ts'
import { toLakeRows, type LakeRow } from './lake-rows.ts'
import { LakeFault, parseLake } from './lake-syntax.ts'
import { newestFirst } from './lookup-token.ts'
import type { LakeRun, TrailState } from './state.ts'

/** The one event data store of the city: it collects the management events of all its districts. */
export const EVENT_DATA_STORE = '6c1f0e5a-2d4b-4a7e-9f3c-1b8d5e7a9c20'

/** Queries whose results can still be fetched; AWS keeps those of seven days. */
const KEPT_QUERIES = 20
const MOST_ROWS_PER_PAGE = 1000

/**
 * StartQuery: asks the event data store in SQL (CloudTrail API Reference). The statement is one SELECT; its table is the
 * store's id.
 *
 * @returns or fails with InvalidQueryStatementException
 */
export function startQuery(
  state: TrailState,
  { QueryStatement: statement }: { readonly QueryStatement: string },
  { now }: CallContext,
): Answer<{ readonly QueryId: string }> {
  const { asked, runs } = state.lake
  const run = { queryId: uuidAt(streamOf(statement), streamOf('trail/lake'), asked), statement, startedAt: now }
  try {
    if (parseLake(statement).from !== EVENT_DATA_STORE)
      return refuse('InvalidQueryStatementException', 'The table is no event data store.', 'QueryStatement')
    rowsOf(state, run)
  } catch (fault) {
    if (fault instanceof LakeFault) return refuse('InvalidQueryStatementException', fault.message, 'QueryStatement')
    throw fault
  }
  const lake = { asked: asked + 1, runs: [...runs, run].slice(-KEPT_QUERIES) }
  return answer({ ...state, lake }, { QueryId: run.queryId })
}

/** What GetQueryResults tells: the query is run at once and is always finished. */
interface QueryResults {
  readonly QueryStatus: 'FINISHED'
  readonly QueryStatistics: { readonly ResultsCount: number; readonly TotalResultsCount: number }
  readonly QueryResultRows: readonly LakeRow[]
  readonly NextToken?: string
}

/**
 * GetQueryResults: the rows of a query, page by page (CloudTrail API Reference).
 *
 * @returns or fails with QueryIdNotFoundException, InvalidMaxResultsException, InvalidNextTokenException
 */
export function getQueryResults(
  state: TrailState,
  input: { readonly QueryId: string; readonly NextToken?: string; readonly MaxQueryResults?: number },
  _ctx: CallContext,
): Answer<QueryResults> {
  const { QueryId, NextToken, MaxQueryResults: most = MOST_ROWS_PER_PAGE } = input
  const run = state.lake.runs.find(({ queryId }) => queryId === QueryId)
  if (run === undefined) return refuse('QueryIdNotFoundException', 'There is no such query.', 'QueryId')
  if (!Number.isInteger(most) || most < 1 || most > MOST_ROWS_PER_PAGE)
    return refuse('InvalidMaxResultsException', `1 to ${MOST_ROWS_PER_PAGE} rows a page.`, 'MaxQueryResults')
  const from = NextToken === undefined ? 0 : placeIn(NextToken, QueryId)
  if (from === null) return refuse('InvalidNextTokenException', 'The token is of another query.', 'NextToken')
  const rows = rowsOf(state, run)
  const page = rows.slice(from, from + most)
  const next = from + page.length
  return answer(state, {
    QueryStatus: 'FINISHED',
    QueryStatistics: { ResultsCount: page.length, TotalResultsCount: rows.length },
    QueryResultRows: page,
    ...(next < rows.length ? { NextToken: `${QueryId}.${next}` } : {}),
  })
}

const placeIn = (token: string, queryId: string): number | null =>
  token.startsWith(`${queryId}.`) && /^\d+$/.test(token.slice(queryId.length + 1))
    ? Number(token.slice(queryId.length + 1))
    : null

/** What the store held when the query was started, as far as event history still has it. */
function rowsOf({ history }: TrailState, { statement, startedAt }: LakeRun): readonly LakeRow[] {
  const entries = Object.values(history)
    .flat()
    .filter((entry) => entry.visibleAt <= startedAt)
    .toSorted(newestFirst)
  const records = entries.map(({ record }) => record)
  return toLakeRows(parseLake(statement), records)
}
