import type { ApiCall } from '../../shared/aws/record.ts'
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
import type { City, Counts } from './city.ts'
import { momentAt } from './clock.ts'
import { direct, toWorldCommands } from './director.ts'
import { putRules } from './hall.ts'
import { beginJobs, dropJobs, finishJobs } from './jobs.ts'
import { note, type Thing } from './ledger.ts'
import { toDatapoints, toDriverCalls, toRequests, toResourceChanges } from './to-services.ts'

/** Runs the street once, from the drivers to the logbook. Within a tick nothing flows upstream. */
export function tick(city: City, asked: readonly WorldCommand[]): City {
  const { scenario, carried } = city
  const now = city.tick + 1
  const at = momentAt(city.clock, now)
  const ctx: StepContext = { now: at.serviceMs, ids: openIds(now), seed: city.seed }

  const facts = stepWorld(city.world, [...toWorldCommands(carried.acts), ...carried.commands, ...asked], ctx.ids)
  const done = finishJobs(city.jobs, facts, { ctx, at })

  const armed = armCameras(city.watch, facts, scenario, ctx)
  const datapoints = toDatapoints(facts, ctx.now)
  const watch = stepWatch(armed.watch, [...carried.datapoints, ...datapoints], ctx)

  const hall = putRules(city.config, carried.acts, ctx)
  const inspected = { changes: toResourceChanges(facts, ctx.now), remediationOutcomes: carried.remediations }
  const config = stepConfig(hall.config, inspected, ctx)

  const entries = [...carried.entries, ...armed.entries, ...watch.events, ...config.events]
  const bridge = stepBridge(city.bridge, { entries, handovers: carried.handovers }, ctx)

  const requests = [...toRequests(bridge.dispatches), ...config.invocations]
  const lambda = stepLambda(city.lambda, { requests, completions: done.completions }, ctx)
  const begun = beginJobs(dropJobs(done.state, lambda.attempts), lambda.starts, scenario.services.units)

  const calls: ApiCall[] = [...toDriverCalls(city.map, facts, ctx.now), ...armed.calls, ...hall.calls, ...done.calls]
  const trail = stepTrail(city.trail, calls, ctx)
  const director = direct(city.director, scenario, { letters: done.letters, playMs: at.playMs })

  const things: Thing[] = [
    ...facts.map((it) => ({ kind: 'fact', it }) as const),
    ...watch.changes.map((it) => ({ kind: 'alarm', it }) as const),
    ...config.items.map((it) => ({ kind: 'item', it }) as const),
    ...config.compliance.map((it) => ({ kind: 'compliance', it }) as const),
    ...bridge.events.map((it) => ({ kind: 'event', it }) as const),
    ...bridge.matches.map((it) => ({ kind: 'match', it }) as const),
    ...bridge.dispatches.map((it) => ({ kind: 'dispatch', it }) as const),
    ...lambda.starts.map((it) => ({ kind: 'start', it }) as const),
    ...done.letters.map((it) => ({ kind: 'letter', it }) as const),
    ...lambda.ends.map((it) => ({ kind: 'end', it }) as const),
    ...trail.records.map((it) => ({ kind: 'record', it }) as const),
  ]
  note(city.ledger, things, at)

  return {
    ...city,
    tick: now,
    watch: watch.state,
    config: config.state,
    bridge: bridge.state,
    lambda: lambda.state,
    trail: trail.state,
    jobs: begun.state,
    director: director.state,
    boards: post(city.boards, things, at),
    carried: {
      commands: [...done.commands, ...begun.commands],
      entries: trail.events,
      handovers: lambda.handovers,
      datapoints: [...bridge.datapoints, ...lambda.datapoints],
      acts: director.acts,
      remediations: [],
    },
    counts: add(city.counts, {
      facts: facts.length,
      datapoints: datapoints.length,
      alarmChanges: watch.changes.length,
      items: config.items.length,
      complianceChanges: config.compliance.length,
      busEvents: bridge.events.length,
      matches: bridge.matches.length,
      invocations: lambda.starts.length,
      inbox: done.letters.length,
      records: trail.records.length,
    }),
    facts,
    letters: done.letters,
  }
}

function add(totals: Counts, more: Counts): Counts {
  const names = Object.keys(totals) as (keyof Counts)[]
  return Object.fromEntries(names.map((name) => [name, totals[name] + more[name]])) as unknown as Counts
}
