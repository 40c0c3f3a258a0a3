import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { EvaluationConfig, Slot } from './slots.ts'
import { toJavaText, toReasonTime } from './java-text.ts'

/** What an evaluation found. */
interface Finding {
  readonly verdict: AlarmState | 'keep'
  /** The datapoints that were compared, and those among them that speak for the verdict; oldest first. */
  readonly compared: readonly Slot[]
  readonly speakers: readonly Slot[]
  readonly previousState: AlarmState
  readonly endsAt: ServiceMs | undefined
}

const RELATIONS = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
} as const

/** The text of `StateReason` for a metric alarm (CloudWatch User Guide, "Alarm events and EventBridge"). */
export function evaluationReason(config: EvaluationConfig, finding: Finding): string {
  const { verdict, compared } = finding
  const missing = config.EvaluationPeriods - compared.length
  if (verdict === 'INSUFFICIENT_DATA' || verdict === 'keep') return unknownReason(missing)
  const treatment = config.TreatMissingData
  if (missing > 0 && (treatment === 'breaching' || treatment === 'notBreaching')) {
    return filledReason(config, compared.length, treatment === 'breaching' ? 'Breaching' : 'NonBreaching')
  }
  return missing === 0 && isMofN(config) ? mOfNReason(config, finding) : plainReason(config, finding)
}

const isMofN = (config: EvaluationConfig): boolean =>
  config.DatapointsToAlarm !== undefined && config.DatapointsToAlarm < config.EvaluationPeriods

const count = (n: number, noun: string): string => `${n === 0 ? 'no' : n} ${noun}${n === 1 ? '' : 's'}`
const was = (n: number): string => (n === 1 ? 'was' : 'were')

const unknownReason = (n: number): string => `Insufficient Data: ${count(n, 'datapoint')} ${was(n)} unknown.`

function filledReason(config: EvaluationConfig, received: number, as: 'Breaching' | 'NonBreaching'): string {
  const periods = config.EvaluationPeriods
  const missing = periods - received
  return (
    `Threshold Crossed: ${count(received, 'datapoint')} ${was(received)} received for ${count(periods, 'period')} ` +
    `and ${count(missing, 'missing datapoint')} ${was(missing)} treated as [${as}].`
  )
}

function plainReason(config: EvaluationConfig, finding: Finding): string {
  const { speakers } = finding
  return `${opening(config)}: ${count(speakers.length, 'datapoint')} ${comparison(config, finding)}.`
}

function mOfNReason(config: EvaluationConfig, finding: Finding): string {
  const { verdict, speakers, previousState } = finding
  const wanted = config.DatapointsToAlarm ?? config.EvaluationPeriods
  const least = verdict === 'ALARM' ? wanted : config.EvaluationPeriods - wanted + 1
  const from = previousState === 'INSUFFICIENT_DATA' ? other(verdict) : previousState
  return (
    `${opening(config)}: ${speakers.length} out of the last ${count(config.EvaluationPeriods, 'datapoint')} ` +
    `${comparison(config, finding)} (minimum ${count(least, 'datapoint')} for ${from} -> ${verdict} transition).`
  )
}

const other = (verdict: AlarmState | 'keep'): AlarmState => (verdict === 'ALARM' ? 'OK' : 'ALARM')

const isBand = (config: EvaluationConfig): boolean => !(config.ComparisonOperator in RELATIONS)
const opening = (config: EvaluationConfig): string => (isBand(config) ? 'Thresholds Crossed' : 'Threshold Crossed')

/** `[131.0 (14/03/26 09:26:00)] was greater than the threshold (110.0)`, newest datapoint first. */
function comparison(config: EvaluationConfig, finding: Finding): string {
  const newestFirst = finding.speakers.toReversed()
  const values = newestFirst.map((slot) => toJavaText(slot.value) + timeOf(slot, config, finding.endsAt))
  const not = finding.verdict === 'ALARM' ? '' : ' not'
  return `[${values.join(', ')}] ${was(newestFirst.length)}${not} ${relation(config, newestFirst)}`
}

function timeOf(slot: Slot, config: EvaluationConfig, endsAt: ServiceMs | undefined): string {
  if (endsAt === undefined || config.Period === undefined) return ''
  return ` (${toReasonTime(serviceMs(endsAt - slot.age * config.Period * 1000))})`
}

function relation(config: EvaluationConfig, slots: readonly Slot[]): string {
  const list = (side: 'lower' | 'upper') =>
    `[${slots.map(({ limit }) => toJavaText(typeof limit === 'number' ? limit : limit[side])).join(', ')}]`
  const lower = `less than the lower thresholds ${list('lower')}`
  const upper = `greater than the upper thresholds ${list('upper')}`
  const operator = config.ComparisonOperator
  if (operator === 'LessThanLowerThreshold') return lower
  if (operator === 'GreaterThanUpperThreshold') return upper
  if (operator === 'LessThanLowerOrGreaterThanUpperThreshold') return `${lower} or ${upper}`
  return `${RELATIONS[operator]} the threshold (${toJavaText(config.Threshold ?? 0)})`
}
