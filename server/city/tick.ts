import type { StepContext } from '../../shared/aws/step.ts'
import { openIds } from '../../shared/ids.ts'
import type { Moment } from '../../shared/protocol/view.ts'
import { stepBridge } from '../services/bridge/bridge.ts'
import { stepConfig } from '../services/config/config.ts'
import { stepLambda } from '../services/lambda/lambda.ts'
import { stepTrail } from '../services/trail/trail.ts'
import { stepWatch } from '../services/watch/watch.ts'
import { stepWorld } from '../sim/world.ts'
import { armCameras } from './arm-cameras.ts'
import { post } from './boards.ts'
import type { City } from './city.ts'
import { toTown } from './city-calls.ts'
import { momentAt } from './clock.ts'
import { toCodeRuns } from './code-runs.ts'
import { toCompletions, toDuties, toStreet, toStudies, type CityCommand } from './command.ts'
import { carry } from './carry.ts'
import { addCounts, countStep } from './counts.ts'
import { direct, toWorldCommands } from './director.ts'
import { carryOutDuties, toDutyOrders, type DutyOrder } from './duty.ts'
import { writeFunctionLogs } from './function-logs.ts'
import { stepGarage } from './garage.ts'
import { putRules, toHallCalls } from './hall.ts'
import { finishJobs } from './jobs.ts'
import { forget, note } from './ledger.ts'
import { driversOf, neededOf } from './needed.ts'
import { stepStudy } from './study.ts'
import { toThings, type Step } from './things.ts'
import { kindOnFile, toDatapoints, toDriverCalls, toResourceChanges } from './to-services.ts'
import { toInvokeCalls, toRequests } from './to-lambda.ts'
import { stepUnits } from './units.ts'

/** Runs the city once. What was asked at a desk takes effect when the logbook has it. */
export function tick(city: City, asked: readonly CityCommand[]): City {
  const at = momentAt(city.clock, city.tick + 1)
  const ctx: StepContext = { now: at.serviceMs, ids: openIds(city.tick + 1), seed: city.seed }
  const duties = toDutyOrders(city, toDuties(asked), ctx)
  const { next, records } = runOnce(city, asked, { at, ctx, duties })
  return carryOutDuties(next, duties, { records, ctx })
}

interface Turn {
  readonly at: Moment
  readonly ctx: StepContext
  readonly duties: readonly DutyOrder[]
}

/** From the drivers to the logbook. Within a tick nothing flows upstream. */
function runOnce(city: City, asked: readonly CityCommand[], { at, ctx, duties }: Turn) {
  const { scenario, carried, map, world } = city
  const facts = stepWorld(world, [...toWorldCommands(carried.acts), ...carried.commands, ...toStreet(asked)], ctx.ids)
  const done = finishJobs(city.jobs, facts, { ctx, at })

  const armed = armCameras(writeFunctionLogs(city.watch, carried.logs, ctx), facts, city, ctx)
  const measured = toDatapoints(facts, ctx.now)
  const watch = stepWatch(armed.watch, [...carried.datapoints, ...measured], ctx)

  const changes = toResourceChanges(facts, ctx.now, (plate) => kindOnFile(city.config, plate))
  const answers = { remediationOutcomes: carried.outcomes, evaluations: carried.evaluations }
  const config = stepConfig(city.config, { changes, ...answers }, ctx)
  const garage = stepGarage(city.garage, { facts, orders: config.remediations }, { ctx, at })

  const entries = [...carried.entries, ...armed.entries, ...watch.events, ...config.events]
  const bridge = stepBridge(city.bridge, { entries, handovers: carried.handovers }, ctx)

  const requests = [...toRequests(bridge, watch, config), ...carried.requests]
  const completions = [...carried.completions, ...done.completions, ...toCompletions(asked)]
  const lambda = stepLambda(city.lambda, { requests, completions }, ctx)
  const town = toTown({ ctx, at, map, world, config: config.state })
  const units = stepUnits(done.state, lambda, scenario.services.units, town)

  const hallCalls = toHallCalls(carried.acts, ctx)
  const byServices = [...armed.calls, ...[...hallCalls, ...duties].map(({ call }) => call), ...garage.calls]
  const byUnits = [...toInvokeCalls(requests, lambda.refused, ctx.now), ...done.calls, ...units.calls]
  const trail = stepTrail(city.trail, [...toDriverCalls(map, facts, ctx.now), ...byServices, ...byUnits], ctx)

  const letters = [...done.letters, ...garage.letters, ...units.letters]
  const director = direct(city.director, scenario, { letters, facts, playMs: at.playMs })
  const step = { facts, measured, watch, config, bridge, lambda, letters, trail }
  const next: City = {
    ...withNews(city, step, at),
    watch: watch.state,
    config: putRules(config.state, hallCalls, { records: trail.records, ctx }),
    bridge: bridge.state,
    lambda: lambda.state,
    trail: trail.state,
    jobs: units.state,
    garage: garage.state,
    director: director.state,
    study: stepStudy(city, { tick: city.tick + 1, asked: toStudies(asked), duties, facts, letters, world }),
    carried: carry({ ...step, done, garage, units, acts: director.acts }),
    runs: toCodeRuns(lambda.state, lambda.starts, ctx.now),
    delivered: { files: trail.files, digests: trail.digests },
  }
  return { next, records: trail.records }
}

/** One tick on, with what happened in it counted, remembered and shown. */
function withNews(city: City, step: Step, at: Moment): City {
  const things = toThings(step)
  note(city.ledger, things, at)
  const boards = post(city.boards, things, { at, ledger: city.ledger, drivers: driversOf(city.world) })
  forget(city.ledger, () => neededOf(city, boards))
  return {
    ...city,
    tick: city.tick + 1,
    facts: step.facts,
    letters: step.letters,
    boards,
    counts: addCounts(city.counts, countStep(step)),
  }
}
