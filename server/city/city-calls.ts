import { vehicleArn } from '../../shared/aws/account.ts'
import type { AttemptEnded, CityCall } from '../../shared/aws/invocation.ts'
import type { ApiCall } from '../../shared/aws/record.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { assertNever } from '../../shared/assert.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { Moment } from '../../shared/protocol/view.ts'
import type { PutEvaluations } from '../services/config/evaluations.ts'
import type { City } from './city.ts'
import { asJson } from './explanation.ts'
import { noteFine, type JobState } from './jobs.ts'
import { fineLetter, repairLetter } from './letters.ts'
import type { Letter } from './ledger.ts'
import { toCall, VEHICLE_TYPE } from './to-services.ts'

/** What players' code asked of the city, and the city's answer. Commands enter the next tick. */
export interface Granted {
  readonly state: JobState
  readonly calls: readonly ApiCall[]
  readonly letters: readonly Letter[]
  readonly commands: readonly WorldCommand[]
  /** Verdicts of custom rules, for Config. */
  readonly evaluations: readonly PutEvaluations[]
}

/** What the city checks a call against. */
export interface Town {
  readonly ctx: StepContext
  readonly at: Moment
  readonly map: CityMap
  readonly isOnTheRoad: (plate: string) => boolean
  /** Whether Config waits for the verdicts of a run of a custom rule. */
  readonly isResultToken: (token: string) => boolean
}

export const toTown = ({
  world,
  config,
  ...rest
}: Pick<Town, 'ctx' | 'at' | 'map'> & Pick<City, 'world' | 'config'>): Town => ({
  ...rest,
  isOnTheRoad: (plate) => world.scratch.slotOfPlate.has(plate),
  isResultToken: (asked) => config.tokens.some(({ token }) => token === asked),
})

interface Draft {
  state: JobState
  readonly calls: ApiCall[]
  readonly letters: Letter[]
  readonly commands: WorldCommand[]
  readonly evaluations: PutEvaluations[]
}

/** Carries out what runs asked for, whatever became of them afterwards; each call is in the logbook under the unit's role. */
export function grantCalls(state: JobState, attempts: readonly AttemptEnded[], town: Town): Granted {
  const draft: Draft = { state, calls: [], letters: [], commands: [], evaluations: [] }
  for (const attempt of attempts) for (const call of attempt.calls) grant(draft, attempt, call, town)
  return draft
}

function grant(draft: Draft, attempt: AttemptEnded, call: CityCall, town: Town): void {
  const refusal = refusalOf(call, town)
  if (refusal !== null) return void draft.calls.push({ ...toUnitCall(attempt, call, town.ctx), ...refusal })
  switch (call.name) {
    case 'sendFine':
      return sendFine(draft, attempt, call, town)
    case 'repair':
      return repair(draft, attempt, call, town)
    case 'closeRoad':
    case 'setSign':
      draft.calls.push(toUnitCall(attempt, call, town.ctx))
      return void draft.commands.push(toRoadCommand(attempt, call))
    case 'putEvaluations':
      draft.calls.push(toUnitCall(attempt, call, town.ctx))
      return void draft.evaluations.push(toEvaluations(attempt, call, town.ctx))
    default:
      return assertNever(call)
  }
}

const toRoadCommand = (
  { id: cause }: AttemptEnded,
  call: Extract<CityCall, { name: 'closeRoad' | 'setSign' }>,
): WorldCommand =>
  call.name === 'closeRoad'
    ? { kind: 'close-road', roadId: call.roadId, closed: call.closed, cause }
    : { kind: 'set-limit', roadId: call.roadId, limitKmh: call.limitKmh, cause }

/** The run of the unit is the cause of whatever its verdicts change. */
const toEvaluations = (
  { id: cause }: AttemptEnded,
  { resultToken, evaluations }: Extract<CityCall, { name: 'putEvaluations' }>,
  { now }: StepContext,
): PutEvaluations => ({
  resultToken,
  evaluations: evaluations.map((verdict) => ({ orderingTimestamp: now, ...verdict })),
  cause,
})

