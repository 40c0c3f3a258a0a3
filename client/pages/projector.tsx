import { useEffect, useState } from 'preact/hooks'

import { AgentIcon } from '../hud/icons.tsx'
import { Clocks } from '../hud/dials.tsx'
import { openHudModel, type HudModel } from '../hud/model.ts'
import { PauseVeil } from '../hud/pause-veil.tsx'
import { say, t } from '../i18n/i18n.ts'
import type { Doors } from '../net/doors.ts'
import type { RefusalCode } from '../../shared/protocol/messages.ts'
import { agentOf, FIVE_AGENTS } from '../view/agents.ts'
import { toHeadline, type Headline } from '../view/headline.ts'
import type { PageProps } from './page-props.ts'
import { joinLink } from './navigation.ts'
import { Picture } from './picture.tsx'
import { QrCode } from './qr.tsx'
import { Waiting } from './waiting.tsx'

interface ProjectorPageProps extends PageProps {
  readonly code: string
}

/** The wall of the classroom: no controls, nobody's failures, letters that can be read from eight metres. */
export function ProjectorPage({ doors, keys, code }: ProjectorPageProps) {
  const [model, setModel] = useState<HudModel | null>(null)
  const [refusal, setRefusal] = useState<RefusalCode | null>(null)
  useEffect(() => {
    const hostKey = keys.hostKey(code)
    const joining = doors.joinRoom({ room: code, role: 'projector', ...(hostKey === undefined ? {} : { hostKey }) })
    void joining.then((reply) => {
      if (reply.ok) setModel(openHudModel(reply.value, performance.now()))
      else setRefusal(reply.refusal.code)
    })
    return () => void joining.then((reply) => reply.ok && reply.value.close())
  }, [doors, keys, code])

  if (refusal) return <Waiting text={t(`refusal.${refusal}`)} isOver />
  if (!model) return <Waiting text={t('host.opening')} />
  return <Wall doors={doors} model={model} code={code} />
}

const LOOK_EVERY_MS = 250

function Wall({ doors, model, code }: { readonly doors: Doors; readonly model: HudModel; readonly code: string }) {
  const isBlank = useBlankKey()
  useEffect(() => {
    const timer = setInterval(() => model.look(performance.now()), LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      model.close()
    }
  }, [model])
  const headline = toHeadline(model.view.value.feed)
  const here = model.view.value.room.seats.filter((seat) => seat.connected).length
  return (
    <main class="wall">
      <h1 class="visually-hidden">{t('projector.title')}</h1>
      <Picture doors={doors} model={model} overview />
      <div class="wall-headline" aria-live="polite">
        {headline ? <News {...headline} /> : <p class="wall-plain">{t('projector.welcome')}</p>}
      </div>
      <div class="wall-corner">
        <QrCode link={joinLink(code)} />
        <p class="wall-code">{code}</p>
        <p class="wall-count">{t('projector.drivers', { count: here })}</p>
      </div>
      <Legend />
      <Clocks model={model} />
      <PauseVeil model={model} />
      {isBlank && <div class="wall-blank" role="status" aria-label={t('projector.blank')} />}
    </main>
  )
}

/** What happened in the words of the street, and under it the line as the agents tell it. */
function News({ entry: { speaker, text }, plain }: Headline) {
  return (
    <>
      <AgentIcon speaker={speaker} size={72} />
      <div>
        <p class="wall-plain">{say(plain ?? text)}</p>
        {plain && <p class="wall-line">{say(text)}</p>}
      </div>
    </>
  )
}

const Legend = () => (
  <ul class="wall-legend">
    {FIVE_AGENTS.map((speaker) => (
      <li key={speaker} class={`agent-${speaker}`}>
        <AgentIcon speaker={speaker} size={48} />
        {agentOf(speaker).awsName?.replace(/^(Amazon|AWS) /, '')}
      </li>
    ))}
  </ul>
)

/** B turns the wall black and back: the one key of a page without controls. */
function useBlankKey(): boolean {
  const [isBlank, setBlank] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.code === 'KeyB' && setBlank((before) => !before)
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return isBlank
}
