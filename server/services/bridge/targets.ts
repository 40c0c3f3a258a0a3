import type { Target } from '../../../shared/aws/rule.ts'
import type { ServiceError } from '../../../shared/aws/step.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { tooMany } from './faults.ts'
import { changeableRule, describeRule } from './rules.ts'
import { checkTarget } from './target-check.ts'
import { DEFAULT_BUS, type BridgeState } from './state.ts'

const TARGETS_PER_RULE = 5

/** Names the rule whose targets are meant. */
interface TargetsOf {
  readonly rule: string
  readonly eventBusName?: string
}

const toRef = ({ rule, eventBusName = DEFAULT_BUS }: TargetsOf) => ({ name: rule, eventBusName })

/** Adds targets to a rule, or replaces those with the same id (EventBridge API Reference, "PutTargets"). */
export function putTargets(
  state: BridgeState,
  input: TargetsOf & { readonly targets: readonly Target[] },
): Result<{ readonly state: BridgeState }, ServiceError> {
  const rule = changeableRule(state, toRef(input))
  if (!rule.ok) return rule
  for (const target of input.targets) {
    const fault = checkTarget(target)
    if (fault) return fault
  }
  const { arn } = rule.value
  const targets = new Map([...(state.targets[arn] ?? []), ...input.targets].map((target) => [target.id, target]))
  if (targets.size > TARGETS_PER_RULE) return tooMany()
  return ok({ state: { ...state, targets: { ...state.targets, [arn]: [...targets.values()] } } })
}

/** Unknown ids are no error (EventBridge API Reference, "RemoveTargets"). */
export function removeTargets(
  state: BridgeState,
  input: TargetsOf & { readonly ids: readonly string[]; readonly force?: boolean },
): Result<{ readonly state: BridgeState }, ServiceError> {
  const { force = false } = input
  const rule = changeableRule(state, { ...toRef(input), force })
  if (!rule.ok) return rule
  const { arn } = rule.value
  const { [arn]: before = [], ...others } = state.targets
  const left = before.filter((target) => !input.ids.includes(target.id))
  return ok({ state: { ...state, targets: left.length === 0 ? others : { ...others, [arn]: left } } })
}

/** (EventBridge API Reference, "ListTargetsByRule") */
export function listTargetsByRule(state: BridgeState, input: TargetsOf): Result<readonly Target[], ServiceError> {
  const rule = describeRule(state, toRef(input))
  return rule.ok ? ok(state.targets[rule.value.arn] ?? []) : rule
}

/** The names of a bus's rules that call a target (EventBridge API Reference, "ListRuleNamesByTarget"). */
export function listRuleNamesByTarget(
  state: BridgeState,
  { targetArn, eventBusName = DEFAULT_BUS }: { readonly targetArn: string; readonly eventBusName?: string },
): readonly string[] {
  return state.rules
    .filter((rule) => rule.eventBusName === eventBusName)
    .filter((rule) => state.targets[rule.arn]?.some((target) => target.arn === targetArn))
    .map((rule) => rule.name)
    .sort()
}
