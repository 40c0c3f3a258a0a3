import { t } from '../i18n/i18n.ts'
import type { Action } from '../view/bindings.ts'
import type { Touch, TouchZone } from '../input/touch.ts'
import { Sign, type SignName } from './icons.tsx'
import type { HudModel } from './model.ts'

const ZONES: readonly { readonly zone: TouchZone; readonly sign: SignName }[] = [
  { zone: 'left', sign: 'left' },
  { zone: 'right', sign: 'right' },
  { zone: 'brake', sign: 'brake' },
  { zone: 'boost', sign: 'boost' },
]

const ACTS = [
  ['horn', 'horn'],
  ['unstick', 'unstick'],
  ['lights', 'headlights'],
  ['belt', 'seatBelt'],
] as const satisfies readonly (readonly [Action, SignName])[]

interface ThumbZonesProps {
  readonly model: HudModel
  readonly touch: Touch
  readonly onAct: (action: Action) => void
}

/** Where thumbs drive. Shown on touch screens only; keys and pad do the same elsewhere. A belt that is fastened asks for nothing. */
export function ThumbZones({ model, touch, onAct }: ThumbZonesProps) {
  const isBelted = model.view.value.car?.condition.seatBeltFastened ?? true
  return (
    <div class="thumbs" role="group" aria-label={t('touch.title')}>
      {ZONES.map(({ zone, sign }) => (
        <button
          key={zone}
          type="button"
          class={`thumb thumb-${zone}`}
          aria-label={t(`touch.${zone}`)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            touch.hold(event.pointerId, zone)
          }}
          onPointerUp={(event) => touch.letGo(event.pointerId)}
          onPointerCancel={(event) => touch.letGo(event.pointerId)}
          onContextMenu={(event) => event.preventDefault()}
        >
          <Sign name={sign} size={36} />
        </button>
      ))}
      {ACTS.filter(([action]) => action !== 'belt' || !isBelted).map(([action, sign]) => (
        <button
          key={action}
          type="button"
          class={`thumb thumb-${action}`}
          aria-label={t(`action.${action}`)}
          onClick={() => onAct(action)}
        >
          <Sign name={sign} />
        </button>
      ))}
    </div>
  )
}
