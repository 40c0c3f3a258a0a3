import { useId, useState } from 'preact/hooks'

import type { PatternTrial } from '../../../shared/protocol/duty.ts'
import type { RuleLine } from '../../../shared/protocol/view.ts'
import { t } from '../../i18n/i18n.ts'
import { isJsonObject } from '../../view/duty.ts'
import type { HudModel } from '../model.ts'
import type { DeskProps } from './props.ts'

/** The dispatcher: which event goes to whom. */
export function DispatcherDesk({ model, onAct }: DeskProps) {
  const { rules } = model.view.value
  const [chosen, setChosen] = useState(rules[0]?.ruleName ?? '')
  const rule = rules.find(({ ruleName }) => ruleName === chosen)
  return (
    <>
      <fieldset class="chips">
        <legend>{t('desk.rules')}</legend>
        {rules.map(({ ruleName, enabled, matches }) => (
          <button
            key={ruleName}
            type="button"
            class="chip"
            aria-pressed={ruleName === chosen}
            onClick={() => setChosen(ruleName)}
          >
            {ruleName} · {enabled ? t('desk.matches', { count: matches }) : t('desk.disabled')}
          </button>
        ))}
      </fieldset>
      {rule && <Rule key={chosen} rule={rule} model={model} onAct={onAct} />}
    </>
  )
}

interface RuleProps extends Pick<DeskProps, 'onAct'> {
  readonly rule: RuleLine
  readonly model: HudModel
}

/** Patterns longer than a message carries are not typed by hand. */
const LONGEST = 900

function Rule({ rule, model, onAct }: RuleProps) {
  const [pattern, setPattern] = useState(() => pretty(rule.pattern))
  const [trial, setTrial] = useState<PatternTrial | null>(null)
  const id = useId()
  const packed = isJsonObject(pattern) ? JSON.stringify(JSON.parse(pattern)) : pattern
  const isSendable = packed.length > 0 && packed.length <= LONGEST
  const test = () =>
    void model.feed.tryPattern(packed).then((reply) => {
      model.refused.value = reply.ok ? null : reply.refusal.code
      setTrial(reply.ok ? reply.value : null)
    })
  return (
    <div class="dials">
      <div class="field field-wide">
        <label for={id}>{t('desk.pattern')}</label>
        <textarea
          id={id}
          rows={7}
          spellcheck={false}
          value={pattern}
          onInput={(event) => setPattern(event.currentTarget.value)}
        />
      </div>
      <p role="status" class="desk-trial">
        {!isJsonObject(pattern) && t('desk.not-json')}
        {isJsonObject(pattern) && trial && <Trial trial={trial} />}
      </p>
      <div class="desk-buttons">
        <button type="button" class="button" disabled={!isSendable} onClick={test}>
          TestEventPattern
        </button>
        <button
          type="button"
          class="button button-primary"
          disabled={!isSendable}
          onClick={() => onAct({ do: 'PutRule', rule: rule.ruleName, eventPattern: packed })}
        >
          PutRule
        </button>
        <button
          type="button"
          class="button"
          onClick={() => onAct({ do: rule.enabled ? 'DisableRule' : 'EnableRule', rule: rule.ruleName })}
        >
          {rule.enabled ? 'DisableRule' : 'EnableRule'}
        </button>
      </div>
    </div>
  )
}

const pretty = (pattern: string): string =>
  isJsonObject(pattern) ? JSON.stringify(JSON.parse(pattern), null, 2) : pattern

/** How many of the newest events it would have matched, and which; or the service's own complaint. */
function Trial({ trial: { error, tested, matched } }: { readonly trial: PatternTrial }) {
  if (error !== null) return <code class="desk-error">{error}</code>
  const kinds = [...new Set(matched.map(({ detailType }) => detailType))].join(', ')
  return (
    <>
      {t('desk.trial', { matched: matched.length, tested })} <code>{kinds}</code>
    </>
  )
}
