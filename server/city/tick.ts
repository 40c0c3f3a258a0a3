import type { StepContext } from '../../shared/aws/step.ts'
import { openIds } from '../../shared/ids.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import { stepBridge } from '../services/bridge/bridge.ts'
import { stepConfig } from '../services/config/config.ts'
import { stepLambda } from '../services/lambda/lambda.ts'
import { stepTrail } from '../services/trail/trail.ts'
import { stepWatch } from '../services/watch/watch.ts'
import { stepWorld } from '../sim/world.ts'
import { armCameras } from './arm-cameras.ts'
import { post } from './boards.ts'
import type { City } from './city.ts'
import { momentAt } from './clock.ts'
import { addCounts, countStep } from './counts.ts'
import { direct, toWorldCommands } from './director.ts'
import { putRules } from './hall.ts'
import { beginJobs, dropJobs, finishJobs } from './jobs.ts'
import { note } from './ledger.ts'
import { toThings } from './things.ts'
import { toDatapoints, toDriverCalls, toRequests, toResourceChanges } from './to-services.ts'

/** Runs the street once, from the drivers to the logbook. Within a tick nothing flows upstream. */
export function tick(city: City, asked: readonly WorldCommand[]): City {
  const { scenario, carried, map } = city
  const at = momentAt(city.clock, city.tick + 1)
  const ctx: StepContext = { now: at.serviceMs, ids: openIds(city.tick + 1), seed: city.seed }

  const facts = stepWorld(city.world, [...toWorldCommands(carried.acts), ...carried.commands, ...asked], ctx.ids)
  const done = finishJobs(city.jobs, facts, { ctx, at })

  const armed = armCameras(city.watch, facts, scenario, ctx)
  const measured = toDatapoints(facts, ctx.now)
  const watch = stepWatch(armed.watch, [...carried.datapoints, ...measured], ctx)

  const hall = putRules(city.config, carried.acts, ctx)
  const config = stepConfig(hall.config, { changes: toResourceChanges(facts, ctx.now), remediationOutcomes: [] }, ctx)

  const entries = [...carried.entries, ...armed.entries, ...watch.events, ...config.events]
  const bridge = stepBridge(city.bridge, { entries, handovers: carried.handovers }, ctx)

  const requests = [...toRequests(bridge.dispatches), ...config.invocations]
  const lambda = stepLambda(city.lambda, { requests, completions: done.completions }, ctx)
  const begun = beginJobs(dropJobs(done.state, lambda.attempts), lambda.starts, scenario.services.units)

  const calls = [...toDriverCalls(map, facts, ctx.now), ...armed.calls, ...hall.calls, ...done.calls]
  const trail = stepTrail(city.trail, calls, ctx)
  const director = direct(city.director, scenario, { letters: done.letters, playMs: at.playMs })

  const step = { facts, measured, watch, config, bridge, lambda, letters: done.letters, trail }
  const things = toThings(step)
  note(city.ledger, things, at)
  const datapoints = [...bridge.datapoints, ...lambda.datapoints]
  const commands = [...done.commands, ...begun.commands]
  return {
    ...city,
    tick: city.tick + 1,
    watch: watch.state,
    config: config.state,
    bridge: bridge.state,
    lambda: lambda.state,
    trail: trail.state,
    jobs: begun.state,
    director: director.state,
    boards: post(city.boards, things, at),
    carried: { commands, entries: trail.events, handovers: lambda.handovers, datapoints, acts: director.acts },
    counts: addCounts(city.counts, countStep(step)),
    facts,
    letters: done.letters,
  }
}
