import * as z from 'zod/mini'

/** The services' part of a scenario: what stands ready when the city opens, in AWS's own terms and limits. */

export const name = z.string().check(z.regex(/^[.\-_A-Za-z0-9]{1,64}$/))

/** Whom a service turns to, as `function:repair-car`: a unit of the scenario, or a queue, a topic, a bus by its name. */
const addressOf = (kinds: string) => z.string().check(z.regex(new RegExp(`^(${kinds}):[.\\-_A-Za-z0-9]{1,64}$`)))
const alarmTarget = addressOf('function|topic')
const deadLetterTarget = addressOf('queue|topic')
const destination = addressOf('function|queue|topic|bus')

/** Run when the alarm enters the state, five at most each. */
const actions = {
  alarmActions: z.exactOptional(z.array(alarmTarget).check(z.maxLength(5))),
  okActions: z.exactOptional(z.array(alarmTarget).check(z.maxLength(5))),
}

const comparison = {
  statistic: z.enum(['Maximum', 'Average', 'Minimum', 'Sum', 'SampleCount']),
  /** Seconds: 10, 20, 30 or a multiple of 60. */
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
}

/** An alarm that the city makes for each plate at each detector, when the plate first passes there. */
const alarm = z.object({
  /** `speed` becomes `speed-<camera>-<plate>`. */
  name,
  metricName: z.string(),
  ...comparison,
  ...actions,
})

/** An alarm on one metric, there from the beginning: a unit's throttles, a camera's fastest car. */
const metricAlarm = z.object({
  name,
  namespace: z.string().check(z.minLength(1)),
  metricName: z.string().check(z.minLength(1)),
  dimensions: z.record(z.string(), z.string()),
  ...comparison,
  ...actions,
})

/** Combines the states of other alarms of the scenario, as `ALARM("a") AND NOT ALARM("b")`. */
const compositeAlarm = z.object({ name, rule: z.string().check(z.minLength(1)), ...actions })

const target = z.object({ id: name, functionName: name, deadLetterQueue: z.exactOptional(name) })

const rule = z.object({
  name,
  eventPattern: z.record(z.string(), z.unknown()),
  targets: z.array(target).check(z.minLength(1), z.maxLength(5)),
})

const unit = {
  functionName: name,
  role: name,
  timeout: z.int().check(z.positive(), z.maximum(900)),
  reservedConcurrency: z.exactOptional(z.int().check(z.nonnegative())),
  /** Where events go that nobody could digest. */
  deadLetterTarget: z.exactOptional(deadLetterTarget),
  maximumRetryAttempts: z.exactOptional(z.int().check(z.nonnegative(), z.maximum(2))),
  /** Seconds. */
  maximumEventAge: z.exactOptional(z.int().check(z.minimum(60), z.maximum(21_600))),
  onSuccess: z.exactOptional(destination),
  onFailure: z.exactOptional(destination),
}

/** A unit that drives or flies out; `job` is what it does when it gets there: see `server/city/jobs.ts`. */
const drivingUnit = z.object({
  ...unit,
  job: z.enum(['issue-fine', 'repair-car']),
  vehicle: z.enum(['response', 'drone', 'tow-truck']),
})

/** A unit that runs a player's handler, in the sandbox of the room. */
const codeUnit = z.object({
  ...unit,
  code: z.string().check(z.minLength(1), z.maxLength(16_384)),
  variables: z.exactOptional(z.record(z.string(), z.string())),
})

/** A garage procedure that mends what breaks a rule: see `server/city/garage.ts`. */
const remediation = z.object({
  document: z.string().check(z.minLength(1), z.maxLength(256)),
  automatic: z.boolean(),
  maximumAutomaticAttempts: z.exactOptional(z.int().check(z.minimum(1), z.maximum(25))),
  retryAttemptSeconds: z.exactOptional(z.int().check(z.minimum(1), z.maximum(2_678_000))),
})

const anyRule = {
  name,
  inputParameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  remediation: z.exactOptional(remediation),
}

/** A rule of AWS's own making. */
const managedRule = z.object({ ...anyRule, sourceIdentifier: z.string().check(z.regex(/^[A-Z_]+$/)) })

/** A rule that a unit of the scenario judges: it is called for each change and answers with `putEvaluations`. */
const unitRule = z.object({ ...anyRule, functionName: name })

/** A rule written in Guard, such as `configuration.tyreTreadMm >= 1.6`. */
const policyRule = z.object({ ...anyRule, policy: z.string().check(z.minLength(1), z.maxLength(10_000)) })

export const configRule = z.union([managedRule, unitRule, policyRule])

const trail = z.object({
  name,
  isMultiRegion: z.boolean(),
  /** What drivers do with their vehicles. */
  dataEvents: z.boolean(),
  /** Every `Invoke` of a unit; left out: none. */
  invocations: z.exactOptional(z.boolean()),
})

export const services = z.object({
  alarms: z.array(alarm),
  metricAlarms: z.exactOptional(z.array(metricAlarm)),
  compositeAlarms: z.exactOptional(z.array(compositeAlarm)),
  rules: z.array(rule),
  units: z.array(z.union([drivingUnit, codeUnit])),
  configRules: z.array(configRule),
  trail,
  /** Executions at once in the whole account; left out: AWS's 1000, of which 100 stay unreserved. */
  concurrency: z.exactOptional(
    z.object({ account: z.int().check(z.positive()), unreserved: z.int().check(z.nonnegative()) }),
  ),
})

type Services = z.infer<typeof services>
export type AlarmTemplate = Services['alarms'][number]
export type UnitDefinition = Services['units'][number]
export type DrivingUnit = Extract<UnitDefinition, { readonly job: unknown }>
export type ConfigRuleDefinition = Services['configRules'][number]

/** What of the services names something, and where that stands in the file. */
export function addressesIn({ alarms, metricAlarms = [], compositeAlarms = [], units }: Services) {
  const inAlarms = { alarms, metricAlarms, compositeAlarms }
  return [
    ...Object.entries(inAlarms).flatMap(([list, members]) =>
      members.flatMap(({ alarmActions = [], okActions = [] }, i) => [
        ...alarmActions.map((address, a) => ({ path: `services.${list}[${i}].alarmActions[${a}]`, address })),
        ...okActions.map((address, a) => ({ path: `services.${list}[${i}].okActions[${a}]`, address })),
      ]),
    ),
    ...units.flatMap(({ onSuccess, onFailure }, i) => [
      { path: `services.units[${i}].onSuccess`, address: onSuccess },
      { path: `services.units[${i}].onFailure`, address: onFailure },
    ]),
  ]
}
