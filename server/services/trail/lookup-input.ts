import type { ServiceMs } from '../../../shared/units.ts'
import { refuse } from './answer.ts'

/** The most events on a page, and how many there are when nothing else is asked. */
export const MAX_RESULTS = 50
const MAX_VALUE_LENGTH = 2000
/** The attributes by which LookupEvents can be asked, spelled like this only. */
const LOOKUP_KEYS = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
]

/** What LookupEvents takes. Both times are included; left out: everything that event history has. */
export interface LookupEventsInput {
  readonly LookupAttributes?: readonly { readonly AttributeKey: string; readonly AttributeValue: string }[]
  readonly StartTime?: ServiceMs
  readonly EndTime?: ServiceMs
  /** `insight`; left out: management events. */
  readonly EventCategory?: string
  /** 1 to 50; left out: 50. */
  readonly MaxResults?: number
  readonly NextToken?: string
}

/** @returns the refusal of a question that LookupEvents cannot answer, `null` when it can */
export function faultOfLookup({
  LookupAttributes = [],
  StartTime,
  EndTime,
  MaxResults,
  EventCategory,
}: LookupEventsInput) {
  if (LookupAttributes.length > 1 || !LookupAttributes.every(isAttribute)) {
    const message = 'Give at most one attribute, with a key and a value that it can have.'
    return refuse('InvalidLookupAttributesException', message, 'LookupAttributes')
  }
  if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
    return refuse('InvalidTimeRangeException', 'StartTime is after EndTime.', 'StartTime')
  }
  if (MaxResults !== undefined && !(Number.isInteger(MaxResults) && MaxResults >= 1 && MaxResults <= MAX_RESULTS)) {
    return refuse('InvalidMaxResultsException', 'MaxResults is a whole number from 1 to 50.', 'MaxResults')
  }
  if (EventCategory !== undefined && EventCategory !== 'insight') {
    return refuse('InvalidEventCategoryException', 'The only category to ask for is insight.', 'EventCategory')
  }
  return null
}

function isAttribute({ AttributeKey, AttributeValue }: { AttributeKey: string; AttributeValue: string }): boolean {
  const isLengthRight = AttributeValue.length >= 1 && AttributeValue.length <= MAX_VALUE_LENGTH
  const isValueKnown = AttributeKey !== 'ReadOnly' || AttributeValue === 'true' || AttributeValue === 'false'
  return LOOKUP_KEYS.includes(AttributeKey) && isLengthRight && isValueKnown
}
