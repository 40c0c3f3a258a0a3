import type { EventEntry, Handover } from '../../shared/aws/event.ts'
import type { FunctionLogLine, InvocationCompletion, InvocationRequest } from '../../shared/aws/invocation.ts'
import type { RemediationOutcome } from '../../shared/aws/item.ts'
import type { Datapoint } from '../../shared/aws/metric.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { PutEvaluations } from '../services/config/evaluations.ts'
import type { HallAct } from './director.ts'

/** What enters the next tick: nothing flows upstream within one. */
export interface Carried {
  readonly commands: readonly WorldCommand[]
  /** For the bus: the logbook's events, Lambda's records for a bus. */
  readonly entries: readonly EventEntry[]
  readonly handovers: readonly Handover[]
  /** What the command centre and the units count of themselves. */
  readonly datapoints: readonly Datapoint[]
  readonly acts: readonly HallAct[]
  /** Units that are another unit's destination. */
  readonly requests: readonly InvocationRequest[]
  /** Of units that could not even begin. */
  readonly completions: readonly InvocationCompletion[]
  /** What the garage reports to Config. */
  readonly outcomes: readonly RemediationOutcome[]
  readonly logs: readonly FunctionLogLine[]
  /** Verdicts that units have put. */
  readonly evaluations: readonly PutEvaluations[]
}

export const NOTHING_CARRIED: Carried = {
  commands: [],
  entries: [],
  handovers: [],
  datapoints: [],
  acts: [],
  requests: [],
  completions: [],
  outcomes: [],
  logs: [],
  evaluations: [],
}

/** What the stations of one tick leave for the next. */
interface Stations {
  readonly bridge: Pick<Carried, 'datapoints'>
  readonly lambda: Pick<Carried, 'datapoints' | 'handovers' | 'requests' | 'logs'> & {
    readonly events: Carried['entries']
  }
  readonly trail: { readonly events: Carried['entries'] }
  readonly done: Pick<Carried, 'commands'>
  readonly garage: Pick<Carried, 'commands' | 'outcomes'>
  readonly units: Pick<Carried, 'commands' | 'completions' | 'evaluations'>
  readonly acts: Carried['acts']
}

export const carry = ({ bridge, lambda, trail, done, garage, units, acts }: Stations): Carried => ({
  commands: [...done.commands, ...garage.commands, ...units.commands],
  entries: [...trail.events, ...lambda.events],
  handovers: lambda.handovers,
  datapoints: [...bridge.datapoints, ...lambda.datapoints],
  acts,
  requests: lambda.requests,
  completions: units.completions,
  outcomes: garage.outcomes,
  logs: lambda.logs,
  evaluations: units.evaluations,
})
