import { compileMap } from '../../shared/content/map/compile.ts'
import { readMap } from '../../shared/content/map/read-map.ts'
import { generateTown, startRoadsOf, type TownSize } from '../../shared/content/map/town.ts'
import { decodeScenario, type Scenario } from '../../shared/content/scenario.ts'
import type { FromSolo, ToSolo } from '../../shared/protocol/solo.ts'
import { TICK_MS } from '../../shared/units.ts'
import { openCity } from '../../server/city/city.ts'
import { SoloRoom } from './solo-room.ts'

/** The engine in a worker of the page: a room with one seat, and nobody's network. */
const scope = self as unknown as {
  postMessage(message: FromSolo): void
  addEventListener(kind: 'message', listener: (event: { readonly data: ToSolo }) => void): void
}

/** Small, and needed at once: they come with the worker. */
const MAPS = import.meta.glob<unknown>('../../assets/maps/*.json', { eager: true, import: 'default' })
const SCENARIOS = import.meta.glob<unknown>('../../assets/scenarios/*.json', { eager: true, import: 'default' })

/** A worker that was held up makes up this many ticks, and gives up the rest. */
const CATCH_UP = 5

let room: SoloRoom | null = null

scope.addEventListener('message', ({ data }) => {
  if (data.kind === 'open') room = open(data)
  else if (data.kind === 'begin') beat(room)
  else if (data.kind === 'steer') room?.steer(data.inputs)
  else room?.ask(data)
})

/** @throws when the scenario is unknown or the built-in content faulty; the page hears of it as the worker's error */
function open({ scenarioId, town, seed }: Extract<ToSolo, { kind: 'open' }>): SoloRoom {
  const scenario = decodeScenario(SCENARIOS[`../../assets/scenarios/${scenarioId}.json`])
  if (!scenario.ok) throw new Error(`scenario ${scenarioId}: ${scenario.error.path}: ${scenario.error.reason}`)
  const source = MAPS[`../../assets/maps/${scenario.value.map}.json`]
  const map = town === null ? readMap(source) : compileMap(generateTown(town))
  if (!map.ok) throw new Error(`map ${scenario.value.map}: ${JSON.stringify(map.error[0])}`)
  const played = town === null ? scenario.value : movedTo(scenario.value, town)
  return new SoloRoom(openCity({ map: map.value, scenario: played, seed }), (news) => scope.postMessage(news))
}

/** A lesson in a town that was not made for it begins where one can speed, and leaves out what is about its own map. */
const movedTo = (scenario: Scenario, town: TownSize): Scenario => ({
  ...scenario,
  street: { ...scenario.street, startRoads: [...startRoadsOf(town)] },
  injects: scenario.injects.filter(({ change }) => change.kind !== 'set-zone'),
})

function beat(opened: SoloRoom | null): void {
  let due = performance.now()
  setInterval(() => {
    const now = performance.now()
    due = Math.max(due, now - CATCH_UP * TICK_MS)
    for (; due <= now; due += TICK_MS) opened?.tick()
  }, TICK_MS / 2)
}
