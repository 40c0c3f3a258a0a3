import type { ApiCall } from '../../shared/aws/record.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { invariant } from '../../shared/assert.ts'
import type { ConfigRuleDefinition } from '../../shared/content/scenario.ts'
import { putConfigRule } from '../services/config/rules.ts'
import type { ConfigState } from '../services/config/state.ts'
import type { HallAct } from './director.ts'
import { CITY_HALL, toCall, VEHICLE_TYPE } from './to-services.ts'

/** Puts a rule of a scenario; it looks at every vehicle known to the inspector. */
export function placeConfigRule(config: ConfigState, rule: ConfigRuleDefinition, ctx: StepContext): ConfigState {
  const put = putConfigRule(
    config,
    {
      configRuleName: rule.name,
      source: { owner: 'AWS', sourceIdentifier: rule.sourceIdentifier },
      scope: { complianceResourceTypes: [VEHICLE_TYPE] },
      inputParameters: JSON.stringify(rule.inputParameters),
    },
    ctx,
  )
  invariant(put.ok, put.ok ? '' : `${rule.name}: ${put.error.message}`)
  return put.value
}

/** City hall changes the inspector's rules; the logbook notes who did. */
export function putRules(
  config: ConfigState,
  acts: readonly HallAct[],
  ctx: StepContext,
): { readonly config: ConfigState; readonly calls: readonly ApiCall[] } {
  const puts = acts.filter((act) => act.kind === 'put-config-rule')
  return {
    config: puts.reduce((state, { rule }) => placeConfigRule(state, rule, ctx), config),
    calls: puts.map(({ rule, cause }) =>
      toCall(ctx.now, {
        cause,
        principal: CITY_HALL,
        eventSource: 'config.amazonaws.com',
        eventName: 'PutConfigRule',
        requestParameters: {
          configRule: {
            configRuleName: rule.name,
            source: { owner: 'AWS', sourceIdentifier: rule.sourceIdentifier },
            inputParameters: JSON.stringify(rule.inputParameters),
          },
        },
      }),
    ),
  }
}
