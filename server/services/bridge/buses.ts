import { busArn } from '../../../shared/aws/account.ts'
import type { EventBus } from '../../../shared/aws/rule.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { exists, invalid, noBus, tooMany } from './faults.ts'
import { DEFAULT_BUS, type BridgeState } from './state.ts'

const BUSES = 100
const NAME = /^[/.\-_A-Za-z0-9]{1,256}$/

/** (EventBridge API Reference, "CreateEventBus") */
export function createEventBus(
  state: BridgeState,
  input: Omit<EventBus, 'arn'>,
): Result<{ readonly state: BridgeState; readonly eventBusArn: string }, ServiceError> {
  const { name } = input
  if (!NAME.test(name) || name.startsWith('aws.')) return invalid('Parameter Name is not valid.', 'name')
  if (state.buses.some((bus) => bus.name === name)) return exists(`Event bus ${name} already exists.`, 'name')
  if (state.buses.length >= BUSES) return tooMany()
  const arn = busArn(name)
  return ok({ state: { ...state, buses: [...state.buses, { ...input, arn }] }, eventBusArn: arn })
}

/** Its rules have to be deleted first; an unknown bus is no error (EventBridge API Reference, "DeleteEventBus"). */
export function deleteEventBus(
  state: BridgeState,
  { name }: { readonly name: string },
): Result<{ readonly state: BridgeState }, ServiceError> {
  if (name === DEFAULT_BUS) return invalid('Cannot delete event bus default.', 'name')
  if (state.rules.some((rule) => rule.eventBusName === name))
    return invalid(`Event bus ${name} can't be deleted since it has rules.`, 'name')
  return ok({ state: { ...state, buses: state.buses.filter((bus) => bus.name !== name) } })
}

/** (EventBridge API Reference, "DescribeEventBus") */
export function describeEventBus(
  state: BridgeState,
  { name = DEFAULT_BUS }: { readonly name?: string },
): Result<EventBus, ServiceError> {
  const bus = state.buses.find((one) => one.name === name)
  return bus ? ok(bus) : noBus(name)
}

/** Sorted by name (EventBridge API Reference, "ListEventBuses"). */
export const listEventBuses = (
  state: BridgeState,
  { namePrefix = '' }: { readonly namePrefix?: string },
): readonly EventBus[] =>
  state.buses.filter((bus) => bus.name.startsWith(namePrefix)).sort((a, b) => (a.name < b.name ? -1 : 1))
