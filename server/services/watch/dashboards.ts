import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Json, JsonObject } from '../../../shared/json.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { own } from './own.ts'
import type { CallContext, Dashboard, WatchState } from './state.ts'

const WIDGET_TYPES: readonly string[] = ['metric', 'text', 'log', 'alarm', 'explorer']
const MOST_WIDGETS = 500
const GRID_WIDTH = 24

/**
 * Makes or replaces a dashboard (CloudWatch API Reference, "PutDashboard" and "Dashboard body structure and syntax"). Its
 * body is JSON text with `widgets` on a grid 24 wide.
 */
export function putDashboard(
  state: WatchState,
  { DashboardName: name, DashboardBody: body }: { readonly DashboardName: string; readonly DashboardBody: string },
  { now }: CallContext,
): Result<{ readonly state: WatchState }, ServiceError> {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) return fail(refused('DashboardName', `${name} is no name for a dashboard.`))
  const fault = bodyFault(body)
  if (fault !== null) return fail(refused('DashboardBody', fault))
  const dashboard: Dashboard = { name, body, modifiedAt: now }
  return ok({ state: { ...state, dashboards: { ...state.dashboards, [name]: dashboard } } })
}

/** One dashboard (CloudWatch API Reference, "GetDashboard"). @returns `ResourceNotFound` when there is none */
export function getDashboard(state: WatchState, name: string): Result<Dashboard, ServiceError> {
  const dashboard = own(state.dashboards, name)
  return dashboard ? ok(dashboard) : fail(unknown(name))
}

/** The dashboards whose name begins with `prefix`, in the order in which they were made. */
export const listDashboards = (state: WatchState, prefix = ''): readonly Dashboard[] =>
  Object.values(state.dashboards).filter(({ name }) => name.startsWith(prefix))

/** Deletes dashboards, all or none of them (CloudWatch API Reference, "DeleteDashboards"). */
export function deleteDashboards(
  state: WatchState,
  names: readonly string[],
): Result<{ readonly state: WatchState }, ServiceError> {
  const stranger = names.find((name) => !own(state.dashboards, name))
  if (stranger !== undefined) return fail(unknown(stranger))
  const dashboards = Object.fromEntries(Object.entries(state.dashboards).filter(([name]) => !names.includes(name)))
  return ok({ state: { ...state, dashboards } })
}

const refused = (field: string, message: string): ServiceError => ({ code: 'InvalidParameterInput', message, field })
const unknown = (name: string): ServiceError => ({
  code: 'ResourceNotFound',
  message: `Dashboard ${name} does not exist`,
  field: 'DashboardName',
})

function bodyFault(text: string): string | null {
  const body = parse(text)
  if (!isObject(body) || !isList(body['widgets'])) return 'The body must be a JSON object with a list of widgets.'
  if (body['widgets'].length > MOST_WIDGETS) return `A dashboard has at most ${MOST_WIDGETS} widgets.`
  const faults = body['widgets'].flatMap((widget, index) => widgetFault(widget, `/widgets/${index}`) ?? [])
  return faults[0] ?? null
}

function widgetFault(widget: Json, path: string): string | null {
  if (!isObject(widget)) return `${path} must be an object.`
  if (!WIDGET_TYPES.some((type) => type === widget['type']))
    return `${path}/type must be one of ${WIDGET_TYPES.join(', ')}.`
  if (!isObject(widget['properties'])) return `${path}/properties must be an object.`
  const { x = 0, width = 6 } = widget
  const isOnGrid = [x, width].every((size) => Number.isInteger(size)) && Number(x) + Number(width) <= GRID_WIDTH
  return isOnGrid && Number(x) >= 0 && Number(width) >= 1 ? null : `${path} does not fit a grid ${GRID_WIDTH} wide.`
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
