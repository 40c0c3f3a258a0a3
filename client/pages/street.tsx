import { useCallback, useEffect, useMemo } from 'preact/hooks'

import { Hud } from '../hud/hud.tsx'
import { openHudModel } from '../hud/model.ts'
import { settings } from '../hud/preferences.ts'
import { t } from '../i18n/i18n.ts'
import type { Action } from '../view/bindings.ts'
import { openTouch } from '../input/touch.ts'
import type { Doors } from '../net/doors.ts'
import type { CityFeed } from '../net/feed.ts'
import { assistsOf } from '../view/settings.ts'
import { isOnDuty } from '../view/duty.ts'
import { doAction } from './act.ts'
import { openControls } from './controls.ts'
import { keepHelp } from './lend-wheel.ts'
import type { KeysKept } from './keys-kept.ts'
import { NameCard } from './name-card.tsx'
import { Picture } from './picture.tsx'
import { watchXray } from './watch-xray.ts'

interface StreetProps {
  readonly doors: Doors
  readonly feed: CityFeed
  readonly canPause: boolean
  readonly onLeave: () => void
  /** Where the name is kept; given where nobody has asked for one before. */
  readonly keys?: KeysKept
}

/** The driver's screen: the picture of the street, the panels over it, the hands on the wheel. */
export function Street({ doors, feed, canPause, onLeave, keys }: StreetProps) {
  const model = useMemo(() => openHudModel(feed, performance.now()), [feed])
  const touch = useMemo(openTouch, [feed])
  useEffect(() => () => model.close(), [model])
  const onAct = useCallback((action: Action) => void doAction(action, model, canPause), [model, canPause])
  useEffect(() => openControls({ model, touch, onAct }), [model, touch, onAct])
  useEffect(() => keepHelp(model, () => assistsOf(settings.value)), [model])
  useEffect(() => watchXray(model), [model])

  return (
    <main class="street">
      <h1 class="visually-hidden">{t('play.title')}</h1>
      <Picture doors={doors} model={model} overview={isOnDuty(model.view.value)} />
      <Hud
        model={model}
        touch={touch}
        onAct={onAct}
        canPause={canPause}
        onLeave={onLeave}
        greeting={keys && <NameCard keys={keys} model={model} />}
      />
    </main>
  )
}
