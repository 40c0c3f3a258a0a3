import type { ServiceError } from '../../../shared/aws/step.ts'
import { fail } from '../../../shared/result.ts'

/** A refusal as EventBridge words it (EventBridge API Reference, "Errors"). */
const fault = (code: string) => (message: string, field?: string) =>
  fail<ServiceError>({ code, message, ...(field === undefined ? {} : { field }) })

export const invalid = fault('ValidationException')
export const notFound = fault('ResourceNotFoundException')
export const exists = fault('ResourceAlreadyExistsException')
export const managed = fault('ManagedRuleException')
export const illegalStatus = fault('IllegalStatusException')
export const badPattern = fault('InvalidEventPatternException')

export const tooMany = () =>
  fault('LimitExceededException')('The requested resource exceeds the maximum number allowed.')
export const noBus = (name: string) => notFound(`Event bus ${name} does not exist.`, 'eventBusName')
export const noRule = (name: string, bus: string) => notFound(`Rule ${name} does not exist on EventBus ${bus}.`, 'name')
