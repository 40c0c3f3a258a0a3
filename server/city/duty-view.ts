import type { CameraDial, DutyView, PatternTrial, Post } from '../../shared/protocol/duty.ts'
import { unreservedPool } from '../services/lambda/capacity.ts'
import { testEventPattern } from '../services/bridge/test-event-pattern.ts'
import type { City } from './city.ts'
import { toLink } from './explain.ts'

/** So many of the newest events on the bus a pattern is tried on. */
const TRIED = 40

/** What the desk of a post shows of its own service. @returns `null` at the wheel */
export function viewDuty(city: City, post: Post): DutyView | null {
  if (post === 'driver') return null
  return {
    post,
    cameras: post === 'camera-operator' ? cameraDials(city) : [],
    configRules: post === 'inspector' ? ruleDials(city) : [],
    trail: post === 'archivist' ? trailDial(city) : null,
    pool:
      post === 'unit-manager'
        ? { unreserved: unreservedPool(city.lambda), least: city.lambda.limits.unreservedMinimum }
        : null,
  }
}

function cameraDials({ map, scenario, dials }: City): CameraDial[] {
  const [template] = scenario.services.alarms
  if (template === undefined) return []
  return map.cameras.map(({ id }) => {
    const set = { ...template, ...dials[id] }
    const { threshold, period, evaluationPeriods, datapointsToAlarm, treatMissingData } = set
    return { camera: id, threshold, period, evaluationPeriods, datapointsToAlarm, treatMissingData }
  })
}

const ruleDials = ({ config }: City): DutyView['configRules'] =>
  config.rules.map(({ definition: { configRuleName, source, inputParameters }, results }) => {
    const verdicts = Object.values(results).map(({ complianceType }) => complianceType)
    return {
      rule: configRuleName,
      sourceIdentifier: 'sourceIdentifier' in source ? (source.sourceIdentifier ?? '') : '',
      inputParameters,
      compliant: verdicts.filter((verdict) => verdict === 'COMPLIANT').length,
      nonCompliant: verdicts.filter((verdict) => verdict === 'NON_COMPLIANT').length,
    }
  })

function trailDial({ trail }: City): DutyView['trail'] {
  const [first] = trail.trails
  if (first === undefined) return null
  const { name, selectors } = first.settings
  return { name, isLogging: first.isLogging, dataEvents: JSON.stringify(selectors).includes('"Data"') }
}

/** Tries a pattern on the newest events of the bus, each as AWS would print it (EventBridge API, "TestEventPattern"). */
export function tryPattern({ ledger }: City, eventPattern: string): PatternTrial {
  const all = [...ledger.recent.values()]
  const events = all.flatMap((entry) => (entry.thing.kind === 'event' ? [{ entry, it: entry.thing.it }] : []))
  const matched: { id: string; detailType: string }[] = []
  for (const { entry, it } of events.slice(-TRIED)) {
    const tried = testEventPattern({ eventPattern, event: JSON.stringify(toLink(entry).json) })
    if (!tried.ok) return { error: tried.error.message, tested: 0, matched: [] }
    if (tried.value.result) matched.push({ id: it.id, detailType: it.detailType })
  }
  return { error: null, tested: Math.min(events.length, TRIED), matched: matched.reverse() }
}
