import * as z from 'zod/mini'
import type { JsonObject } from '../../../shared/json.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Answer, CallContext } from './answer.ts'
import { refuse } from './answer.ts'
import { describeTrails } from './describe.ts'
import { getTrailStatus, startLogging, stopLogging } from './logging.ts'
import { lookupEvents } from './lookup.ts'
import { createTrail, deleteTrail, updateTrail } from './manage.ts'
import { getEventSelectors, putEventSelectors, putInsightSelectors } from './put-selectors.ts'
import type { TrailState } from './state.ts'
import type { InsightType } from './trail-settings.ts'

const text = z.string()
const texts = z.array(text)
const truth = z.boolean()
/** Any text will do here: the operation itself refuses the words it does not know. */
const word = <W extends string>() => z.custom<W>((value) => typeof value === 'string')
const time = z.custom<ServiceMs>((value) => typeof value === 'number' && Number.isFinite(value))

const name = z.object({ Name: text })
const trailName = z.object({ TrailName: text })
const dials = {
  S3KeyPrefix: z.exactOptional(text),
  IncludeGlobalServiceEvents: z.exactOptional(truth),
  IsMultiRegionTrail: z.exactOptional(truth),
  EnableLogFileValidation: z.exactOptional(truth),
  CloudWatchLogsLogGroupArn: z.exactOptional(text),
  CloudWatchLogsRoleArn: z.exactOptional(text),
}
const basicSelector = z.object({
  ReadWriteType: z.exactOptional(word<'All' | 'ReadOnly' | 'WriteOnly'>()),
  IncludeManagementEvents: z.exactOptional(truth),
  DataResources: z.exactOptional(z.array(z.object({ Type: text, Values: texts }))),
  ExcludeManagementEventSources: z.exactOptional(texts),
})
const fieldSelector = z.object({
  Field: text,
  Equals: z.exactOptional(texts),
  StartsWith: z.exactOptional(texts),
  EndsWith: z.exactOptional(texts),
  NotEquals: z.exactOptional(texts),
  NotStartsWith: z.exactOptional(texts),
  NotEndsWith: z.exactOptional(texts),
})
const advancedSelector = z.object({ Name: z.exactOptional(text), FieldSelectors: z.array(fieldSelector) })
const insightSelector = z.object({ InsightType: word<InsightType>() })

/** The operations by AWS's names, with what each takes. */
const OPERATIONS = {
  CreateTrail: offer(z.object({ Name: text, S3BucketName: text, ...dials }), createTrail),
  UpdateTrail: offer(z.object({ Name: text, S3BucketName: z.exactOptional(text), ...dials }), updateTrail),
  DeleteTrail: offer(name, deleteTrail),
  StartLogging: offer(name, startLogging),
  StopLogging: offer(name, stopLogging),
  GetTrailStatus: offer(name, getTrailStatus),
  DescribeTrails: offer(
    z.object({ trailNameList: z.exactOptional(texts), includeShadowTrails: z.exactOptional(truth) }),
    describeTrails,
  ),
  PutEventSelectors: offer(
    z.object({
      TrailName: text,
      EventSelectors: z.exactOptional(z.array(basicSelector)),
      AdvancedEventSelectors: z.exactOptional(z.array(advancedSelector)),
    }),
    putEventSelectors,
  ),
  GetEventSelectors: offer(trailName, getEventSelectors),
  PutInsightSelectors: offer(
    z.object({ TrailName: text, InsightSelectors: z.array(insightSelector) }),
    putInsightSelectors,
  ),
  LookupEvents: offer(
    z.object({
      LookupAttributes: z.exactOptional(z.array(z.object({ AttributeKey: text, AttributeValue: text }))),
      StartTime: z.exactOptional(time),
      EndTime: z.exactOptional(time),
      EventCategory: z.exactOptional(text),
      MaxResults: z.exactOptional(z.number()),
      NextToken: z.exactOptional(text),
    }),
    lookupEvents,
  ),
}

/**
 * Calls an operation with an input nobody has checked yet. Unknown members are passed over, null ones are left out.
 * ListPublicKeys is not among the operations: it is asked where the keys are.
 *
 * @returns or fails as the operation does, or with UnknownOperationException or ValidationException
 */
export function callTrail(state: TrailState, operation: string, input: JsonObject, ctx: CallContext): Answer<unknown> {
  if (!isOffered(operation)) return refuse('UnknownOperationException', `No operation ${operation}.`)
  return OPERATIONS[operation](state, input, ctx)
}

const isOffered = (operation: string): operation is keyof typeof OPERATIONS => Object.hasOwn(OPERATIONS, operation)

function offer<I>(
  schema: z.ZodMiniType<I>,
  operation: (state: TrailState, input: I, ctx: CallContext) => Answer<unknown>,
) {
  return (state: TrailState, input: JsonObject, ctx: CallContext): Answer<unknown> => {
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null))
    const decoded = schema.safeParse(given)
    if (decoded.success) return operation(state, decoded.data, ctx)
    const [issue] = decoded.error.issues
    const field = issue?.path.join('.') ?? ''
    return refuse('ValidationException', `1 validation error detected: Value at '${field}' is not accepted.`, field)
  }
}
