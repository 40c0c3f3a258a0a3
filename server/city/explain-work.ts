import { functionArn } from '../../shared/aws/account.ts'
import { assertNever } from '../../shared/assert.ts'
import { asJson, type Explanation } from './explanation.ts'
import type { Thing } from './ledger.ts'

type WorkKind = 'action' | 'attempt' | 'dead-letter' | 'message' | 'loop' | 'run' | 'remediation' | 'insight'
type ThingOf<K extends Thing['kind']> = Extract<Thing, { readonly kind: K }>

/** What the services do behind a chain's main line: actions, ends of runs, lost letters, runs of rules, work orders. */
export function explainWork(thing: ThingOf<WorkKind>): Explanation {
  switch (thing.kind) {
    case 'action':
      return explainAction(thing)
    case 'attempt':
      return explainAttempt(thing)
    case 'dead-letter':
      return explainDeadLetter(thing)
    case 'message':
      return explainMessage(thing)
    case 'loop':
      return explainLoop(thing)
    case 'run':
      return explainRuleRun(thing)
    case 'remediation':
      return explainRemediation(thing)
    case 'insight':
      return {
        speaker: 'trail',
        name: 'AWS Insight via CloudTrail',
        text: { key: 'chain.insight', params: { type: thing.it.type } },
        plate: null,
        json: thing.it.record,
      }
    default:
      return assertNever(thing)
  }
}

/** The last part of an ARN: what a person calls it. */
const nameIn = (arn: string): string => arn.split(/[:/]/).at(-1) ?? arn

/** An alarm's action: a unit is called, or a bulletin goes out on a topic. */
function explainAction({ it }: ThingOf<'action'>): Explanation {
  const { alarmName: alarm, actionArn, payload, dimensions } = it
  const kind = actionArn.startsWith(functionArn('')) ? 'function' : 'topic'
  return {
    speaker: 'watch',
    name: 'Action',
    text: { key: `chain.action.${kind}`, params: { alarm, target: nameIn(actionArn) } },
    plate: dimensions['Plate'] ?? null,
    json: { actionArn, payload },
  }
}

function explainAttempt({ it }: ThingOf<'attempt'>): Explanation {
  const { functionName, outcome, attempt, requestId, durationMs, calls } = it
  return {
    speaker: 'lambda',
    name: 'REPORT',
    text: { key: `chain.attempt.${outcome}`, params: { function: functionName, attempt } },
    plate: null,
    json: {
      FunctionName: functionArn(functionName),
      RequestId: requestId,
      outcome,
      durationMs,
      calls: calls.map(asJson),
    },
  }
}

function explainDeadLetter({ it }: ThingOf<'dead-letter'>): Explanation {
  const { queue, body, attributes } = it
  return {
    // A rule's dead letters are the command centre's, a function's the unit's: their attributes tell them apart.
    speaker: 'RULE_ARN' in attributes ? 'bridge' : 'lambda',
    name: 'Dead-letter queue',
    text: { key: 'chain.dead-letter', params: { queue: nameIn(queue) } },
    plate: null,
    json: { QueueArn: queue, MessageBody: body, MessageAttributes: attributes },
  }
}

function explainMessage({ it }: ThingOf<'message'>): Explanation {
  const { destinationArn, record } = it
  const text = { key: 'chain.message', params: { target: nameIn(destinationArn) } }
  return { speaker: 'lambda', name: 'Destination', text, plate: null, json: { destinationArn, record } }
}

function explainLoop({ it }: ThingOf<'loop'>): Explanation {
  const { ruleName, hops } = it
  const text = { key: 'chain.loop', params: { rule: ruleName, hops } }
  return { speaker: 'bridge', name: ruleName, text, plate: null, json: { ruleName, hops } }
}

function explainRuleRun({ it }: ThingOf<'run'>): Explanation {
  const { configRuleName, trigger } = it
  const text = { key: `chain.run.${trigger}`, params: { rule: configRuleName } }
  return { speaker: 'config', name: 'RuleEvaluation', text, plate: null, json: { configRuleName, trigger } }
}

function explainRemediation({ it }: ThingOf<'remediation'>): Explanation {
  const { executionId, targetId, resourceId, configRuleName, parameters } = it
  return {
    speaker: 'config',
    name: 'StartAutomationExecution',
    text: { key: 'chain.remediation', params: { document: targetId, plate: resourceId, rule: configRuleName } },
    plate: resourceId,
    json: { DocumentName: targetId, AutomationExecutionId: executionId, Parameters: parameters },
  }
}
