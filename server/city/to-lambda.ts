import { alarmArn, functionArn } from '../../shared/aws/account.ts'
import type { AlarmActionRun } from '../../shared/aws/alarm.ts'
import type { Dispatch } from '../../shared/aws/event.ts'
import type { InvocationRequest } from '../../shared/aws/invocation.ts'
import type { ApiCall } from '../../shared/aws/record.ts'
import type { ServiceMs } from '../../shared/units.ts'
import type { RefusedRequest } from '../services/lambda/state.ts'
import { toCall } from './to-services.ts'

/** Who calls units: rules, alarms' actions, Config's custom rules. */
export const toRequests = (
  bridge: { readonly dispatches: readonly Dispatch[] },
  watch: { readonly actions: readonly AlarmActionRun[] },
  config: { readonly invocations: readonly InvocationRequest[] },
): InvocationRequest[] => [...fromBus(bridge.dispatches), ...fromAlarms(watch.actions), ...config.invocations]

/** A dispatch of the bus to a function is an asynchronous invocation (EventBridge User Guide, "Event bus targets"). */
const fromBus = (dispatches: readonly Dispatch[]): InvocationRequest[] =>
  dispatches
    .filter((dispatch) => dispatch.targetArn.startsWith(functionArn('')))
    .map((dispatch) => ({
      cause: dispatch.id,
      functionName: dispatch.targetArn,
      payload: dispatch.payload,
      invokedBy: 'events.amazonaws.com',
      sourceArn: dispatch.ruleArn,
      dispatchId: dispatch.id,
      hops: dispatch.hops,
    }))

/** An alarm calls a function by itself, without the bus (CloudWatch User Guide, "Lambda alarm actions"). */
const fromAlarms = (actions: readonly AlarmActionRun[]): InvocationRequest[] =>
  actions
    .filter(({ actionArn }) => actionArn.startsWith(functionArn('')))
    .map(({ id, alarmName, actionArn, payload }) => ({
      cause: id,
      functionName: actionArn,
      payload,
      invokedBy: 'lambda.alarms.cloudwatch.amazonaws.com',
      sourceArn: alarmArn(alarmName),
    }))

/** Invoking is a data event: in the logbook only where a trail asks for it (Lambda, "Logging Lambda API calls"). */
export const toInvokeCalls = (
  requests: readonly InvocationRequest[],
  refused: readonly RefusedRequest[],
  now: ServiceMs,
): ApiCall[] =>
  requests.map(({ cause, functionName, invokedBy, hops }) => {
    const refusal = refused.find((other) => other.cause === cause && other.functionName === functionName)
    return toCall(now, {
      cause,
      principal: { type: 'AWSService', invokedBy },
      eventSource: 'lambda.amazonaws.com',
      eventName: 'Invoke',
      category: 'Data',
      requestParameters: { functionName, invocationType: 'Event' },
      resources: [{ ARN: functionName, type: 'AWS::Lambda::Function' }],
      ...(refusal === undefined ? {} : { errorCode: refusal.code }),
      ...(hops === undefined ? {} : { hops }),
    })
  })
