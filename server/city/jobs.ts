import { vehicleArn } from '../../shared/aws/account.ts'
import type { InvocationCompletion, InvocationStart } from '../../shared/aws/invocation.ts'
import type { ApiCall } from '../../shared/aws/record.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import type { DrivingUnit, UnitDefinition } from '../../shared/content/scenario-services.ts'
import type { CauseId } from '../../shared/ids.ts'
import type { Json, JsonObject } from '../../shared/json.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { Fact, FactOf } from '../../shared/model/fact.ts'
import type { VehiclePart } from '../../shared/model/vehicle.ts'
import type { Moment } from '../../shared/protocol/view.ts'
import { fineLetter, repairLetter } from './letters.ts'
import type { Letter } from './ledger.ts'
import { toCall, VEHICLE_TYPE } from './to-services.ts'

/** What a response unit is on its way for: one attempt of one invocation. */
interface Job {
  readonly start: InvocationStart
  readonly unit: DrivingUnit
  readonly order: Order
}

/** What the event asks of the unit. */
type Order =
  | {
      readonly kind: 'fine'
      readonly plate: string
      readonly cameraId: string
      readonly speedKmh: number
      readonly limitKmh: number
      readonly key: string
    }
  | { readonly kind: 'repair'; readonly plate: string; readonly part: VehiclePart; readonly rule: string }

export interface JobState {
  /** By errand, which is the request and its attempt. */
  readonly running: Readonly<Record<string, Job>>
  /** Fines by idempotency key: plate and moment of the alarm. A second delivery of the same event fines nobody twice. */
  readonly fined: Readonly<Record<string, CauseId>>
}

export const openJobs = (): JobState => ({ running: {}, fined: {} })

/** Fines that the book still knows; the oldest are forgotten first. */
const FINE_BOOK = 1000

/** Enters a fine into the book under its key. */
export function noteFine(state: JobState, key: string, id: CauseId): JobState {
  const fined: Record<string, CauseId> = { ...state.fined, [key]: id }
  const [oldest = ''] = Object.keys(fined)
  if (Object.keys(fined).length > FINE_BOOK) delete fined[oldest]
  return { ...state, fined }
}

/** What the units' work came to in this tick. */
export interface JobOutput {
  readonly state: JobState
  readonly completions: readonly InvocationCompletion[]
  readonly calls: readonly ApiCall[]
  readonly letters: readonly Letter[]
  readonly commands: readonly WorldCommand[]
}

/** Ends the jobs whose unit has arrived, or could not go. Runs before Lambda's step, which takes the completions. */
export function finishJobs(
  state: JobState,
  facts: readonly Fact[],
  context: { ctx: StepContext; at: Moment },
): JobOutput {
  let output: JobOutput = { state, completions: [], calls: [], letters: [], commands: [] }
  for (const fact of facts) {
    if (fact.kind !== 'unit-arrived' && fact.kind !== 'unit-unavailable') continue
    const job = output.state.running[fact.errandId]
    if (job === undefined) continue
    const done =
      fact.kind === 'unit-arrived' ? arrive(job, fact, { ...context, state: output.state }) : giveUp(job, fact)
    const { [fact.errandId]: _ended, ...running } = output.state.running
    const ended = { ...output.state, running }
    output = {
      state: done.fined === undefined ? ended : noteFine(ended, done.fined.key, done.fined.id),
      completions: [...output.completions, done.completion],
      calls: [...output.calls, ...(done.calls ?? [])],
      letters: [...output.letters, ...(done.letters ?? [])],
      commands: [...output.commands, ...(done.commands ?? [])],
    }
  }
  return output
}

/** Sends units out for the invocations that have begun. An event that the unit cannot read makes it throw, as code would. */
export function beginJobs(
  state: JobState,
  starts: readonly InvocationStart[],
  units: readonly UnitDefinition[],
): Pick<JobOutput, 'state' | 'completions' | 'commands'> {
  const running: Record<string, Job> = { ...state.running }
  const completions: InvocationCompletion[] = []
  const commands: WorldCommand[] = []
  for (const start of starts) {
    const unit = units.find(({ functionName }) => functionName === start.functionName)
    if (unit === undefined || !('job' in unit)) continue
    const order = unit.job === 'issue-fine' ? readFine(start.payload) : readRepair(start.payload)
    if (order === null) {
      completions.push(threw(start, 'TypeError', 'the event names no vehicle'))
      continue
    }
    const errandId = errandOf(start)
    running[errandId] = { start, unit, order }
    commands.push({ kind: 'send-unit', errandId, unit: unit.vehicle, plate: order.plate, cause: start.id })
  }
  return starts.length === 0
    ? { state, completions, commands }
    : { state: { ...state, running }, completions, commands }
}

/** Forgets jobs that Lambda has ended by itself (time-out): the unit still drives home, but its work counts no more. */
export function dropJobs(
  state: JobState,
  ended: readonly { readonly requestId: string; readonly attempt: number }[],
): JobState {
  const errands = new Set(ended.map(errandOf))
  if (!Object.keys(state.running).some((errand) => errands.has(errand))) return state
  return {
    ...state,
    running: Object.fromEntries(Object.entries(state.running).filter(([errand]) => !errands.has(errand))),
  }
}

const errandOf = (start: { readonly requestId: string; readonly attempt: number }) =>
  `${start.requestId}#${start.attempt}`

interface Done {
  readonly completion: InvocationCompletion
  readonly calls?: readonly ApiCall[]
  readonly letters?: readonly Letter[]
  readonly commands?: readonly WorldCommand[]
  readonly fined?: { readonly key: string; readonly id: CauseId }
}

