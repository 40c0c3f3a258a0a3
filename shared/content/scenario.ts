import * as z from 'zod/mini'

import type { Result } from '../result.ts'
import { fail, ok } from '../result.ts'
import { findLessonFault, goals, questions } from './lessons.ts'
import { addressesIn, configRule, name, services } from './scenario-services.ts'

const textKey = z.string().check(z.regex(/^[a-z][A-Za-z0-9.-]*$/))
const seconds = z.number().check(z.nonnegative())

/** What city hall does by itself: at a moment of play, or as the answer to something that happened. */
const inject = z.object({
  id: name,
  at: z.union([
    z.object({ playSeconds: seconds }),
    z.object({
      after: z.enum(['fine', 'join']),
      every: z.boolean(),
      /** Seconds of play from one time to the next, at least. */
      gapSeconds: z.exactOptional(seconds),
    }),
  ]),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('put-config-rule'), rule: configRule }),
    z.object({ kind: z.literal('set-weather'), weather: z.enum(['clear', 'rain', 'fog']) }),
    /** Roadworks or a parade of the map begin, or are over. */
    z.object({ kind: z.literal('set-zone'), zoneId: name, active: z.boolean() }),
    z.object({ kind: z.literal('inspect-offender') }),
    /** A bot comes past whoever has just come, too fast. */
    z.object({ kind: z.literal('overtake-driver') }),
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
  services,
  injects: z.array(inject),
  goals: z.exactOptional(goals),
  /** For who plays alone; a room asks others of its server's, which no page is built with. */
  questions: z.exactOptional(questions),
})

export type Scenario = z.infer<typeof scenario>
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

/** Units that one part of a scenario names and another must define. */
function findDangling({ services: given }: Scenario): ContentFault | null {
  const units = new Set(given.units.map(({ functionName }) => functionName))
  const named = [
    ...given.rules.flatMap(({ targets }, r) =>
      targets.map(({ functionName }, t) => ({
        path: `services.rules[${r}].targets[${t}].functionName`,
        unit: functionName,
      })),
    ),
    ...given.configRules.flatMap((rule, r) =>
      'functionName' in rule ? [{ path: `services.configRules[${r}].functionName`, unit: rule.functionName }] : [],
    ),
    ...addressesIn(given).flatMap(({ path, address }) =>
      address?.startsWith('function:') ? [{ path, unit: address.slice('function:'.length) }] : [],
    ),
  ]
  const lost = named.find(({ unit }) => !units.has(unit))
  return lost === undefined ? null : { path: lost.path, reason: `no unit is called ${lost.unit}` }
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** Of a union: what each of its forms found wrong. */
  readonly errors?: readonly (readonly Issue[])[]
}

/** The deepest fault of the form that fits best, where something may have more than one form. */
function toFault(issue: Issue | undefined, above: readonly PropertyKey[] = []): ContentFault {
  const path = [...above, ...(issue?.path ?? [])]
  const [closest] = (issue?.errors ?? []).toSorted((a, b) => a.length - b.length)
  if (closest?.[0] !== undefined) return toFault(closest[0], path)
  return { path: toPath(path), reason: issue?.message ?? 'not a scenario' }
}

/** Reads a scenario file. @returns the scenario, or the path and reason of its first fault */
export function decodeScenario(json: unknown): Result<Scenario, ContentFault> {
  const read = scenario.safeParse(json)
  if (!read.success) return fail(toFault(read.error.issues[0] as Issue | undefined))
  const dangling = findDangling(read.data) ?? findLessonFault(read.data)
  return dangling === null ? ok(read.data) : fail(dangling)
}
