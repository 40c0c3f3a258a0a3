import type { DigestDraft, LogFileDraft } from '../../shared/aws/log-file.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { invariant } from '../../shared/assert.ts'
import type { Scenario } from '../../shared/content/scenario.ts'
import { openIds } from '../../shared/ids.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type { Fact } from '../../shared/model/fact.ts'
import { fromIso } from '../../shared/time.ts'
import type { ServiceMs } from '../../shared/units.ts'
import type { BridgeState } from '../services/bridge/state.ts'
import type { ConfigState } from '../services/config/state.ts'
import type { LambdaState } from '../services/lambda/state.ts'
import type { TrailState } from '../services/trail/state.ts'
import type { WatchState } from '../services/watch/state.ts'
import { openWorld } from '../sim/world.ts'
import type { World } from '../sim/state.ts'
import { openBoards, type Boards } from './boards.ts'
import { NOTHING_CARRIED, type Carried } from './carry.ts'
import type { CityClock } from './clock.ts'
import type { CodeRun } from './code-runs.ts'
import { NOTHING_COUNTED, type Counts } from './counts.ts'
import { openDirector, type DirectorState } from './director.ts'
import type { Dials } from './dials.ts'
import { openGarage, type GarageState } from './garage.ts'
import { openJobs, type JobState } from './jobs.ts'
import { openLedger, type Ledger, type Letter } from './ledger.ts'
import { openAlarms, openCommandCentre, openInspector, openLogbook, openUnits } from './open-services.ts'
import type { StudyState } from './study.ts'

/**
 * The whole game at one instant. A value, but for the street and the ledger, which are large and advanced in place: a
 * city that has been ticked is spent, and the one that `tick` returned goes on.
 */
export interface City {
  readonly scenario: Scenario
  readonly map: CityMap
  readonly seed: number
  readonly clock: CityClock
  readonly tick: number
  readonly world: World
  readonly watch: WatchState
  readonly config: ConfigState
  readonly bridge: BridgeState
  readonly lambda: LambdaState
  readonly trail: TrailState
  readonly jobs: JobState
  readonly garage: GarageState
  readonly director: DirectorState
  readonly study: StudyState
  readonly dials: Dials
  readonly ledger: Ledger
  readonly boards: Boards
  readonly carried: Carried
  readonly counts: Counts
  /** What the last tick brought. */
  readonly facts: readonly Fact[]
  readonly letters: readonly Letter[]
  /** Players' code that whoever hosts the city has to run. */
  readonly runs: readonly CodeRun[]
  /** What the logbook's trails sent to their buckets. */
  readonly delivered: { readonly files: readonly LogFileDraft[]; readonly digests: readonly DigestDraft[] }
}

export interface CitySettings {
  readonly map: CityMap
  readonly scenario: Scenario
  readonly seed: number
  /** Traffic, in place of the scenario's. */
  readonly bots?: number
}

/** Room for seats and agents beside the traffic. */
const SPARE_VEHICLES = 120
const MOST_BOTS = 400

/** @throws when the scenario breaks a limit of a service: content is checked before it is served */
export function openCity({ map, scenario, seed, bots = scenario.street.bots }: CitySettings): City {
  const startsAt = fromIso(scenario.clock.startsAt)
  invariant(startsAt !== null, `${scenario.id}: clock.startsAt is no time`)
  const { services } = scenario
  const ctx: StepContext = { now: startsAt, ids: openIds(0), seed }
  return {
    scenario,
    map,
    seed,
    clock: { scale: scenario.clock.scale, startsAt },
    tick: 0,
    world: openStreet({ map, scenario, seed, bots }, startsAt),
    watch: openAlarms(services, ctx),
    config: openInspector(services, ctx),
    bridge: openCommandCentre(services, ctx),
    lambda: openUnits(services, ctx),
    trail: openLogbook(services, [...new Set(map.districts.map(({ region }) => region))], ctx),
    jobs: openJobs(),
    garage: openGarage(startsAt),
    director: openDirector(),
    study: {},
    dials: {},
    ledger: openLedger(),
    boards: openBoards(),
    carried: NOTHING_CARRIED,
    counts: NOTHING_COUNTED,
    facts: [],
    letters: [],
    runs: [],
    delivered: { files: [], digests: [] },
  }
}

function openStreet({ map, scenario, seed, bots }: Required<CitySettings>, startsAt: ServiceMs): World {
  const { patrols, inspectors, responseCars, drones, towTrucks } = scenario.street
  return openWorld(map, {
    seed,
    capacity: Math.max(bots, MOST_BOTS) + SPARE_VEHICLES,
    bots,
    agents: { patrols, inspectors, responseCars, drones, towTrucks },
    weather: 'clear',
    startHour: (startsAt / 3_600_000) % 24,
    clockScale: scenario.clock.scale,
    startRoads: scenario.street.startRoads,
  })
}
