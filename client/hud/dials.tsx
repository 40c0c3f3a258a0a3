import { toKmh, metresPerSecond } from '../../shared/units.ts'
import { language, t } from '../i18n/i18n.ts'
import { keyLabel } from '../input/key-labels.ts'
import { formatPlay, formatService } from '../view/clocks.ts'
import { toPartStates, type PartState } from '../view/car-state.ts'
import { toDial } from '../view/dial.ts'
import { Sign } from './icons.tsx'
import { layout } from './keyboard-layout.ts'
import type { HudModel } from './model.ts'
import { settings } from './preferences.ts'

/** Speed and limit side by side: an arc, a number, a round sign, and a word when the one is above the other. */
export function Speedometer({ model }: { readonly model: HudModel }) {
  const { car } = model.view.value
  const { own } = model.street.value
  if (!car || !own) return null
  const dial = toDial(Math.abs(toKmh(metresPerSecond(own.speed))), car.limitKmh)
  const hasLimit = car.limitKmh > 0
  const words = { speed: dial.speedKmh, limit: car.limitKmh }
  return (
    <div class={`dial ${dial.isOver ? 'dial-over' : ''}`}>
      <div class="dial-face">
        <svg viewBox="0 0 120 120" aria-hidden="true">
          <path class="dial-track" d={ARC} pathLength={100} />
          <path class="dial-value" d={ARC} pathLength={100} stroke-dasharray={`${dial.share * 100} 100`} />
          {hasLimit && (
            <path
              class="dial-limit"
              d={ARC}
              pathLength={100}
              stroke-dasharray="1.6 98.4"
              stroke-dashoffset={-dial.limitShare * 100}
            />
          )}
        </svg>
        <span class="dial-number" role="img" aria-label={t(hasLimit ? 'dial.speed' : 'dial.speed.open', words)}>
          {dial.speedKmh}
          <small>km/h</small>
        </span>
      </div>
      <div class="dial-side">
        {hasLimit && (
          <span class="limit-sign" aria-hidden="true">
            {car.limitKmh}
          </span>
        )}
        <span class="dial-word">{dial.isOver && t('dial.over')}</span>
      </div>
    </div>
  )
}

const ARC = 'M26 102 A52 52 0 1 1 94 102'

/** The five parts: sign, mark, colour and word. */
export function CarState({ model }: { readonly model: HudModel }) {
  const { car } = model.view.value
  if (!car) return null
  return (
    <ul class="car-state" aria-label={t('car.title')}>
      {toPartStates(car.condition).map((state) => (
        <Part key={state.part} state={state} />
      ))}
    </ul>
  )
}

function Part({ state: { part, level, share } }: { readonly state: PartState }) {
  return (
    <li class={`part part-${level}`}>
      <Sign name={part} size={20} />
      <span class="part-name">{t(`part.${part}`)}</span>
      <span class="part-level">
        <Sign name={level} size={14} />
        <span class="part-word">{t(`part.${part}.${level}`)}</span>
        {part === 'seatBelt' && level === 'bad' && <BeltKey />}
      </span>
      <span class="part-bar" style={{ '--share': share }} />
    </li>
  )
}

/** The one part that its driver puts right: by this key, or by a thumb. */
const BeltKey = () => <kbd class="part-key">{keyLabel(settings.value.bindings.belt, layout.value, language.value)}</kbd>

/** Both clocks and how much faster the second runs. */
export function Clocks({ model }: { readonly model: HudModel }) {
  const { play, service } = model.clocks.value
  return (
    <div class="clocks" role="group" aria-label={t('clock.title')}>
      <BothOf label={t('clock.play')} value={formatPlay(play)} />
      <span class="clock-scale" title={t('clock.scale')}>
        ×{model.view.value.room.scale}
      </span>
      <BothOf label="AWS" value={formatService(service)} />
    </div>
  )
}

const BothOf = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <span class="clock">
    <span class="clock-label">{label}</span>
    <span class="clock-value">{value}</span>
  </span>
)
