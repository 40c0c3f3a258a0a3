import { readMap } from '../shared/content/map/read-map.ts'
import { decodeQuestions, findLessonFault } from '../shared/content/lessons.ts'
import { decodeScenario, type Scenario } from '../shared/content/scenario.ts'
import type { CityMap } from '../shared/model/city-map.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import { readAsset } from './store/content.ts'

/** Everything that can be played, read and checked once, before anybody is let in. */
export interface Library {
  readonly scenarios: ReadonlyMap<string, Scenario>
  readonly maps: ReadonlyMap<string, CityMap>
}

const SCENARIOS = ['discovery']

/** @returns the library, or one sentence with file, place and reason of the first fault */
export function loadLibrary(): Result<Library, string> {
  const scenarios = new Map<string, Scenario>()
  const maps = new Map<string, CityMap>()
  for (const id of SCENARIOS) {
    const scenario = loadScenario(id)
    if (!scenario.ok) return scenario
    scenarios.set(id, scenario.value)
    if (maps.has(scenario.value.map)) continue
    const map = loadMap(scenario.value.map)
    if (!map.ok) return map
    maps.set(map.value.id, map.value)
  }
  return ok({ scenarios, maps })
}

function loadScenario(id: string): Result<Scenario, string> {
  const path = `scenarios/${id}.json`
  const json = readAsset(path)
  if (!json.ok) return json
  const scenario = decodeScenario(json.value)
  if (!scenario.ok) return fail(`assets/${path}: ${scenario.error.path}: ${scenario.error.reason}`)
  return withBank(scenario.value)
}

/** In a room the questions come from a bank that is built into no page, so that no page can look up their keys. */
function withBank(scenario: Scenario): Result<Scenario, string> {
  const path = `questions/${scenario.id}.json`
  const json = readAsset(path)
  if (!json.ok) return json
  const bank = decodeQuestions(json.value)
  if (!bank.ok) return fail(`assets/${path}: ${bank.error}`)
  const asked = { ...scenario, questions: [...bank.value] }
  const fault = findLessonFault(asked)
  return fault === null ? ok(asked) : fail(`assets/${path}: ${fault.path}: ${fault.reason}`)
}

/** Reads and compiles a map of `assets/maps`. */
function loadMap(id: string): Result<CityMap, string> {
  const path = `maps/${id}.json`
  const json = readAsset(path)
  if (!json.ok) return json
  const map = readMap(json.value)
  if (map.ok) return map
  const [fault] = map.error
  return fail(`assets/${path}: ${fault?.path ?? ''}: ${fault?.reason ?? 'not a map'}`)
}
