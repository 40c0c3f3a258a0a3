import { t } from '../i18n/i18n.ts'
import { ClassPanel } from './class-panel.tsx'
import { FeedPanel } from './agents-feed.tsx'
import { GoalsPanel } from './goals.tsx'
import { Logbook } from './logbook.tsx'
import { Mailbox } from './mailbox.tsx'
import { lazy } from './lazy.tsx'
import type { HudModel, Panel } from './model.ts'
import { PanelFrame } from './panel.tsx'
import { SettingsPanel } from './settings-panel.tsx'
import { WhyPanel } from './why.tsx'

const NearbyPanel = lazy(() => import('./nearby.tsx').then((part) => part.NearbyPanel))
const PostPanel = lazy(() => import('./post-panel.tsx').then((part) => part.PostPanel))
const ThingPanel = lazy(() => import('./thing.tsx').then((part) => part.ThingPanel))

/** The panel on top of those that were opened, if any. */
export function Panels({ model }: { readonly model: HudModel }) {
  const open = model.panels.value
  const panel = open.at(-1)
  if (!panel) return null
  return (
    <PanelFrame
      key={`${panel.kind}-${open.length}`}
      kind={panel.kind}
      title={t(`panel.${panel.kind}`)}
      isLent={model.isLent.value}
      onBack={open.length > 1 ? () => model.back() : undefined}
      onClose={() => model.closeAll()}
    >
      <PanelBody panel={panel} model={model} />
    </PanelFrame>
  )
}

function PanelBody({ panel, model }: { readonly panel: Panel; readonly model: HudModel }) {
  switch (panel.kind) {
    case 'mailbox':
      return <Mailbox model={model} />
    case 'logbook':
      return <Logbook model={model} />
    case 'feed':
      return <FeedPanel model={model} />
    case 'goals':
      return <GoalsPanel model={model} />
    case 'post':
      return <PostPanel model={model} />
    case 'class':
      return <ClassPanel model={model} />
    case 'settings':
      return <SettingsPanel />
    case 'why':
      return <WhyPanel model={model} id={panel.id} />
    case 'nearby':
      return <NearbyPanel model={model} />
    case 'thing':
      return <ThingPanel key={`${panel.thing.kind} ${panel.thing.id}`} model={model} thing={panel.thing} />
  }
}
