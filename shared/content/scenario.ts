import * as z from 'zod/mini'

import type { Result } from '../result.ts'
import { fail, ok } from '../result.ts'

const name = z.string().check(z.regex(/^[.\-_A-Za-z0-9]{1,64}$/))
const textKey = z.string().check(z.regex(/^[a-z][A-Za-z0-9.-]*$/))
const seconds = z.number().check(z.nonnegative())

/** An alarm that the city makes for each plate at each detector, when the plate first passes there. */
const alarm = z.object({
  /** `speed` becomes `speed-<camera>-<plate>`. */
  name,
  metricName: z.string(),
  statistic: z.enum(['Maximum', 'Average', 'Minimum', 'Sum', 'SampleCount']),
  period: z.int().check(z.positive()),
  evaluationPeriods: z.int().check(z.positive()),
  datapointsToAlarm: z.int().check(z.positive()),
  threshold: z.number(),
  comparisonOperator: z.enum([
    'GreaterThanThreshold',
    'GreaterThanOrEqualToThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  treatMissingData: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']),
})

const rule = z.object({
  name,
  eventPattern: z.record(z.string(), z.unknown()),
  targets: z.array(z.object({ id: name, functionName: name })).check(z.minLength(1), z.maxLength(5)),
})

/** `job` is what the unit does when it gets there: see `server/city/jobs.ts`. */
const responseUnit = z.object({
  functionName: name,
  job: z.enum(['issue-fine', 'repair-car']),
  role: name,
  vehicle: z.enum(['response', 'drone', 'tow-truck']),
  timeout: z.int().check(z.positive(), z.maximum(900)),
  reservedConcurrency: z.optional(z.int().check(z.nonnegative())),
})

const configRule = z.object({
  name,
  sourceIdentifier: z.string().check(z.regex(/^[A-Z_]+$/)),
  inputParameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

/** What city hall does by itself: at a moment of play, or as the answer to something that happened. */
const inject = z.object({
  id: name,
  at: z.union([z.object({ playSeconds: seconds }), z.object({ after: z.enum(['fine']), every: z.boolean() })]),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('put-config-rule'), rule: configRule }),
    z.object({ kind: z.literal('set-weather'), weather: z.enum(['clear', 'rain', 'fog']) }),
    z.object({ kind: z.literal('inspect-offender') }),
  ]),
})

const scenario = z.object({
  id: name,
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+$/)),
  licence: z.string(),
  author: z.string(),
  title: textKey,
  summary: textKey,
  minutes: z.int().check(z.positive()),
  players: z.object({ min: z.int().check(z.positive()), max: z.int().check(z.positive(), z.maximum(200)) }),
  map: name,
  clock: z.object({
    /** Service seconds per second of play, 1 to 60. */
    scale: z.number().check(z.minimum(1), z.maximum(60)),
    startsAt: z.string(),
  }),
  street: z.object({
    /** Roads on which drivers start; empty for anywhere. */
    startRoads: z.array(name),
    bots: z.int().check(z.nonnegative(), z.maximum(2000)),
    patrols: z.int().check(z.nonnegative(), z.maximum(20)),
    inspectors: z.int().check(z.nonnegative(), z.maximum(20)),
    responseCars: z.int().check(z.nonnegative(), z.maximum(20)),
    drones: z.int().check(z.nonnegative(), z.maximum(20)),
    towTrucks: z.int().check(z.nonnegative(), z.maximum(20)),
  }),
  services: z.object({
    alarms: z.array(alarm),
    rules: z.array(rule),
    units: z.array(responseUnit),
    configRules: z.array(configRule),
    trail: z.object({ name, isMultiRegion: z.boolean(), dataEvents: z.boolean() }),
  }),
  injects: z.array(inject),
})

export type Scenario = z.infer<typeof scenario>
export type AlarmTemplate = Scenario['services']['alarms'][number]
export type ResponseUnitDefinition = Scenario['services']['units'][number]
export type ConfigRuleDefinition = Scenario['services']['configRules'][number]
export type Inject = Scenario['injects'][number]

/** Where a scenario file is wrong, and why. */
export interface ContentFault {
  /** As `services.rules[0].targets[1].functionName`. */
  readonly path: string
  readonly reason: string
}

const toPath = (path: readonly PropertyKey[]) =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('')

/** Names that one part of a scenario uses and another must define. */
function findDangling(content: Scenario): ContentFault | null {
  const units = new Set(content.services.units.map((unit) => unit.functionName))
  for (const [r, { targets }] of content.services.rules.entries())
    for (const [t, target] of targets.entries())
      if (!units.has(target.functionName))
        return {
          path: `services.rules[${r}].targets[${t}].functionName`,
          reason: `no unit is called ${target.functionName}`,
        }
  return null
}

/** Reads a scenario file. @returns the scenario, or the path and reason of its first fault */
export function decodeScenario(json: unknown): Result<Scenario, ContentFault> {
  const read = scenario.safeParse(json)
  if (!read.success) {
    const issue = read.error.issues[0]
    return fail({ path: toPath(issue?.path ?? []), reason: issue?.message ?? 'not a scenario' })
  }
  const dangling = findDangling(read.data)
  return dangling === null ? ok(read.data) : fail(dangling)
}
