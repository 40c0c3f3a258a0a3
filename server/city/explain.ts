import { alarmArn, functionArn, ruleArn, vehicleArn } from '../../shared/aws/account.ts'
import { toEnvelope } from '../../shared/aws/event.ts'
import { assertNever } from '../../shared/assert.ts'
import type { Fact, FactOf } from '../../shared/model/fact.ts'
import type { ChainLink, FeedEntry, Moment, Speaker } from '../../shared/protocol/view.ts'
import { toIsoMillis, toIsoSeconds } from '../../shared/time.ts'
import { explainWork } from './explain-work.ts'
import { asJson, type Explanation } from './explanation.ts'
import { causesOf, type Ledger, type LedgerEntry, type Thing } from './ledger.ts'

/** A link of "Why?". */
export function toLink({ thing, at }: LedgerEntry): ChainLink {
  const { speaker, name, text, json } = explain(thing, at)
  return { id: thing.it.id, cause: thing.it.cause, speaker, name, text, at, json }
}

/** A line of what the agents just did. */
export function toFeedEntry(thing: Thing, at: Moment, ledger: Ledger): FeedEntry {
  const { speaker, text } = explain(thing, at)
  return { id: thing.it.id, speaker, text, at, plate: plateOf({ thing, at }, ledger) }
}

/** Whom it concerns, by plate; `null` for nobody in particular. */
export const plateOf = ({ thing, at }: LedgerEntry, ledger: Ledger): string | null =>
  explain(thing, at).plate ?? plateBehind(thing, ledger)

/** A rule or a unit names no car; whom its doing concerns stands in what led to it. */
function plateBehind({ it }: Thing, ledger: Ledger): string | null {
  if (it.cause === null) return null
  const causes = causesOf(ledger, it.cause).toReversed()
  return causes.map(({ thing, at }) => explain(thing, at).plate).find((plate) => plate !== null) ?? null
}

/** The hand-over to a target says nothing that the match before and the invocation after it do not say. */
export const isShown = (thing: Thing): boolean => thing.kind !== 'dispatch'

function explain(thing: Thing, at: Moment): Explanation {
  switch (thing.kind) {
    case 'fact':
      return explainFact(thing.it, at)
    case 'alarm':
    case 'compliance':
    case 'item':
      return explainState(thing)
    case 'event':
    case 'match':
    case 'dispatch':
      return explainBus(thing)
    case 'start':
    case 'end':
      return explainRun(thing)
    case 'letter':
      return {
        speaker: 'mail',
        name: thing.it.entry.kind === 'fine' ? 'SendFine' : 'SendNotice',
        text: { key: `chain.letter.${thing.it.entry.kind}`, params: { plate: thing.it.plate } },
        plate: thing.it.plate,
        json: { to: thing.it.plate, ...asJson(thing.it.entry) },
      }
    case 'record':
      return explainRecord(thing)
    case 'action':
    case 'attempt':
    case 'dead-letter':
    case 'message':
    case 'loop':
    case 'run':
    case 'remediation':
    case 'insight':
      return explainWork(thing)
    default:
      return assertNever(thing)
  }
}

function explainFact(fact: Fact, at: Moment): Explanation {
  if (fact.kind === 'camera-passed') return explainPass(fact, at)
  const { id: _id, cause: _cause, ...json } = fact
  const plate = 'plate' in fact ? fact.plate : null
  const name = fact.kind === 'manoeuvre' ? fact.name : fact.kind
  const key = fact.kind === 'manoeuvre' ? `chain.manoeuvre.${fact.name}` : `chain.${fact.kind}`
  return { speaker: speakerOf(fact), name, text: { key, params: paramsOf(fact) }, plate, json: asJson(json) }
}

/** The units' trips are told by the units, the inspector's own and his visits by the inspector. */
function speakerOf(fact: Fact): Speaker {
  if (fact.kind === 'vehicle-inspected' || ('unit' in fact && fact.unit === 'inspector')) return 'config'
  if (fact.kind === 'patrol-noted') return 'trail'
  return fact.kind.startsWith('unit-') || fact.kind === 'part-repaired' ? 'lambda' : 'street'
}

/** The plain members of a fact, for the gaps of its sentence. */
function paramsOf(fact: Fact): Record<string, string | number> {
  const entries = Object.entries(fact).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'number' ? Math.round(value) : String(value)]),
  )
}

/** The measure as PutMetricData takes it (CloudWatch API Reference, "PutMetricData"). */
function explainPass(fact: FactOf<'camera-passed'>, at: Moment): Explanation {
  const { cameraId, plate, speedKmh, limitKmh } = fact
  return {
    speaker: 'watch',
    name: 'SpeedKmh',
    text: {
      key: 'chain.camera-passed',
      params: { camera: cameraId, plate, speed: Math.round(speedKmh), limit: limitKmh },
    },
    plate,
    json: {
      Namespace: 'City/Traffic',
      MetricData: [
        {
          MetricName: 'SpeedKmh',
          Dimensions: [
            { Name: 'Camera', Value: cameraId },
            { Name: 'Plate', Value: plate },
          ],
          Timestamp: toIsoMillis(at.serviceMs),
          Value: speedKmh,
          StorageResolution: 1,
        },
      ],
    },
  }
}

