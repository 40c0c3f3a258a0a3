import { readMap } from '../../shared/content/map/read-map.ts'
import { decodeScenario, type Scenario } from '../../shared/content/scenario.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import { fromIso } from '../../shared/time.ts'

/** Maps and scenarios are built into the page, each a file of its own that is fetched when it is played. */
const MAPS = import.meta.glob<unknown>('../../assets/maps/*.json', { import: 'default' })
const SCENARIOS = import.meta.glob<unknown>('../../assets/scenarios/*.json', { import: 'default' })

async function fetchContent(files: Record<string, () => Promise<unknown>>, path: string): Promise<unknown> {
  const load = files[`../../assets/${path}.json`]
  if (load === undefined) throw new Error(`no such content: ${path}`)
  return load()
}

export const fetchMapSource = (id: string) => fetchContent(MAPS, `maps/${id}`)
export const fetchScenario = (id: string) => fetchContent(SCENARIOS, `scenarios/${id}`)

/** @throws when the built-in map is faulty: the build is broken, and the server would not have started */
export async function loadMap(id: string): Promise<CityMap> {
  const map = readMap(await fetchMapSource(id))
  if (!map.ok) throw new Error(`map ${id}: ${JSON.stringify(map.error[0])}`)
  return map.value
}

/** @throws when the built-in scenario is faulty */
export async function loadScenario(id: string): Promise<Scenario> {
  const scenario = decodeScenario(await fetchScenario(id))
  if (!scenario.ok) throw new Error(`scenario ${id}: ${scenario.error.path}: ${scenario.error.reason}`)
  return scenario.value
}

export const startOf = (scenario: Scenario): number => fromIso(scenario.clock.startsAt) ?? 0
