import type { Step } from './things.ts'

/** How much each service has done since the city was opened. */
export interface Counts {
  readonly facts: number
  readonly datapoints: number
  readonly alarmChanges: number
  readonly alarmActions: number
  readonly items: number
  readonly complianceChanges: number
  readonly remediations: number
  readonly busEvents: number
  readonly matches: number
  readonly invocations: number
  /** Events whose way through Lambda is over, well or not. */
  readonly ends: number
  readonly deadLetters: number
  readonly messages: number
  readonly inbox: number
  readonly records: number
}

export const NOTHING_COUNTED: Counts = {
  facts: 0,
  datapoints: 0,
  alarmChanges: 0,
  alarmActions: 0,
  items: 0,
  complianceChanges: 0,
  remediations: 0,
  busEvents: 0,
  matches: 0,
  invocations: 0,
  ends: 0,
  deadLetters: 0,
  messages: 0,
  inbox: 0,
  records: 0,
}

export const countStep = (step: Step): Counts => ({
  facts: step.facts.length,
  datapoints: step.measured.length,
  alarmChanges: step.watch.changes.length,
  alarmActions: step.watch.actions.length,
  items: step.config.items.length,
  complianceChanges: step.config.compliance.length,
  remediations: step.config.remediations.length,
  busEvents: step.bridge.events.length,
  matches: step.bridge.matches.length,
  invocations: step.lambda.starts.length,
  ends: step.lambda.ends.length,
  deadLetters: step.bridge.deadLetters.length + step.lambda.deadLetters.length,
  messages: step.lambda.messages.length,
  inbox: step.letters.length,
  records: step.trail.records.length,
})

export function addCounts(totals: Counts, more: Counts): Counts {
  const sums: Record<keyof Counts, number> = { ...totals }
  for (const name of Object.keys(totals) as (keyof Counts)[]) sums[name] += more[name]
  return sums
}
