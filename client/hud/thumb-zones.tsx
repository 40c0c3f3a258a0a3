import { t } from '../i18n/i18n.ts'
import type { Action } from '../view/bindings.ts'
import type { Touch, TouchZone } from '../input/touch.ts'
import { Sign, type SignName } from './icons.tsx'

const ZONES: readonly { readonly zone: TouchZone; readonly sign: SignName }[] = [
  { zone: 'left', sign: 'left' },
  { zone: 'right', sign: 'right' },
  { zone: 'brake', sign: 'brake' },
  { zone: 'boost', sign: 'boost' },
]

const ACTS = ['horn', 'unstick'] as const satisfies readonly Action[]

interface ThumbZonesProps {
  readonly touch: Touch
  readonly onAct: (action: Action) => void
}

/** Where thumbs drive. Shown on touch screens only; keys and pad do the same elsewhere. */
export function ThumbZones({ touch, onAct }: ThumbZonesProps) {
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
      {ACTS.map((action) => (
        <button
          key={action}
          type="button"
          class={`thumb thumb-${action}`}
          aria-label={t(`action.${action}`)}
          onClick={() => onAct(action)}
        >
          <Sign name={action} />
        </button>
      ))}
    </div>
  )
}
