import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { childrenOf, parseAlarmRule, type RuleNode } from './alarm-rule.ts'
import type { Predicate, RuleError } from './alarm-rule-tokens.ts'
import { own } from './own.ts'

/**
 * Finds the state of a composite alarm (CloudWatch User Guide, "Combining alarms").
 *
 * @param rule the text of `AlarmRule`; it may name children by name or ARN
 * @param childStates alarm name or ARN → state
 * @returns `ALARM` when the rule is true, else `OK`; `ValidationError` with a position when the rule cannot be read or
 *   names an alarm that `childStates` does not have
 */
export function evaluateComposite(
  rule: string,
  childStates: Readonly<Record<string, AlarmState>>,
): Result<AlarmState, RuleError> {
  const parsed = parseAlarmRule(rule)
  if (!parsed.ok) return parsed
  const stranger = childrenOf(parsed.value).find((child) => stateOf(child, childStates) === undefined)
  if (stranger !== undefined) {
    const message = `AlarmRule names ${stranger}, which does not exist.`
    return fail({ code: 'ValidationError', field: 'AlarmRule', message, position: Math.max(0, rule.indexOf(stranger)) })
  }
  const isTrue = isRuleTrue(parsed.value, (child) => stateOf(child, childStates))
  return ok(isTrue ? 'ALARM' : 'OK')
}

type StateOf = (child: string) => AlarmState | undefined

/** Says whether a rule holds; a child without a state is in none, so no predicate about it is true. */
export function isRuleTrue(rule: RuleNode, stateOfChild: StateOf): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value
    case 'in-state':
      return stateOfChild(rule.child) === rule.state
    case 'at-least':
      return areEnough(rule, stateOfChild)
    case 'not':
      return !isRuleTrue(rule.of, stateOfChild)
    case 'and':
      return isRuleTrue(rule.left, stateOfChild) && isRuleTrue(rule.right, stateOfChild)
    case 'or':
      return isRuleTrue(rule.left, stateOfChild) || isRuleTrue(rule.right, stateOfChild)
  }
}

/** A percentage is of the alarms that are named, and met by no fewer than it comes to. */
function areEnough(rule: Extract<Predicate, { kind: 'at-least' }>, stateOfChild: StateOf): boolean {
  const { least, isPercentage, isNegated, state, children } = rule
  const states = children.map(stateOfChild).filter((one) => one !== undefined)
  const count = states.filter((one) => (one === state) !== isNegated).length
  return isPercentage ? count * 100 >= least * children.length : count >= least
}

const ARN = /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/

/** The name in an alarm's ARN; a name stays what it is. */
export const alarmNameOf = (nameOrArn: string): string => ARN.exec(nameOrArn)?.[1] ?? nameOrArn

function stateOf(child: string, childStates: Readonly<Record<string, AlarmState>>): AlarmState | undefined {
  const direct = own(childStates, child) ?? own(childStates, alarmNameOf(child))
  if (direct !== undefined) return direct
  const arn = Object.keys(childStates).find((key) => key !== child && alarmNameOf(key) === child)
  return arn === undefined ? undefined : childStates[arn]
}
