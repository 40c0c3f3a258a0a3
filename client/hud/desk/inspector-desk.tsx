import { useId, useState } from 'preact/hooks'

import type { DutyView } from '../../../shared/protocol/duty.ts'
import { t } from '../../i18n/i18n.ts'
import { isJsonObject } from '../../view/duty.ts'
import type { DeskProps } from './props.ts'

/** The inspector: what is asked of a car, and when everybody is looked at again. */
export function InspectorDesk({ duty, onAct }: DeskProps) {
  return (
    <>
      {duty.configRules.map((rule) => (
        <Rule key={rule.rule} rule={rule} onAct={onAct} />
      ))}
    </>
  )
}

interface RuleProps extends Pick<DeskProps, 'onAct'> {
  readonly rule: DutyView['configRules'][number]
}

function Rule({ rule, onAct }: RuleProps) {
  const [parameters, setParameters] = useState(rule.inputParameters)
  const id = useId()
  const isFit = isJsonObject(parameters)

  function put(event: Event): void {
    event.preventDefault()
    if (isFit) onAct({ do: 'PutConfigRule', rule: rule.rule, inputParameters: parameters })
  }

  return (
    <form class="dials desk-unit" onSubmit={put}>
      <h3>
        <code>{rule.rule}</code> <span class="tag">{rule.sourceIdentifier}</span>
      </h3>
      <Verdicts rule={rule} />
      <div class="field field-wide">
        <label for={id}>{t('desk.parameters')}</label>
        <input
          id={id}
          class="code-line"
          value={parameters}
          spellcheck={false}
          autoComplete="off"
          aria-invalid={!isFit}
          onInput={(event) => setParameters(event.currentTarget.value)}
        />
      </div>
      <div class="desk-buttons">
        <button type="submit" class="button button-primary" disabled={!isFit}>
          PutConfigRule
        </button>
        <button
          type="button"
          class="button"
          onClick={() => onAct({ do: 'StartConfigRulesEvaluation', rule: rule.rule })}
        >
          StartConfigRulesEvaluation
        </button>
      </div>
    </form>
  )
}

const Verdicts = ({ rule: { compliant, nonCompliant } }: Pick<RuleProps, 'rule'>) => (
  <dl class="desk-counts">
    <div>
      <dt>COMPLIANT</dt>
      <dd>{compliant}</dd>
    </div>
    <div>
      <dt>NON_COMPLIANT</dt>
      <dd>{nonCompliant}</dd>
    </div>
  </dl>
)
