import { useEffect, useState } from 'preact/hooks'

import { Sign } from '../hud/icons.tsx'
import { openHudModel, type HudModel } from '../hud/model.ts'
import { LinkBadge } from '../hud/status.tsx'
import { AgentsFeed } from '../hud/agents-feed.tsx'
import { Panels } from '../hud/panels.tsx'
import { Clocks } from '../hud/dials.tsx'
import { t } from '../i18n/i18n.ts'
import type { Assists } from '../../shared/model/command.ts'
import type { SeatLine } from '../../shared/protocol/view.ts'
import type { RefusalCode } from '../../shared/protocol/messages.ts'
import { isRoomCode, toPath } from '../view/route.ts'
import type { PageProps } from './page-props.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { go, joinLink } from './navigation.ts'
import { QrCode } from './qr.tsx'
import { Conduct } from './conduct.tsx'
import type { KeysKept } from './keys-kept.ts'
import { Roster } from './roster.tsx'
import { SettingsButton } from './settings-button.tsx'
import { SeatTable } from './seat-table.tsx'
import { Waiting } from './waiting.tsx'

interface HostPageProps extends PageProps {
  readonly code: string
}

/** The teacher's desk. A code that this browser does not know yet, or none, first opens a room. */
export function HostPage({ doors, keys, code }: HostPageProps) {
  const [model, setModel] = useState<HudModel | null>(null)
  const [refusal, setRefusal] = useState<RefusalCode | null>(null)

  useEffect(() => {
    if (!isRoomCode(code)) {
      void doors.createRoom().then((reply) => {
        if (!reply.ok) return setRefusal(reply.refusal.code)
        keys.keepHost(reply.value.code, reply.value.hostKey)
        go({ page: 'host', code: reply.value.code })
      })
      return
    }
    const joining = doors.joinRoom({ room: code, role: 'host', hostKey: keys.hostKey(code) ?? '' })
    const opening = joining.then((reply) => {
      if (!reply.ok) return setRefusal(reply.refusal.code)
      setModel(openHudModel(reply.value, performance.now()))
    })
    return () => void opening.then(() => joining).then((reply) => reply.ok && reply.value.close())
  }, [doors, keys, code])

  if (refusal) return <Waiting text={t(`refusal.${refusal}`)} isOver />
  if (!model) return <Waiting text={t('host.opening')} />
  return <Desk keys={keys} model={model} code={code} />
}

interface DeskProps {
  readonly keys: KeysKept
  readonly model: HudModel
  readonly code: string
}

const LOOK_EVERY_MS = 250
const SHOWN_ON_THE_DESK = 8

function Desk({ keys, model, code }: DeskProps) {
  useEffect(() => {
    const timer = setInterval(() => model.look(performance.now()), LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      model.close()
    }
  }, [model])
  const { seats } = model.view.value.room
  const give = (seatId: string, help: Assists | null) =>
    void model.feed
      .accommodate(seatId, help)
      .then((reply) => (model.refused.value = reply.ok ? null : reply.refusal.code))
  return (
    <div class="host">
      <header class="host-top">
        <span class="wordmark">Nuageville</span>
        <Clocks model={model} />
        <LinkBadge model={model} />
        <span class="top-tools">
          <SettingsButton />
          <LanguageSwitch />
        </span>
      </header>
      <main class="host-main">
        <h1 class="visually-hidden">{t('host.title')}</h1>
        <Door code={code} />
        <Conduct model={model} code={code} />
        <section class="host-seats" aria-labelledby="seats-title">
          <Roster keys={keys} code={code} seats={seats} />
          <CallsForHelp seats={seats} />
          <SeatTable seats={seats} onHelp={give} />
        </section>
        <section class="host-feed" aria-labelledby="feed-title">
          <h2 id="feed-title">{t('host.happened')}</h2>
          <AgentsFeed model={model} most={SHOWN_ON_THE_DESK} withStreet />
        </section>
        <details class="host-key">
          <summary>{t('host.key')}</summary>
          <p>{t('host.key.text')}</p>
          <code>{keys.hostKey(code)}</code>
        </details>
      </main>
      <Panels model={model} />
    </div>
  )
}

/** Who is stuck is said aloud, and shown above the list. */
function CallsForHelp({ seats }: { readonly seats: readonly SeatLine[] }) {
  const count = seats.filter(({ desk }) => desk?.stuck).length
  return (
    <p role="status" class="calls">
      {count > 0 && (
        <>
          <Sign name="hand" size={20} /> {t('host.stuck', { count })}
        </>
      )}
    </p>
  )
}

/** How to get in: code, picture, link. */
function Door({ code }: { readonly code: string }) {
  const link = joinLink(code)
  const [said, setSaid] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setSaid(t('json.copied')),
      () => setSaid(t('json.not-copied')),
    )
  return (
    <section class="door" aria-labelledby="door-title">
      <div>
        <h2 id="door-title">{t('host.code')}</h2>
        <p class="door-code">{code}</p>
        <p class="door-link">{link.replace(/^https?:\/\//, '')}</p>
        <div class="door-buttons">
          <button type="button" class="button" onClick={() => void copy()}>
            {t('host.copy')}
          </button>
          <a class="button" href={toPath({ page: 'projector', code })} target="_blank" rel="noreferrer">
            {t('host.projector')}
          </a>
          <span role="status">{said}</span>
        </div>
      </div>
      <QrCode link={link} />
    </section>
  )
}
