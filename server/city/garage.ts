import { vehicleArn } from '../../shared/aws/account.ts'
import type { RemediationOutcome, RemediationStart } from '../../shared/aws/item.ts'
import type { ApiCall } from '../../shared/aws/record.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { Fact } from '../../shared/model/fact.ts'
import type { VehiclePart } from '../../shared/model/vehicle.ts'
import type { Moment } from '../../shared/protocol/view.ts'
import { serviceMs, type ServiceMs } from '../../shared/units.ts'
import { repairLetter } from './letters.ts'
import type { Letter } from './ledger.ts'
import { toCall, VEHICLE_TYPE } from './to-services.ts'

/**
 * What Config's remediations really are: work orders of Systems Manager Automation. A tow truck comes, mends one part and
 * reports; only the inspector's next look can make the car COMPLIANT (AWS Config, "Remediating noncompliant resources").
 */

/** The garage's procedures, by the name of their document. */
const PROCEDURES: Readonly<Record<string, VehiclePart>> = {
  'City-RepairBrakes': 'brakes',
  'City-ReplaceTyres': 'tyres',
  'City-RepairHeadlights': 'headlights',
  'City-FastenSeatBelt': 'seatBelt',
  'City-Refuel': 'fuel',
}

/** Service time after which an order is tried again that found all trucks out. */
const AGAIN_MS = 12_000

export interface GarageState {
  /** Oldest first. */
  readonly waiting: readonly RemediationStart[]
  /** By errand: orders that a truck is on its way for. */
  readonly out: Readonly<Record<string, RemediationStart>>
  /** No truck is asked for before. */
  readonly nextTryAt: ServiceMs
}

export const openGarage = (now: ServiceMs): GarageState => ({ waiting: [], out: {}, nextTryAt: now })

/** What the garage did in a tick. Outcomes and commands enter the next one. */
export interface GarageOutput {
  readonly state: GarageState
  readonly outcomes: readonly RemediationOutcome[]
  readonly calls: readonly ApiCall[]
  readonly letters: readonly Letter[]
  readonly commands: readonly WorldCommand[]
}

interface Draft {
  waiting: readonly RemediationStart[]
  out: Record<string, RemediationStart>
  nextTryAt: ServiceMs
  readonly outcomes: RemediationOutcome[]
  readonly calls: ApiCall[]
  readonly letters: Letter[]
  readonly commands: WorldCommand[]
}

/** Mends where a truck has arrived, takes Config's new orders, and sends the next truck out. */
export function stepGarage(
  state: GarageState,
  { facts, orders }: { readonly facts: readonly Fact[]; readonly orders: readonly RemediationStart[] },
  { ctx, at }: { readonly ctx: StepContext; readonly at: Moment },
): GarageOutput {
  const draft: Draft = { ...state, out: { ...state.out }, outcomes: [], calls: [], letters: [], commands: [] }
  for (const fact of facts) hear(draft, fact, { ctx, at })
  for (const order of orders) accept(draft, order, ctx)
  sendNext(draft, ctx)
  const { waiting, out, nextTryAt, ...output } = draft
  const isSame = waiting === state.waiting && Object.keys(out).join() === Object.keys(state.out).join()
  return { state: isSame && nextTryAt === state.nextTryAt ? state : { waiting, out, nextTryAt }, ...output }
}

function hear(draft: Draft, fact: Fact, context: { readonly ctx: StepContext; readonly at: Moment }): void {
  if (fact.kind !== 'unit-arrived' && fact.kind !== 'unit-unavailable') return
  const order = draft.out[fact.errandId]
  if (order === undefined) return
  delete draft.out[fact.errandId]
  if (fact.kind === 'unit-arrived') mend(draft, order, { ...context, cause: fact.id })
  else if (fact.reason === 'all-out') {
    draft.waiting = [order, ...draft.waiting]
    draft.nextTryAt = serviceMs(context.ctx.now + AGAIN_MS)
  } else fail(draft, order, `The truck could not reach ${plateOf(order)}: ${fact.reason}`)
}

const plateOf = ({ parameters, resourceId }: RemediationStart): string => parameters['Plate']?.[0] ?? resourceId

const fail = (draft: Draft, { executionId }: RemediationStart, message: string): void =>
  void draft.outcomes.push({ executionId, outcome: 'FAILED', message })

function mend(
  draft: Draft,
  order: RemediationStart,
  { ctx, at, cause }: { readonly ctx: StepContext; readonly at: Moment; readonly cause: Letter['id'] },
): void {
  const part = PROCEDURES[order.targetId]
  if (part === undefined) return
  const id = ctx.ids.next()
  const plate = plateOf(order)
  draft.letters.push(repairLetter({ id, cause, plate, from: order.targetId, at }, part, order.configRuleName))
  draft.calls.push(
    toCall(ctx.now, {
      cause: id,
      principal: {
        type: 'AssumedRole',
        roleName: 'city-garage',
        sessionName: order.executionId,
        invokedBy: 'ssm.amazonaws.com',
      },
      eventSource: 'garage.city',
      eventName: 'RepairVehicle',
      requestParameters: { plate, part },
      resources: [{ ARN: vehicleArn(plate), type: VEHICLE_TYPE }],
    }),
  )
  draft.commands.push({ kind: 'repair', plate, part, cause: id })
  draft.outcomes.push({ executionId: order.executionId, outcome: 'SUCCEEDED' })
}

/** Config starts the document, and the logbook says so; a document that is not there fails at once. */
function accept(draft: Draft, order: RemediationStart, ctx: StepContext): void {
  const { targetId: documentName, executionId, parameters } = order
  const isKnown = Object.hasOwn(PROCEDURES, documentName)
  const refusal = {
    errorCode: 'AutomationDefinitionNotFoundException',
    errorMessage: `Automation definition does not exist: ${documentName}`,
  }
  draft.calls.push(
    toCall(ctx.now, {
      cause: order.id,
      principal: {
        type: 'AssumedRole',
        roleName: 'AWSServiceRoleForConfigRemediation',
        sessionName: 'AwsConfigRemediation',
        invokedBy: 'config.amazonaws.com',
      },
      eventSource: 'ssm.amazonaws.com',
      eventName: 'StartAutomationExecution',
      requestParameters: { documentName, parameters },
      ...(isKnown ? { responseElements: { automationExecutionId: executionId } } : refusal),
    }),
  )
  if (isKnown) draft.waiting = [...draft.waiting, order]
  else fail(draft, order, refusal.errorMessage)
}

/** One truck a tick: who finds all of them out waits, and nobody overtakes. */
function sendNext(draft: Draft, { now }: StepContext): void {
  const [order, ...others] = draft.waiting
  if (order === undefined || now < draft.nextTryAt) return
  const errandId = `garage-${order.executionId}`
  draft.waiting = others
  draft.out[errandId] = order
  draft.commands.push({ kind: 'send-unit', errandId, unit: 'tow-truck', plate: plateOf(order), cause: order.id })
}
