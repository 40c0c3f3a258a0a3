import * as z from 'zod/mini'

/** Posts beside the wheel, and what each may turn. */

export const POSTS = ['driver', 'camera-operator', 'dispatcher', 'unit-manager', 'inspector', 'archivist'] as const
export type Post = (typeof POSTS)[number]

const name = z.string().check(z.minLength(1), z.maxLength(64))

/** What an operator asks of a service, under the service's own name for it. */
export const dutyAct = z.discriminatedUnion('do', [
  /** Of all alarms of one camera, those to come included. Threshold in km/h, period in seconds of AWS. */
  z.object({
    do: z.literal('PutMetricAlarm'),
    camera: name,
    threshold: z.number().check(z.minimum(0), z.maximum(300)),
    period: z.int().check(z.positive(), z.maximum(86_400)),
    evaluationPeriods: z.int().check(z.positive(), z.maximum(100)),
    datapointsToAlarm: z.int().check(z.positive(), z.maximum(100)),
    treatMissingData: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']),
  }),
  z.object({ do: z.literal('PutRule'), rule: name, eventPattern: z.string().check(z.maxLength(900)) }),
  z.object({ do: z.enum(['EnableRule', 'DisableRule']), rule: name }),
  z.object({
    do: z.literal('PutFunctionConcurrency'),
    function: name,
    reserved: z.int().check(z.nonnegative(), z.maximum(1000)),
  }),
  z.object({ do: z.literal('PutConfigRule'), rule: name, inputParameters: z.string().check(z.maxLength(512)) }),
  z.object({ do: z.literal('StartConfigRulesEvaluation'), rule: name }),
  z.object({ do: z.enum(['StartLogging', 'StopLogging']) }),
  /** Whether the trail writes down what drivers do with their vehicles. */
  z.object({ do: z.literal('PutEventSelectors'), dataEvents: z.boolean() }),
])

export type DutyAct = z.infer<typeof dutyAct>

/** Whose act it is: nobody else may. */
export const POST_OF: Readonly<Record<DutyAct['do'], Post>> = {
  PutMetricAlarm: 'camera-operator',
  PutRule: 'dispatcher',
  EnableRule: 'dispatcher',
  DisableRule: 'dispatcher',
  PutFunctionConcurrency: 'unit-manager',
  PutConfigRule: 'inspector',
  StartConfigRulesEvaluation: 'inspector',
  StartLogging: 'archivist',
  StopLogging: 'archivist',
  PutEventSelectors: 'archivist',
}

/** How the alarms of one camera are set. */
export interface CameraDial {
  readonly camera: string
  readonly threshold: number
  readonly period: number
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly treatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching'
}

interface ConfigRuleDial {
  readonly rule: string
  readonly sourceIdentifier: string
  readonly inputParameters: string
  readonly compliant: number
  readonly nonCompliant: number
}

/** What an operator's desk shows of the own service; what rules and units are is in everybody's view. */
export interface DutyView {
  readonly post: Post
  readonly cameras: readonly CameraDial[]
  readonly configRules: readonly ConfigRuleDial[]
  readonly trail: { readonly name: string; readonly isLogging: boolean; readonly dataEvents: boolean } | null
  /** What of the account's concurrency nobody has reserved, and the least that must stay so. */
  readonly pool: { readonly unreserved: number; readonly least: number } | null
}

/** Which of the newest events on the bus a pattern would have matched, or what is wrong with it. */
export interface PatternTrial {
  readonly error: string | null
  readonly tested: number
  readonly matched: readonly { readonly id: string; readonly detailType: string }[]
}
