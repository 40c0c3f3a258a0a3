import type { InvocationCompletion } from '../../shared/aws/invocation.ts'
import type { ApiCall } from '../../shared/aws/record.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import type { UnitDefinition } from '../../shared/content/scenario-services.ts'
import type { PutEvaluations } from '../services/config/evaluations.ts'
import type { LambdaOutput } from '../services/lambda/state.ts'
import { grantCalls, type Town } from './city-calls.ts'
import { beginJobs, dropJobs, type JobState } from './jobs.ts'
import type { Letter } from './ledger.ts'

/** What the units did after Lambda's step. Completions and commands enter the next tick. */
export interface UnitOutput {
  readonly state: JobState
  readonly completions: readonly InvocationCompletion[]
  readonly calls: readonly ApiCall[]
  readonly letters: readonly Letter[]
  readonly commands: readonly WorldCommand[]
  readonly evaluations: readonly PutEvaluations[]
}

/** Forgets what Lambda has ended, carries out what players' code asked for, and sends out whoever is called. */
export function stepUnits(
  jobs: JobState,
  { attempts, starts }: Pick<LambdaOutput, 'attempts' | 'starts'>,
  units: readonly UnitDefinition[],
  town: Town,
): UnitOutput {
  const granted = grantCalls(dropJobs(jobs, attempts), attempts, town)
  const begun = beginJobs(granted.state, starts, units)
  return { ...granted, ...begun, commands: [...granted.commands, ...begun.commands] }
}
