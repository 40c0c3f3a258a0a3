import { parseArgs } from 'node:util'

import * as z from 'zod'

import { compileMap } from '../shared/content/map/compile.ts'
import { generateTown, startRoadsOf } from '../shared/content/map/town.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import { TICKS_PER_SECOND } from '../shared/units.ts'
import { openCity, type City } from './city/city.ts'
import { hashCity } from './city/hash.ts'
import { tick } from './city/tick.ts'
import { loadLibrary } from './library.ts'

/** Runs a city without network: `npm run city -- --scenario discovery --seed 7 --bots 20 --seconds 120 --json`. */
const options = z.object({
  scenario: z.string().default('discovery'),
  seed: z.coerce.number().int().min(0).max(0xffffffff).default(1),
  bots: z.coerce.number().int().min(0).max(5000).optional(),
  /** A generated town of so many junctions across and down, drawn from the seed, in place of the scenario's map. */
  size: z
    .string()
    .regex(/^\d{1,3}x\d{1,3}$/, 'must look like 20x20')
    .transform((text) => text.split('x').map(Number))
    .refine((sides) => sides.every((side) => side >= 2 && side <= 100), 'must lie between 2x2 and 100x100')
    .optional(),
  seconds: z.coerce.number().positive().max(86_400).default(60),
  json: z.boolean().default(false),
})
type Options = z.infer<typeof options>

const argument = { type: 'string' } as const

function readOptions(args: readonly string[]): Result<Options, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        scenario: argument,
        seed: argument,
        bots: argument,
        size: argument,
        seconds: argument,
        json: { type: 'boolean' },
      },
    })
    const read = options.safeParse(values)
    if (read.success) return ok(read.data)
    const issue = read.error.issues[0]
    return fail(`--${String(issue?.path[0])}: ${issue?.message ?? 'is wrong'}`)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

function open({ scenario: id, seed, bots, size }: Options): Result<City, string> {
  const library = loadLibrary()
  if (!library.ok) return library
  const scenario = library.value.scenarios.get(id)
  const map = scenario === undefined ? undefined : library.value.maps.get(scenario.map)
  if (scenario === undefined || map === undefined)
    return fail(`--scenario: there is no ${id}; there is ${[...library.value.scenarios.keys()].join(', ')}`)
  const traffic = bots === undefined ? {} : { bots }
  if (size === undefined) return ok(openCity({ map, scenario, seed, ...traffic }))
  const [columns = 2, rows = 2] = size
  const town = compileMap(generateTown({ columns, rows, seed }))
  if (!town.ok) return fail(`--size: ${town.error[0]?.path ?? ''}: ${town.error[0]?.reason ?? 'no town'}`)
  const there = { ...scenario, street: { ...scenario.street, startRoads: [...startRoadsOf({ columns, rows, seed })] } }
  return ok(openCity({ map: town.value, scenario: there, seed, ...traffic }))
}

function run(first: City, wanted: Options): Record<string, unknown> {
  const ticks = Math.round(wanted.seconds * TICKS_PER_SECOND)
  const begin = performance.now()
  let city = first
  for (let n = 0; n < ticks; n += 1) city = tick(city, [])
  // What only some scenarios have stands apart: where it is 0, nothing is missing.
  const { alarmActions, remediations, deadLetters, messages, ...counts } = city.counts
  return {
    scenario: wanted.scenario,
    seed: wanted.seed,
    ticks,
    hash: hashCity(city),
    ...counts,
    rarer: { alarmActions, remediations, deadLetters, messages },
    wallMs: Math.round(performance.now() - begin),
  }
}

const wanted = readOptions(process.argv.slice(2))
const city = wanted.ok ? open(wanted.value) : wanted
if (!wanted.ok || !city.ok) {
  process.stderr.write(`city: ${!wanted.ok ? wanted.error : city.ok ? '' : city.error}\n`)
  process.exitCode = 1
} else {
  const report = run(city.value, wanted.value)
  const lines = Object.entries(report).map(([name, value]) => `${name.padEnd(18)} ${JSON.stringify(value)}`)
  process.stdout.write(wanted.value.json ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`)
}
