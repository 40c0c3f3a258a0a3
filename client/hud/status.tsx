import { useEffect } from 'preact/hooks'

import { say, t } from '../i18n/i18n.ts'
import type { LinkState } from '../net/feed.ts'
import { isOnDuty } from '../view/duty.ts'
import { Sign } from './icons.tsx'
import type { HudModel } from './model.ts'
import { settings } from './preferences.ts'
import { Scores } from './scores.tsx'

/** Where to go now, how far it is, and what it pays. */
export function ObjectiveChip({ model }: { readonly model: HudModel }) {
  const { car } = model.view.value
  const { own } = model.street.value
  if (!car) return <div class="objective" />
  // At a desk nobody is driving anywhere.
  const objective = isOnDuty(model.view.value) ? null : car.objective
  const metres = objective && own ? Math.round(Math.hypot(objective.x - own.x, objective.y - own.y) / 10) * 10 : null
  return (
    <div class="objective">
      <span class="objective-place">
        <span class="plate">{car.plate}</span>
        {model.name.value !== null && <strong class="own-name">{model.name.value}</strong>}
      </span>
      {objective && (
        <span class="objective-text">
          <span class="objective-star" aria-hidden="true">
            ★
          </span>
          {say(objective.text)}
          {metres !== null && <span class="objective-far">{t('objective.metres', { metres })}</span>}
        </span>
      )}
      <Scores model={model} />
    </div>
  )
}

/** The name of the street, as its sign has it. */
export function StreetSign({ model }: { readonly model: HudModel }) {
  const street = model.view.value.car?.street
  return street ? (
    <p class="street-sign" lang="fr">
      {street}
    </p>
  ) : null
}

/** Said only when there is something to look out for. */
export function WeatherBadge({ model }: { readonly model: HudModel }) {
  const { weather } = model.view.value
  return weather === 'clear' ? null : (
    <span class="weather-badge">
      <Sign name={weather} size={18} /> {t(`weather.${weather}`)}
    </span>
  )
}

const BADGES: Readonly<Record<LinkState, string>> = {
  websocket: '●',
  polling: '◐',
  reconnecting: '○',
  closed: '✕',
  solo: '◆',
}

/** How the screen is tied to the city: a mark, a colour and a word. */
export function LinkBadge({ model }: { readonly model: HudModel }) {
  const link = model.link.value
  return (
    <span class={`link-badge link-${link}`} role="status">
      <span aria-hidden="true">{BADGES[link]}</span> {t(`link.${link}`)}
    </span>
  )
}

/** Who drives in this room, and who is away: marks and numbers, with words for who does not see them. */
export function HeadCount({ model }: { readonly model: HudModel }) {
  const { seats } = model.view.value.room
  if (seats.length === 0) return null
  const here = seats.filter(({ connected }) => connected).length
  const away = seats.length - here
  return (
    <button type="button" class="head-count" onClick={() => model.open({ kind: 'class' })}>
      <span class="head-here" aria-hidden="true">
        ● {here}
      </span>
      {away > 0 && (
        <span class="head-away" aria-hidden="true">
          ○ {away}
        </span>
      )}
      <span class="visually-hidden">
        {t('room.here', { count: here })} {away > 0 && t('room.away', { count: away })}
      </span>
    </button>
  )
}

const CAPTION_MS = 4000

/** What can be heard, for those who do not hear it. */
export function CaptionLine({ model }: { readonly model: HudModel }) {
  const caption = model.caption.value
  useEffect(() => {
    const timer = setTimeout(() => (model.caption.value = null), CAPTION_MS)
    return () => clearTimeout(timer)
  }, [caption])
  return (
    <p class="caption" role="status">
      {settings.value.captions && caption && <span>{say(caption)}</span>}
    </p>
  )
}

/** Says why the city did not do what was asked. */
export function RefusalToast({ model }: { readonly model: HudModel }) {
  const code = model.refused.value
  return (
    <div role="alert">
      {code && (
        <div class="toast">
          <p>{t(`refusal.${code}`)}</p>
          <button
            type="button"
            class="icon-button"
            aria-label={t('card.dismiss')}
            onClick={() => (model.refused.value = null)}
          >
            <Sign name="close" size={18} />
          </button>
        </div>
      )}
    </div>
  )
}
