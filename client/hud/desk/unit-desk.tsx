import { useState } from 'preact/hooks'

import type { UnitLine } from '../../../shared/protocol/view.ts'
import { t } from '../../i18n/i18n.ts'
import { toWhole } from '../../view/duty.ts'
import type { DeskProps } from './props.ts'
import { NumberField } from './number-field.tsx'

/** The unit manager: how many may run at once, what waits, what is refused a start. */
export function UnitDesk({ model, duty, onAct }: DeskProps) {
  const { units } = model.view.value
  return (
    <>
      {duty.pool && <p class="desk-note">{t('desk.pool', { ...duty.pool })}</p>}
      {units.map((unit) => (
        <Unit key={unit.functionName} unit={unit} onAct={onAct} />
      ))}
    </>
  )
}

const MOST = 1000

function Unit({ unit, onAct }: { readonly unit: UnitLine; readonly onAct: DeskProps['onAct'] }) {
  const { functionName, running, queued, warm, reservedConcurrency, throttles } = unit
  const [typed, setTyped] = useState(reservedConcurrency === null ? '' : String(reservedConcurrency))
  const reserved = toWhole(typed, 0, MOST)

  function put(event: Event): void {
    event.preventDefault()
    if (reserved !== null) onAct({ do: 'PutFunctionConcurrency', function: functionName, reserved })
  }

  return (
    <form class="dials desk-unit" onSubmit={put}>
      <h3>
        <code>{functionName}</code>
      </h3>
      <dl class="desk-counts">
        {Object.entries({ running, warm, queued, throttles }).map(([name, count]) => (
          <div key={name}>
            <dt>{t(`desk.unit.${name as 'running'}`)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <NumberField label={t('desk.reserved')} value={typed} least={0} most={MOST} onInput={setTyped} />
      <button type="submit" class="button button-primary" disabled={reserved === null}>
        PutFunctionConcurrency
      </button>
    </form>
  )
}