function explainState(thing: Extract<Thing, { kind: 'alarm' | 'compliance' | 'item' }>): Explanation {
  if (thing.kind === 'alarm') {
    const { alarmName, from, to, reason, at, dimensions } = thing.it
    return {
      speaker: 'watch',
      name: 'StateUpdate',
      text: { key: `chain.alarm.${to}`, params: { alarm: alarmName, from, to } },
      plate: dimensions['Plate'] ?? null,
      json: {
        AlarmName: alarmName,
        AlarmArn: alarmArn(alarmName),
        OldStateValue: from,
        NewStateValue: to,
        NewStateReason: reason,
        StateChangeTime: toIsoMillis(at),
      },
    }
  }
  if (thing.kind === 'item') {
    const { resourceId, status, item } = thing.it
    const text = { key: `chain.item.${status}`, params: { plate: resourceId } }
    return { speaker: 'config', name: 'ConfigurationItem', text, plate: resourceId, json: item }
  }
  const { configRuleName, resourceId, resourceType, from, to, annotation } = thing.it
  return {
    speaker: 'config',
    name: 'ComplianceChange',
    text: { key: `chain.compliance.${to}`, params: { rule: configRuleName, plate: resourceId } },
    plate: resourceId,
    json: { configRuleName, resourceType, resourceId, from, to, annotation },
  }
}

function explainBus(thing: Extract<Thing, { kind: 'event' | 'match' | 'dispatch' }>): Explanation {
  const speaker = 'bridge'
  const plate = null
  if (thing.kind === 'event') {
    const text = { key: 'chain.event', params: { detailType: thing.it.detailType } }
    return { speaker, name: thing.it.detailType, text, plate, json: toEnvelope(thing.it) }
  }
  if (thing.kind === 'match') {
    const { ruleName, eventBusName, eventId } = thing.it
    const json = { Name: ruleName, Arn: ruleArn(ruleName, eventBusName), EventBusName: eventBusName, EventId: eventId }
    return { speaker, name: ruleName, text: { key: 'chain.match', params: { rule: ruleName } }, plate, json }
  }
  const { ruleName, targetId, targetArn, payload } = thing.it
  const text = { key: 'chain.dispatch', params: { rule: ruleName, target: targetId } }
  return { speaker, name: targetId, text, plate, json: { Id: targetId, Arn: targetArn, Input: payload } }
}

function explainRun(thing: Extract<Thing, { kind: 'start' | 'end' }>): Explanation {
  const name = thing.it.functionName
  if (thing.kind === 'start') {
    const { requestId, attempt, payload, coldStart } = thing.it
    return {
      speaker: 'lambda',
      name: 'Invoke',
      text: { key: coldStart ? 'chain.start.cold' : 'chain.start.warm', params: { function: name, attempt } },
      plate: null,
      json: {
        FunctionName: functionArn(name),
        InvocationType: 'Event',
        RequestId: requestId,
        Attempt: attempt,
        Payload: payload,
      },
    }
  }
  const { requestId, condition, approximateInvokeCount, responsePayload } = thing.it
  return {
    speaker: 'lambda',
    name: condition,
    text: { key: `chain.end.${condition}`, params: { function: name } },
    plate: null,
    json: {
      requestContext: { requestId, functionArn: functionArn(name), condition, approximateInvokeCount },
      responsePayload,
    },
  }
}

function explainRecord({ it }: Extract<Thing, { kind: 'record' }>): Explanation {
  const { eventName, principal, resources, errorCode, eventTime } = it.call
  const who = principalName(it)
  const vehicle = resources.find(({ ARN }) => ARN.startsWith(vehicleArn('')))
  return {
    speaker: 'trail',
    name: eventName,
    text: {
      key: errorCode === undefined ? `chain.record.${principal.type}` : 'chain.record.refused',
      params: { eventName, who, when: toIsoSeconds(eventTime) },
    },
    plate: vehicle === undefined ? null : vehicle.ARN.slice(vehicleArn('').length),
    json: it.record,
  }
}

/** Who did it, in one word: the user, the role, the service. */
export function principalName({ call: { principal } }: Extract<Thing, { kind: 'record' }>['it']): string {
  switch (principal.type) {
    case 'IAMUser':
      return principal.userName
    case 'AssumedRole':
      return principal.roleName
    case 'AWSService':
      return principal.invokedBy
    case 'Root':
      return 'root'
    default:
      return assertNever(principal)
  }
}
