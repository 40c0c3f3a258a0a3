import type { InvocationCompletion, InvocationRequest, InvocationStart } from '../../../../shared/aws/invocation.ts'
import type { ServiceError, StepContext } from '../../../../shared/aws/step.ts'
import { openIds } from '../../../../shared/ids.ts'
import type { Result } from '../../../../shared/result.ts'
import { serviceMs } from '../../../../shared/units.ts'
import type { CreateFunction } from '../../../../server/services/lambda/control.ts'
import { createFunction } from '../../../../server/services/lambda/control.ts'
import type { LambdaInput, LambdaSettings } from '../../../../server/services/lambda/lambda.ts'
import { openLambda, stepLambda } from '../../../../server/services/lambda/lambda.ts'
import type { InvokeCall, LambdaOutput, LambdaState } from '../../../../server/services/lambda/state.ts'

/** 2026-03-14T09:26:53Z: second 0 of every test. */
export const START = 1_773_480_413_000

/** The context of a tick so many seconds after the start; its ids begin with the tick's number. */
export const at = (seconds: number): StepContext => ({
  now: serviceMs(START + Math.round(seconds * 1000)),
  ids: openIds(Math.round(seconds * 1000)),
  seed: 7,
})

export function valueOf<T>(result: Result<T, ServiceError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** A Lambda with the given functions, which a test drives by the second. */
export class LambdaBench {
  state: LambdaState

  constructor(functions: readonly Partial<CreateFunction>[] = [{}], settings: LambdaSettings = {}) {
    this.state = openLambda(settings)
    for (const fn of functions) {
      const input = { functionName: 'send-fine', role: 'send-fine-role', initMs: 0, ...fn }
      this.change((state, ctx) => createFunction(state, input, ctx))
    }
  }

  change(operation: (state: LambdaState, ctx: StepContext) => Result<LambdaState, ServiceError>, seconds = 0): void {
    this.state = valueOf(operation(this.state, at(seconds)))
  }

  /** Runs one tick and keeps its state. */
  step(seconds: number, input: Partial<LambdaInput> = {}): LambdaOutput {
    const { state, ...out } = stepLambda(this.state, { requests: [], completions: [], ...input }, at(seconds))
    this.state = state
    return out
  }

  /** Runs a tick in which one event arrives; gives the start it led to. */
  start(seconds: number, request: Partial<InvocationRequest> = {}): InvocationStart {
    return only(this.step(seconds, { requests: [asked(request)] }).starts)
  }
}

export function only<T>(things: readonly T[]): T {
  const [thing] = things
  if (things.length !== 1 || thing === undefined) throw new Error(`one expected, ${things.length} found`)
  return thing
}

/** An event a person's tool sends; nobody's permission is asked. */
export const asked = (request: Partial<InvocationRequest> = {}): InvocationRequest => ({
  cause: '1/1',
  functionName: 'send-fine',
  payload: { plate: 'FR-042' },
  invokedBy: 'hall.city',
  sourceArn: 'arn:aws:iam::111122223333:user/mayor',
  ...request,
})

export const call = (given: Partial<InvokeCall> = {}): InvokeCall => ({
  callId: 'call-1',
  cause: '1/1',
  functionName: 'send-fine',
  invocationType: 'RequestResponse',
  payloadText: '{"plate":"FR-042"}',
  ...given,
})

type Run = Pick<InvocationStart, 'requestId' | 'attempt'>

export const returned = ({ requestId, attempt }: Run, more: Partial<InvocationCompletion> = {}) =>
  ({ requestId, attempt, outcome: { kind: 'returned', payload: 'done' }, logLines: [], ...more }) as const

export const threw = ({ requestId, attempt }: Run, more: Partial<InvocationCompletion> = {}): InvocationCompletion => ({
  requestId,
  attempt,
  outcome: { kind: 'threw', errorType: 'Error', errorMessage: 'no ink' },
  logLines: [],
  ...more,
})

export const crashed = ({ requestId, attempt }: Run): InvocationCompletion => ({
  requestId,
  attempt,
  outcome: { kind: 'crashed', errorMessage: 'exit status 1' },
  logLines: [],
})

/** The values of one metric, in the order in which they were measured. */
export const metric = (out: LambdaOutput, name: string): readonly number[] =>
  out.datapoints.filter((datapoint) => datapoint.metricName === name).map((datapoint) => datapoint.value)
