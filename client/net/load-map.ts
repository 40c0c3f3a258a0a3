import type { MapFault } from '../../shared/content/map-source.ts'
import { decodeScenario, type Scenario } from '../../shared/content/scenario.ts'
import type { Obstacles } from '../../shared/driving/collide.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type { Result } from '../../shared/result.ts'
import { fromIso } from '../../shared/time.ts'

/** Maps and scenarios are built into the page, each a file of its own that is fetched when it is played. */
const MAPS = import.meta.glob<unknown>('../../assets/maps/*.json', { import: 'default' })
const SCENARIOS = import.meta.glob<unknown>('../../assets/scenarios/*.json', { import: 'default' })

async function fetchContent(files: Record<string, () => Promise<unknown>>, path: string): Promise<unknown> {
  const load = files[`../../assets/${path}.json`]
  if (load === undefined) throw new Error(`no such content: ${path}`)
  return load()
}

/** A compiled map, and what a car can run into there. */
interface LoadedMap {
  readonly map: CityMap
  readonly obstacles: Obstacles
}

type Read = Result<LoadedMap, MapFault[]>

/** Maps that were asked for: one is compiled once, however often it is played. */
const maps = new Map<string, Promise<LoadedMap>>()

/** @throws when the built-in map is faulty: the build is broken, and the server would not have started */
export function loadMap(id: string): Promise<LoadedMap> {
  const known = maps.get(id) ?? compileAside(id)
  maps.set(id, known)
  // A file that did not arrive may do so the next time.
  known.catch(() => maps.delete(id))
  return known
}

async function compileAside(id: string): Promise<LoadedMap> {
  const worker = new Worker(new URL('./map-worker.ts', import.meta.url), { type: 'module' })
  try {
    const source = await fetchContent(MAPS, `maps/${id}`)
    const read = await new Promise<Read>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Read>) => resolve(data))
      worker.addEventListener('error', ({ message }) => reject(new Error(message)))
      worker.postMessage(source)
    })
    if (!read.ok) throw new Error(`map ${id}: ${JSON.stringify(read.error[0])}`)
    return read.value
  } finally {
    worker.terminate()
  }
}

/** @throws when the built-in scenario is faulty */
export async function loadScenario(id: string): Promise<Scenario> {
  const scenario = decodeScenario(await fetchContent(SCENARIOS, `scenarios/${id}`))
  if (!scenario.ok) throw new Error(`scenario ${id}: ${scenario.error.path}: ${scenario.error.reason}`)
  return scenario.value
}

export const startOf = (scenario: Scenario): number => fromIso(scenario.clock.startsAt) ?? 0
