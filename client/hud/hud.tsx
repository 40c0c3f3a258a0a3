import type { ComponentChildren } from 'preact'

import type { Action } from '../view/bindings.ts'
import type { Touch } from '../input/touch.ts'
import { t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/i18n.ts'
import { isOnDuty as onDuty } from '../view/duty.ts'
import { AgentsFeed } from './agents-feed.tsx'
import { Cards } from './cards.tsx'
import { CarState, Clocks, Speedometer } from './dials.tsx'
import { Sign, type SignName } from './icons.tsx'
import { lazy } from './lazy.tsx'
import { Minimap } from './minimap.tsx'
import type { HudModel } from './model.ts'
import { PauseVeil } from './pause-veil.tsx'
import { Panels } from './panels.tsx'
import { CaptionLine, HeadCount, LinkBadge, ObjectiveChip, RefusalToast, StreetSign, WeatherBadge } from './status.tsx'
import { ThumbZones } from './thumb-zones.tsx'

const Desk = lazy(() => import('./desk/desk.tsx').then((part) => part.Desk))

/** Lines of the feed: more of them would lie over the road ahead. */
const SHOWN_OVER_THE_STREET = 3

interface HudProps {
  readonly model: HudModel
  readonly touch: Touch
  readonly onAct: (action: Action) => void
  /** Solo: the player may stop both clocks. */
  readonly canPause: boolean
  readonly onLeave: () => void
  /** Shown before the first card, until the driver has a name. */
  readonly greeting?: ComponentChildren
}

/** All panels over the street. The street itself is a picture; everything it says is said here in words. */
export function Hud({ model, touch, onAct, canPause, onLeave, greeting }: HudProps) {
  const isOnDuty = onDuty(model.view.value)
  return (
    <div class={`hud ${isOnDuty ? 'hud-on-duty' : ''}`}>
      {!isOnDuty && <ThumbZones model={model} touch={touch} onAct={onAct} />}
      <header class="hud-top">
        <ObjectiveChip model={model} />
        <div class="hud-time">
          <Clocks model={model} />
          <div class="hud-link">
            <LinkBadge model={model} />
            <HeadCount model={model} />
            <WeatherBadge model={model} />
          </div>
        </div>
        <Toolbar model={model} canPause={canPause} onLeave={onLeave} />
      </header>
      <div class="hud-middle">
        {isOnDuty ? <Desk model={model} /> : <Cards model={model} greeting={greeting} />}
        <RefusalToast model={model} />
      </div>
      <aside class="hud-side">
        <AgentsFeed model={model} most={SHOWN_OVER_THE_STREET} />
        {model.xray.value && (
          <button type="button" class="near-me" onClick={() => model.open({ kind: 'nearby' })}>
            <Sign name="near" size={20} /> <span class="near-label">{t('action.nearby')}</span>
          </button>
        )}
      </aside>
      <footer class="hud-bottom">
        {!isOnDuty && (
          <div class="hud-where">
            <StreetSign model={model} />
            <Minimap model={model} />
          </div>
        )}
        <CaptionLine model={model} />
        {!isOnDuty && (
          <div class="hud-car">
            <CarState model={model} />
            <Speedometer model={model} />
          </div>
        )}
      </footer>
      <PauseVeil model={model} />
      <Panels model={model} />
    </div>
  )
}

function Toolbar({ model, canPause, onLeave }: Omit<HudProps, 'touch' | 'onAct'>) {
  const unread = model.view.value.inbox.filter((entry) => !model.readMail.value.has(entry.id)).length
  const isPaused = model.view.value.room.paused
  return (
    <nav class="toolbar" aria-label={t('toolbar.title')}>
      <Tool sign="mail" label="toolbar.mailbox" onClick={() => model.open({ kind: 'mailbox' })}>
        {unread > 0 && <span class="badge">{unread}</span>}
        <span class="visually-hidden">{t('mailbox.unread', { count: unread })}</span>
      </Tool>
      <Tool sign="flag" label="toolbar.goals" onClick={() => model.open({ kind: 'goals' })} />
      <Tool sign="book" label="toolbar.logbook" onClick={() => model.open({ kind: 'logbook' })} />
      <Tool
        sign="xray"
        label="toolbar.xray"
        pressed={model.xray.value}
        onClick={() => (model.xray.value = !model.xray.value)}
      />
      {canPause && (
        <Tool
          sign={isPaused ? 'play' : 'pause'}
          label={isPaused ? 'toolbar.resume' : 'toolbar.pause'}
          onClick={() => void model.feed.pause(!isPaused)}
        />
      )}
      <Tool sign="settings" label="toolbar.settings" onClick={() => model.open({ kind: 'settings' })} />
      <Tool sign="leave" label="toolbar.leave" onClick={onLeave} />
    </nav>
  )
}

interface ToolProps {
  readonly sign: SignName
  readonly label: TextKey
  readonly pressed?: boolean
  readonly onClick: () => void
  readonly children?: ComponentChildren
}

const Tool = ({ sign, label, pressed, onClick, children }: ToolProps) => (
  <button type="button" class="tool" title={t(label)} aria-pressed={pressed} onClick={onClick}>
    <Sign name={sign} />
    <span class="tool-label">{t(label)}</span>
    {children}
  </button>
)
