import type { Dimensions } from '../../../shared/aws/metric.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Json } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { startOf, toBucket } from './buckets.ts'
import { limits } from './limits.ts'
import type { LogMatch } from './log-condition.ts'
import { hasExpression, parseLogPattern } from './log-pattern.ts'
import type { LogEvent, LogGroup, MetricFilter, MetricTransformation } from './log-state.ts'
import { NO_UNIT } from './metrics.ts'
import { own } from './own.ts'
import type { CallContext, FreshDatum, WatchState } from './state.ts'

const MINUTE = 60_000
const NUMBER = /^-?\d+(?:\.\d+)?$/

/** What PutMetricFilter takes. */
export interface MetricFilterInput {
  readonly logGroupName: string
  readonly filterName: string
  readonly filterPattern: string
  readonly metricTransformations: readonly MetricTransformation[]
}

type Answer = Result<{ readonly state: WatchState }, ServiceError>

/**
 * Makes or replaces a metric filter (CloudWatch Logs API Reference, "PutMetricFilter"). It sees only what is logged from
 * now on.
 */
export function putMetricFilter(state: WatchState, input: MetricFilterInput, { now }: CallContext): Answer {
  const group = own(state.logs, input.logGroupName)
  if (!group) return fail({ code: 'ResourceNotFoundException', message: 'The specified log group does not exist.' })
  const { filterName, filterPattern, metricTransformations } = input
  const isNew = !own(group.filters, filterName)
  if (isNew && Object.keys(group.filters).length >= limits.FILTERS_PER_GROUP) {
    return fail({ code: 'LimitExceededException', message: 'Resource limit exceeded.', field: 'filterName' })
  }
  const fault = filterFault(input)
  if (fault) return fail(fault)
  const others = Object.values(group.filters).filter((filter) => filter.filterName !== filterName)
  const withExpression = others.filter((filter) => hasExpression(filter.filterPattern)).length
  if (hasExpression(filterPattern) && withExpression >= limits.EXPRESSION_FILTERS_PER_GROUP) {
    return fail({ code: 'LimitExceededException', message: 'Resource limit exceeded.', field: 'filterPattern' })
  }
  const filter: MetricFilter = { filterName, filterPattern, metricTransformations, createdAt: now }
  return ok({ state: withFilters(state, group, { ...group.filters, [filterName]: filter }) })
}

/** Deletes a metric filter; its metric stays (CloudWatch Logs API Reference, "DeleteMetricFilter"). */
export function deleteMetricFilter(
  state: WatchState,
  { logGroupName, filterName }: { readonly logGroupName: string; readonly filterName: string },
): Answer {
  const group = own(state.logs, logGroupName)
  if (!group || !own(group.filters, filterName)) {
    return fail({ code: 'ResourceNotFoundException', message: 'The specified metric filter does not exist.' })
  }
  const filters = Object.fromEntries(Object.entries(group.filters).filter(([name]) => name !== filterName))
  return ok({ state: withFilters(state, group, filters) })
}

/** Tries a pattern on messages (CloudWatch Logs API Reference, "TestMetricFilter"). @returns numbers count from 1 */
export function testMetricFilter(input: {
  readonly filterPattern: string
  readonly logEventMessages: readonly string[]
}): Result<readonly { readonly eventNumber: number; readonly eventMessage: string }[], ServiceError> {
  const pattern = parseLogPattern(input.filterPattern)
  if (!pattern.ok) return fail(refused('filterPattern', pattern.error))
  return ok(
    input.logEventMessages
      .map((eventMessage, index) => ({ eventNumber: index + 1, eventMessage }))
      .filter(({ eventMessage }) => pattern.value(eventMessage) !== null),
  )
}

/** The data that a group's filters make of new events. */
export function applyFilters(group: LogGroup, events: readonly LogEvent[], ctx: CallContext): FreshDatum[] {
  return Object.values(group.filters).flatMap(({ filterPattern, metricTransformations }) => {
    const pattern = parseLogPattern(filterPattern)
    if (!pattern.ok) return []
    return events.flatMap((event) => {
      const match = pattern.value(event.message)
      return metricTransformations.flatMap((transformation) => toDatum(transformation, { match, event, ctx }))
    })
  })
}

const refused = (field: string, message: string): ServiceError => ({
  code: 'InvalidParameterException',
  message,
  field,
})

function withFilters(state: WatchState, group: LogGroup, filters: LogGroup['filters']): WatchState {
  return { ...state, logs: { ...state.logs, [group.name]: { ...group, filters } } }
}

function filterFault({ filterName, filterPattern, metricTransformations }: MetricFilterInput): ServiceError | null {
  if (!/^[^:*]{1,512}$/.test(filterName)) return refused('filterName', `${filterName} is no name for a filter.`)
  const pattern = parseLogPattern(filterPattern)
  if (!pattern.ok) return refused('filterPattern', pattern.error)
  if (metricTransformations.length !== 1) return refused('metricTransformations', 'One transformation is expected.')
  for (const { metricNamespace, metricValue, defaultValue, dimensions } of metricTransformations) {
    if (metricNamespace.startsWith('AWS/')) return refused('metricNamespace', 'AWS/ is reserved.')
    if (!NUMBER.test(metricValue) && !metricValue.startsWith('$')) {
      return refused('metricValue', `${metricValue} is neither a number nor a part of the event.`)
    }
    const names = Object.keys(dimensions ?? {})
    if (names.length > limits.DIMENSIONS_PER_FILTER) return refused('dimensions', 'Three dimensions at most.')
    if (names.length > 0 && defaultValue !== undefined) {
      return refused('defaultValue', 'A default value and dimensions exclude each other.')
    }
  }
  return null
}

interface Found {
  readonly match: LogMatch
  readonly event: LogEvent
  readonly ctx: CallContext
}

function toDatum(transformation: MetricTransformation, { match, event, ctx }: Found): FreshDatum[] {
  const { metricName, metricNamespace: namespace, unit = NO_UNIT, defaultValue = null } = transformation
  const value = match ? valueOf(transformation.metricValue, match) : defaultValue
  const dimensions = match ? dimensionsOf(transformation, match) : {}
  if (value === null || dimensions === null) return []
  const bucket = toBucket(startOf(event.timestamp, MINUTE), value, ctx.cause)
  return [{ namespace, metricName, dimensions, unit, bucket }]
}

/** @returns `null` when the part of the event is no number */
function valueOf(metricValue: string, match: NonNullable<LogMatch>): number | null {
  if (NUMBER.test(metricValue)) return Number(metricValue)
  const found = match.part(metricValue)
  if (typeof found === 'number') return found
  return typeof found === 'string' && NUMBER.test(found) ? Number(found) : null
}

/** @returns `null` when the event lacks one of them: it then counts for nothing */
function dimensionsOf({ dimensions = {} }: MetricTransformation, match: NonNullable<LogMatch>): Dimensions | null {
  const found = Object.entries(dimensions).map(([name, selector]) => [name, toText(match.part(selector))] as const)
  const known = found.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  return known.length === found.length ? Object.fromEntries(known) : null
}

const toText = (value: Json | undefined): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
