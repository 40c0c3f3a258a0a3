import type { RemediationOutcome, ResourceChange } from '../../../shared/aws/item.ts'
import type { StepContext } from '../../../shared/aws/step.ts'
import { serviceMs } from '../../../shared/units.ts'
import { takeEvaluations, type PutEvaluations } from './evaluations.ts'
import { judgeChange, nextRuleAt, runDueRules } from './judge.ts'
import type { Recorded } from './record.ts'
import { frequencyOf, isTypeRecorded, noteUnrecorded, recordSeen, seeChange } from './record.ts'
import { nextRepairAt, runRepairs, takeOutcome } from './repair.ts'
import type { ConfigOutput, ConfigState, Draft, Recorder, Timeline } from './state.ts'
import { closeDraft, openDraft, openOutput } from './state.ts'

const DAY_MS = 86_400_000

/** The recorder of a city that has always been inspected: everything, at every change. */
const DEFAULT_RECORDER: Recorder = {
  name: 'default',
  roleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
  strategy: 'ALL_SUPPORTED_RESOURCE_TYPES',
  resourceTypes: [],
  frequency: 'CONTINUOUS',
  overrides: [],
  recording: true,
  lastStartTime: null,
  lastStopTime: null,
  nextDailyAt: null,
  inventoryDue: false,
}

export interface ConfigSettings {
  /** `running`: a recorder and a delivery channel are there and at work. `none`: the inspector has to be hired first. */
  readonly recorder: 'running' | 'none'
}

/** Config that knows no resource and no rule. */
export function openConfig(settings: ConfigSettings = { recorder: 'running' }): ConfigState {
  const isRunning = settings.recorder === 'running'
  return {
    recorder: isRunning ? DEFAULT_RECORDER : null,
    deliveryChannel: isRunning ? { name: 'default', s3BucketName: 'city-inspections' } : null,
    resources: {},
    rules: [],
    tokens: [],
    remediations: [],
    executions: [],
    exceptions: [],
    packs: [],
    count: 0,
  }
}

export interface ConfigInput {
  /** What the inspector saw, in the order in which it happened. */
  readonly changes: readonly ResourceChange[]
  readonly remediationOutcomes: readonly RemediationOutcome[]
  /** What custom rules' functions have answered since; left out: nothing. */
  readonly evaluations?: readonly PutEvaluations[]
}

/**
 * Writes down what changed, judges it, and runs what is due. Config only observes: it neither blocks a change nor
 * undoes it; the repairs it asks for are somebody else's work.
 *
 * @returns the next state (the same one when nothing happened), and what happened in the order in which it did
 */
export function stepConfig(
  state: ConfigState,
  input: ConfigInput,
  ctx: StepContext,
): { state: ConfigState } & ConfigOutput {
  if (isQuiet(state, input, ctx)) return { state, ...openOutput() }
  const draft = openDraft(state, ctx)
  draft.rules = draft.rules.filter((rule) => rule.state !== 'DELETING')
  for (const outcome of input.remediationOutcomes) takeOutcome(draft, outcome)
  for (const evaluation of input.evaluations ?? []) takeEvaluations(draft, evaluation)
  for (const change of input.changes) judgeIfRecorded(draft, seeChange(draft, change))
  takeInventory(draft)
  runDueRules(draft)
  runRepairs(draft)
  return { state: closeDraft(draft), ...draft.out }
}

function isQuiet(state: ConfigState, input: ConfigInput, { now }: StepContext): boolean {
  const { changes, remediationOutcomes, evaluations = [] } = input
  if (changes.length > 0 || remediationOutcomes.length > 0 || evaluations.length > 0) return false
  if (state.recorder?.inventoryDue || (state.recorder?.nextDailyAt ?? Infinity) <= now) return false
  return nextRuleAt(state.rules) > now && nextRepairAt(state) > now
}

function judgeIfRecorded(draft: Draft, recorded: Recorded | null): void {
  if (recorded) judgeChange(draft, recorded)
}

/** Looks at everything anew when the recorder has just been started or changed, and once a day at what is daily. */
function takeInventory(draft: Draft): void {
  const { recorder } = draft
  const { now } = draft.ctx
  if (!recorder?.recording) return
  const isDaily = recorder.nextDailyAt !== null && recorder.nextDailyAt <= now
  if (!recorder.inventoryDue && !isDaily) return
  const nextDailyAt = isDaily ? nextDay(recorder, now) : recorder.nextDailyAt
  draft.recorder = { ...recorder, inventoryDue: false, nextDailyAt }
  for (const timeline of Object.values(draft.resources)) {
    judgeIfRecorded(draft, recordInInventory(draft, recorder, timeline))
  }
}

function nextDay(recorder: Recorder, now: number) {
  const due = recorder.nextDailyAt ?? now
  return serviceMs(due + (Math.floor((now - due) / DAY_MS) + 1) * DAY_MS)
}

function recordInInventory(draft: Draft, recorder: Recorder, timeline: Timeline): Recorded | null {
  if (!isTypeRecorded(recorder, timeline.resourceType)) return noteUnrecorded(draft, timeline)
  const isDaily = frequencyOf(recorder, timeline.resourceType) === 'DAILY'
  return isDaily || recorder.inventoryDue ? recordSeen(draft, timeline, 0) : null
}