function refusalOf(call: CityCall, town: Town): Pick<ApiCall, 'errorCode' | 'errorMessage'> | null {
  if ('plate' in call) return strangerOf(call.plate, town)
  if ('roadId' in call) return unknownRoad(call.roadId, town)
  const errorMessage = 'The result token is not valid.'
  return town.isResultToken(call.resultToken) ? null : { errorCode: 'InvalidResultTokenException', errorMessage }
}

const notFound = (what: string) => ({ errorCode: 'ResourceNotFoundException', errorMessage: `${what} does not exist.` })
const strangerOf = (plate: string, { isOnTheRoad }: Town) => (isOnTheRoad(plate) ? null : notFound(plate))
const unknownRoad = (roadId: string, { map }: Town) =>
  map.roads.some(({ id }) => id === roadId) ? null : notFound(roadId)

/** Under the same key the fine book takes one fine only: a second one is answered with the first. */
function sendFine(
  draft: Draft,
  attempt: AttemptEnded,
  call: Extract<CityCall, { name: 'sendFine' }>,
  { ctx, at }: Town,
): void {
  const { plate, amount, reason, key } = call
  const bookKey = key === undefined ? null : `key ${key}`
  const earlier = bookKey === null ? undefined : draft.state.fined[bookKey]
  const id = earlier ?? ctx.ids.next()
  const answer = earlier === undefined ? { fineId: id } : { fineId: id, duplicate: true }
  const record = { ...toUnitCall(attempt, call, ctx), responseElements: answer }
  draft.calls.push(earlier === undefined ? { ...record, cause: id } : record)
  if (earlier !== undefined) return
  const from = attempt.functionName
  draft.letters.push(fineLetter({ id, cause: attempt.id, plate, from, at }, 'citation', { plate, amount, reason }))
  if (bookKey !== null) draft.state = noteFine(draft.state, bookKey, id)
}

function repair(
  draft: Draft,
  attempt: AttemptEnded,
  call: Extract<CityCall, { name: 'repair' }>,
  { ctx, at }: Town,
): void {
  const { plate, part } = call
  const id = ctx.ids.next()
  const from = attempt.functionName
  draft.letters.push(repairLetter({ id, cause: attempt.id, plate, from, at }, part, from))
  draft.calls.push({ ...toUnitCall(attempt, call, ctx), cause: id })
  draft.commands.push({ kind: 'repair', plate, part, cause: id })
}

/** What each call is in the logbook: the thing acted upon is its source. */
function nameOf(call: CityCall): Pick<ApiCall, 'eventSource' | 'eventName'> {
  switch (call.name) {
    case 'sendFine':
      return { eventSource: 'hall.city', eventName: 'SendFine' }
    case 'repair':
      return { eventSource: 'garage.city', eventName: 'RepairVehicle' }
    case 'closeRoad':
      return { eventSource: 'road.city', eventName: call.closed ? 'CloseRoad' : 'OpenRoad' }
    case 'setSign':
      return { eventSource: 'road.city', eventName: 'SetSign' }
    case 'putEvaluations':
      return { eventSource: 'config.amazonaws.com', eventName: 'PutEvaluations' }
    default:
      return assertNever(call)
  }
}

function toUnitCall(attempt: AttemptEnded, call: CityCall, { now }: StepContext): ApiCall {
  const { name: _name, ...requestParameters } = call
  const roleName = attempt.role.split('/').at(-1) ?? attempt.role
  return toCall(now, {
    cause: attempt.id,
    principal: { type: 'AssumedRole', roleName, sessionName: attempt.functionName },
    ...nameOf(call),
    sourceIPAddress: 'lambda.amazonaws.com',
    userAgent: `nuageville-unit/${attempt.functionName}`,
    requestParameters: asJson(requestParameters),
    resources: 'plate' in call ? [{ ARN: vehicleArn(call.plate), type: VEHICLE_TYPE }] : [],
    hops: attempt.hops,
  })
}
