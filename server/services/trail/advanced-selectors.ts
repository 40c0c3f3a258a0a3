import type { ApiCall, ResourceRef } from '../../../shared/aws/record.ts'
import { arnOf } from './identity.ts'
import { isSignIn } from './record.ts'
import type { AdvancedEventSelector, FieldSelector } from './selectors.ts'

/**
 * Every field of the selector has to match. The two fields on resources speak of the same resource of the call
 * (CloudTrail User Guide, "Filtering data events by using advanced event selectors").
 */
export function matchesAdvanced({ FieldSelectors }: AdvancedEventSelector, call: ApiCall): boolean {
  const onResource = FieldSelectors.filter(({ Field }) => Field.startsWith('resources.'))
  const onCall = FieldSelectors.filter(({ Field }) => !Field.startsWith('resources.'))
  if (!onCall.every((selector) => matchesText(selector, fieldOf(selector.Field, call)))) return false
  if (onResource.length === 0) return true
  return call.resources.some((resource) =>
    onResource.every((selector) => matchesText(selector, resourceField(selector.Field, resource))),
  )
}

/** Conditions that select are alternatives, conditions that deselect must all hold, and both kinds must agree. */
function matchesText(selector: FieldSelector, text: string): boolean {
  const selecting = [
    ...(selector.Equals ?? []).map((value) => text === value),
    ...(selector.StartsWith ?? []).map((value) => text.startsWith(value)),
    ...(selector.EndsWith ?? []).map((value) => text.endsWith(value)),
  ]
  const isDeselected =
    selector.NotEquals?.includes(text) === true ||
    selector.NotStartsWith?.some((value) => text.startsWith(value)) === true ||
    selector.NotEndsWith?.some((value) => text.endsWith(value)) === true
  return !isDeselected && (selecting.length === 0 || selecting.includes(true))
}

/** A field that a call does not have is an empty text: only deselecting conditions can hold for it. */
function fieldOf(field: string, call: ApiCall): string {
  switch (field) {
    case 'eventCategory':
      return call.category
    case 'readOnly':
      return String(call.readOnly)
    case 'eventSource':
      return call.eventSource
    case 'eventName':
      return call.eventName
    case 'eventType':
      return isSignIn(call) ? 'AwsConsoleSignIn' : 'AwsApiCall'
    case 'errorCode':
      return call.errorCode ?? ''
    case 'userIdentity.arn':
      return arnOf(call.principal, call.eventTime) ?? ''
    default:
      return ''
  }
}

const resourceField = (field: string, resource: ResourceRef) =>
  field === 'resources.type' ? resource.type : resource.ARN
