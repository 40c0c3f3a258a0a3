import { t } from '../i18n/i18n.ts'
import type { Touch, TouchZone } from '../input/touch.ts'
import { Sign, type SignName } from './icons.tsx'

const ZONES: readonly { readonly zone: TouchZone; readonly sign: SignName }[] = [
  { zone: 'left', sign: 'left' },
  { zone: 'right', sign: 'right' },
  { zone: 'brake', sign: 'brake' },
  { zone: 'boost', sign: 'boost' },
]

/** Where thumbs drive. Shown on touch screens only; keys and pad do the same elsewhere. */
export function ThumbZones({ touch }: { readonly touch: Touch }) {
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
    </div>
  )
}
