import * as z from 'zod'
import type { CityCall, UnitVerdict } from '../../shared/aws/invocation.ts'
import { fromIso } from '../../shared/time.ts'
import { kmh } from '../../shared/units.ts'

const plate = z.string().min(1).max(16)
const roadId = z.string().min(1).max(64)

/** A verdict under AWS's names; its time as JavaScript writes a date (AWS Config API, "Evaluation"). */
const verdict = z
  .object({
    ComplianceResourceType: z.string().min(1).max(256),
    ComplianceResourceId: z.string().min(1).max(768),
    ComplianceType: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']),
    Annotation: z.string().max(256).exactOptional(),
    OrderingTimestamp: z
      .string()
      .refine((text) => fromIso(text) !== null, 'not a date')
      .exactOptional(),
  })
  .transform((given): UnitVerdict => {
    const at = fromIso(given.OrderingTimestamp ?? '')
    return {
      complianceResourceType: given.ComplianceResourceType,
      complianceResourceId: given.ComplianceResourceId,
      complianceType: given.ComplianceType,
      ...(given.Annotation === undefined ? {} : { annotation: given.Annotation }),
      ...(at === null ? {} : { orderingTimestamp: at }),
    }
  })

/** What a player's handler may ask of the city, one object each; what it does not say takes the default given here. */
const cityCall = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('sendFine'),
    plate,
    /** Euros. */
    amount: z.int().min(1).max(10_000),
    reason: z.string().max(200).default(''),
    key: z.string().min(1).max(128).exactOptional(),
  }),
  z.object({
    name: z.literal('repair'),
    plate,
    part: z.enum(['brakes', 'tyres', 'headlights', 'seatBelt', 'fuel']),
  }),
  z.object({ name: z.literal('closeRoad'), roadId, closed: z.boolean().default(true) }),
  z
    .object({
      name: z.literal('putEvaluations'),
      ResultToken: z.string().max(256),
      Evaluations: z.array(verdict).max(100),
    })
    .transform(({ name, ResultToken: resultToken, Evaluations: evaluations }) => ({ name, resultToken, evaluations })),
  z.object({ name: z.literal('setSign'), roadId, limitKmh: z.int().min(5).max(130).transform(kmh) }),
])

/** @returns the call, or where it hurts: `sendFine.amount: …` */
export function decodeCityCall(name: string, asked: unknown): CityCall | string {
  const decoded = cityCall.safeParse(typeof asked === 'object' ? { ...asked, name } : { name })
  if (decoded.success) return decoded.data
  const [issue] = decoded.error.issues
  return `${[name, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? ''}`
}
