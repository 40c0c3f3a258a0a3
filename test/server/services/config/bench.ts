import type { ResourceChange } from '../../../../shared/aws/item.ts'
import type { ServiceError, StepContext } from '../../../../shared/aws/step.ts'
import { openIds } from '../../../../shared/ids.ts'
import type { JsonObject } from '../../../../shared/json.ts'
import type { Result } from '../../../../shared/result.ts'
import { serviceMs } from '../../../../shared/units.ts'
import type { ConfigInput, ConfigSettings } from '../../../../server/services/config/config.ts'
import { openConfig, stepConfig } from '../../../../server/services/config/config.ts'
import type { PutConfigRule } from '../../../../server/services/config/rules.ts'
import { putConfigRule } from '../../../../server/services/config/rules.ts'
import type { ConfigOutput, ConfigState } from '../../../../server/services/config/state.ts'

/** 2026-03-14T09:26:53Z: second 0 of every test. */
export const START = 1_773_480_413_000

/** The context of a tick so many seconds after the start; its ids begin with the tick's milliseconds. */
export const at = (seconds: number): StepContext => ({
  now: serviceMs(START + Math.round(seconds * 1000)),
  ids: openIds(Math.round(seconds * 1000)),
  seed: 7,
})

export function valueOf<T>(result: Result<T, ServiceError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export function errorOf(result: Result<unknown, ServiceError>): string {
  return result.ok ? 'no error' : result.error.code
}

export function only<T>(things: readonly T[]): T {
  const [thing] = things
  if (things.length !== 1 || thing === undefined) throw new Error(`one expected, ${things.length} found`)
  return thing
}

/** A Config that a test drives by the second. */
export class ConfigBench {
  state: ConfigState

  constructor(rules: readonly PutConfigRule[] = [], settings?: ConfigSettings) {
    this.state = openConfig(settings)
    for (const rule of rules) this.change((state, ctx) => putConfigRule(state, rule, ctx))
    // The new rules' first run, over an empty city.
    this.step(0)
  }

  change(operation: (state: ConfigState, ctx: StepContext) => Result<ConfigState, ServiceError>, seconds = 0): void {
    this.state = valueOf(operation(this.state, at(seconds)))
  }

  /** Runs one tick and keeps its state. */
  step(seconds: number, input: Partial<ConfigInput> = {}): ConfigOutput {
    const { state, ...out } = stepConfig(this.state, { changes: [], remediationOutcomes: [], ...input }, at(seconds))
    this.state = state
    return out
  }

  /** Runs a tick in which one resource changed. */
  see(seconds: number, change: Partial<ResourceChange> = {}): ConfigOutput {
    return this.step(seconds, { changes: [seen({ at: at(seconds).now, ...change })] })
  }
}

/** The brakes' wear is what most tests change. */
export const vehicle = (wear = 0.1, more: JsonObject = {}): JsonObject => ({
  kind: 'sedan',
  brakes: { wear },
  tyres: { treadMm: 6 },
  headlights: { working: true },
  seatBelt: { fastened: true },
  fuel: { share: 0.5 },
  ...more,
})

export const seen = (change: Partial<ResourceChange> = {}): ResourceChange => ({
  cause: '812/3',
  resourceType: 'City::Fleet::Vehicle',
  resourceId: 'FR-042',
  awsRegion: 'eu-west-3',
  configuration: vehicle(),
  tags: {},
  relationships: [],
  at: serviceMs(START),
  ...change,
})

export const managed = (sourceIdentifier: string, more: Partial<PutConfigRule> = {}): PutConfigRule => ({
  configRuleName: sourceIdentifier.toLowerCase().replaceAll('_', '-'),
  source: { owner: 'AWS', sourceIdentifier },
  ...more,
})

export const brakes = (more: Partial<PutConfigRule> = {}): PutConfigRule => managed('BRAKES_IN_ORDER', more)

export const verdicts = (out: ConfigOutput): readonly string[] =>
  out.compliance.map((change) => `${change.resourceId} ${change.from ?? '-'} > ${change.to}`)
