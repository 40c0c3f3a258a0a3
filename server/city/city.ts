import { functionArn, ruleArn, toArn } from '../../shared/aws/account.ts'
import type { EventEntry, Handover } from '../../shared/aws/event.ts'
import type { Datapoint } from '../../shared/aws/metric.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { invariant } from '../../shared/assert.ts'
import type { Scenario } from '../../shared/content/scenario.ts'
import { openIds } from '../../shared/ids.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { Fact } from '../../shared/model/fact.ts'
import { fromIso } from '../../shared/time.ts'
import type { ServiceMs } from '../../shared/units.ts'
import { openBridge } from '../services/bridge/bridge.ts'
import type { BridgeState } from '../services/bridge/state.ts'
import { openConfig } from '../services/config/config.ts'
import type { ConfigState } from '../services/config/state.ts'
import { putFunctionConcurrency } from '../services/lambda/concurrency.ts'
import { createFunction } from '../services/lambda/control.ts'
import { openLambda } from '../services/lambda/lambda.ts'
import { addPermission } from '../services/lambda/permission.ts'
import type { LambdaState } from '../services/lambda/state.ts'
import { openTrail } from '../services/trail/trail.ts'
import type { TrailState } from '../services/trail/state.ts'
import { openWatch } from '../services/watch/watch.ts'
import type { WatchState } from '../services/watch/state.ts'
import { openWorld } from '../sim/world.ts'
import type { World } from '../sim/state.ts'
import { openBoards, type Boards } from './boards.ts'
import type { CityClock } from './clock.ts'
import { NOTHING_COUNTED, type Counts } from './counts.ts'
import { openDirector, type DirectorState, type HallAct } from './director.ts'
import { placeConfigRule } from './hall.ts'
import { openJobs, type JobState } from './jobs.ts'
import { openLedger, type Ledger, type Letter } from './ledger.ts'

/** What enters the next tick: nothing flows upstream within one. */
interface Carried {
  readonly commands: readonly WorldCommand[]
  readonly entries: readonly EventEntry[]
  readonly handovers: readonly Handover[]
  readonly datapoints: readonly Datapoint[]
  readonly acts: readonly HallAct[]
}

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
  readonly director: DirectorState
  readonly ledger: Ledger
  readonly boards: Boards
  readonly carried: Carried
  readonly counts: Counts
  /** What the last tick brought. */
  readonly facts: readonly Fact[]
  readonly letters: readonly Letter[]
}

export interface CitySettings {
  readonly map: CityMap
  readonly scenario: Scenario
  readonly seed: number
  /** Traffic, in place of the scenario's. */
  readonly bots?: number
}

/** How long a room's metrics are kept, in ms: a lesson lasts hours, not months. Alarms keep what they read either way. */
const RETENTION = { subMinute: 900_000, minute: 3_600_000, fiveMinutes: 10_800_000, hour: 21_600_000 }
/** Records of each district's event history that a room keeps. */
const HISTORY_CAP = 2000

/** Room for seats and agents beside the traffic. */
const SPARE_VEHICLES = 120
const MOST_BOTS = 400

const NOTHING_CARRIED: Carried = { commands: [], entries: [], handovers: [], datapoints: [], acts: [] }
/** @throws when the scenario breaks a limit of a service: content is checked before it is served */
export function openCity({ map, scenario, seed, bots = scenario.street.bots }: CitySettings): City {
  const startsAt = fromIso(scenario.clock.startsAt)
  invariant(startsAt !== null, `${scenario.id}: clock.startsAt is no time`)
  const ctx: StepContext = { now: startsAt, ids: openIds(0), seed }
  return {
    scenario,
    map,
    seed,
    clock: { scale: scenario.clock.scale, startsAt },
    tick: 0,
    world: openStreet({ map, scenario, seed, bots }, startsAt),
    watch: openWatch({ now: startsAt, retention: RETENTION }),
    config: scenario.services.configRules.reduce((state, rule) => placeConfigRule(state, rule, ctx), openConfig()),
    bridge: openBridge({ rules: scenario.services.rules.map(toRule) }, startsAt),
    lambda: openUnits(scenario, ctx),
    trail: openTrail({
      now: startsAt,
      regions: [...new Set(map.districts.map(({ region }) => region))],
      historyCap: HISTORY_CAP,
      trails: [toTrail(scenario)],
    }),
    jobs: openJobs(),
    director: openDirector(),
    ledger: openLedger(),
    boards: openBoards(),
    carried: NOTHING_CARRIED,
    counts: NOTHING_COUNTED,
    facts: [],
    letters: [],
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

const toRule = (rule: Scenario['services']['rules'][number]) => ({
  name: rule.name,
  eventPattern: JSON.stringify(rule.eventPattern),
  targets: rule.targets.map(({ id, functionName }) => ({ id, arn: functionArn(functionName) })),
})

/** Every unit may be called by the rules that name it, as AddPermission would say. */
function openUnits({ services }: Scenario, ctx: StepContext): LambdaState {
  let state = openLambda()
  const accept = (
    answer:
      | { readonly ok: true; readonly value: LambdaState }
      | { readonly ok: false; readonly error: { readonly message: string } },
  ) => {
    invariant(answer.ok, answer.ok ? '' : answer.error.message)
    state = answer.value
  }
  for (const { functionName, role, timeout, reservedConcurrency } of services.units) {
    accept(createFunction(state, { functionName, role: toArn('iam', `role/${role}`, ''), timeout }, ctx))
    if (reservedConcurrency !== undefined)
      accept(putFunctionConcurrency(state, { functionName, reservedConcurrentExecutions: reservedConcurrency }, ctx))
    for (const rule of services.rules.filter(({ targets }) =>
      targets.some((target) => target.functionName === functionName),
    ))
      accept(
        addPermission(
          state,
          {
            functionName,
            statementId: rule.name,
            action: 'lambda:InvokeFunction',
            principal: 'events.amazonaws.com',
            sourceArn: ruleArn(rule.name),
          },
          ctx,
        ),
      )
  }
  return state
}

const MANAGEMENT = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }
const VEHICLE_DATA = {
  FieldSelectors: [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: ['City::Fleet::Vehicle'] },
  ],
}

const toTrail = ({ services: { trail } }: Scenario) => ({
  Name: trail.name,
  S3BucketName: `${trail.name}-archive`,
  IsMultiRegionTrail: trail.isMultiRegion,
  EnableLogFileValidation: true,
  AdvancedEventSelectors: trail.dataEvents ? [MANAGEMENT, VEHICLE_DATA] : [MANAGEMENT],
})
