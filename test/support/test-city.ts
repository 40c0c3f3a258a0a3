import { readFileSync } from 'node:fs'

import { readMap } from '../../shared/content/map/read-map.ts'
import { decodeScenario, type Scenario } from '../../shared/content/scenario.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import { openCity, type City } from '../../server/city/city.ts'

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../assets/${path}`, import.meta.url), 'utf8'))

function mustMap(id: string): CityMap {
  const map = readMap(read(`maps/${id}.json`))
  if (!map.ok) throw new Error(JSON.stringify(map.error[0]))
  return map.value
}

function mustScenario(id: string): Scenario {
  const scenario = decodeScenario(read(`scenarios/${id}.json`))
  if (!scenario.ok) throw new Error(`${scenario.error.path}: ${scenario.error.reason}`)
  return scenario.value
}

export const nuageville = mustMap('nuageville')
export const discovery = mustScenario('discovery')

/** The discovery scenario, as its file has it but for what a test changes. */
export const openDiscovery = ({ seed = 7, bots = 20, scenario = discovery } = {}): City =>
  openCity({ map: nuageville, scenario, seed, bots })