function arrive(
  job: Job,
  fact: FactOf<'unit-arrived'>,
  context: { ctx: StepContext; at: Moment; state: JobState },
): Done {
  return job.order.kind === 'fine'
    ? fine(job, job.order, { ...context, fact })
    : repair(job, job.order, { ...context, fact })
}

function giveUp(job: Job, fact: FactOf<'unit-unavailable'>): Done {
  return { completion: threw(job.start, 'UnitUnavailable', fact.reason) }
}

type Arrival = { ctx: StepContext; at: Moment; state: JobState; fact: FactOf<'unit-arrived'> }

function fine(job: Job, order: Extract<Order, { kind: 'fine' }>, { ctx, at, state, fact }: Arrival): Done {
  const earlier = state.fined[order.key]
  if (earlier !== undefined) return { completion: returned(job.start, { fine: earlier, duplicate: true }) }
  const { plate, cameraId, speedKmh, limitKmh } = order
  const params = { plate, camera: cameraId, speed: Math.round(speedKmh), limit: limitKmh }
  const id = ctx.ids.next()
  const letter = fineLetter({ id, cause: fact.id, plate, from: job.unit.functionName, at }, 'fine', params)
  const call = unitCall(job, ctx, {
    cause: id,
    eventSource: 'hall.city',
    eventName: 'SendFine',
    requestParameters: { plate, camera: cameraId, speedKmh, limitKmh },
    responseElements: { fineId: id },
  })
  return {
    completion: returned(job.start, { fine: id }),
    letters: [letter],
    calls: [call],
    fined: { key: order.key, id },
  }
}

function repair(job: Job, order: Extract<Order, { kind: 'repair' }>, { ctx, at, fact }: Arrival): Done {
  const { plate, part, rule } = order
  const id = ctx.ids.next()
  const letter = repairLetter({ id, cause: fact.id, plate, from: job.unit.functionName, at }, part, rule)
  const call = unitCall(job, ctx, {
    cause: id,
    eventSource: 'garage.city',
    eventName: 'RepairVehicle',
    requestParameters: { plate, part },
    responseElements: null,
  })
  return {
    completion: returned(job.start, { repaired: part }),
    letters: [letter],
    calls: [call],
    commands: [{ kind: 'repair', plate, part, cause: id }],
  }
}

/** A call that the unit makes under its role: the logbook names the role, never a person. */
const unitCall = (
  job: Job,
  ctx: StepContext,
  call: Pick<ApiCall, 'cause' | 'eventSource' | 'eventName' | 'requestParameters' | 'responseElements'>,
): ApiCall =>
  toCall(ctx.now, {
    ...call,
    principal: { type: 'AssumedRole', roleName: job.unit.role, sessionName: job.unit.functionName },
    sourceIPAddress: 'lambda.amazonaws.com',
    userAgent: `nuageville-unit/${job.unit.functionName}`,
    resources: [{ ARN: vehicleArn(job.order.plate), type: VEHICLE_TYPE }],
    hops: job.start.hops,
  })

const completion = (start: InvocationStart, outcome: InvocationCompletion['outcome']): InvocationCompletion => ({
  requestId: start.requestId,
  attempt: start.attempt,
  outcome,
  logLines: [],
})
const returned = (start: InvocationStart, payload: Json) => completion(start, { kind: 'returned', payload })
const threw = (start: InvocationStart, errorType: string, errorMessage: string) =>
  completion(start, { kind: 'threw', errorType, errorMessage })

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @returns the value at a path of member names and list indexes, `undefined` when there is none */
function at(json: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let value = json
  for (const part of path) {
    if (typeof part === 'number') value = Array.isArray(value) ? (value as readonly Json[])[part] : undefined
    else value = isObject(value) ? value[part] : undefined
  }
  return value
}

/** Reads "CloudWatch Alarm State Change": the plate and the camera are the metric's dimensions. */
function readFine(payload: Json): Order | null {
  const dimensions = at(payload, 'detail', 'configuration', 'metrics', 0, 'metricStat', 'metric', 'dimensions')
  const plate = at(dimensions, 'Plate')
  const cameraId = at(dimensions, 'Camera')
  const reasonData = at(payload, 'detail', 'state', 'reasonData')
  const timestamp = at(payload, 'detail', 'state', 'timestamp')
  if (typeof plate !== 'string' || typeof cameraId !== 'string' || typeof reasonData !== 'string') return null
  if (typeof timestamp !== 'string') return null
  const data = JSON.parse(reasonData) as JsonObject
  const points = data['recentDatapoints']
  const speedKmh = Array.isArray(points) ? Math.max(...points.filter((point) => typeof point === 'number')) : Number.NaN
  const limitKmh = data['threshold']
  if (!Number.isFinite(speedKmh) || typeof limitKmh !== 'number') return null
  return { kind: 'fine', plate, cameraId, speedKmh, limitKmh, key: `${plate} ${cameraId} ${timestamp}` }
}

/** Which part the garage mends for which managed rule. */
const PART_OF_RULE: Readonly<Record<string, VehiclePart>> = {
  'brakes-in-order': 'brakes',
  'headlights-working': 'headlights',
  'tyre-tread-minimum': 'tyres',
}

/** Reads "Config Rules Compliance Change". */
function readRepair(payload: Json): Order | null {
  const plate = at(payload, 'detail', 'resourceId')
  const rule = at(payload, 'detail', 'configRuleName')
  const part = typeof rule === 'string' ? PART_OF_RULE[rule] : undefined
  return typeof plate === 'string' && typeof rule === 'string' && part !== undefined
    ? { kind: 'repair', plate, part, rule }
    : null
}
