import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

import { Sign } from '../hud/icons.tsx'
import { t, type TextKey } from '../i18n/i18n.ts'
import { agentOf, FIVE_AGENTS } from '../view/agents.ts'
import { isRoomCode, toPath } from '../view/route.ts'
import { surpriseTown } from '../view/town-choice.ts'
import { AgentIcon } from '../hud/icons.tsx'
import type { PageProps } from './page-props.ts'
import { CityScape } from './city-scape.tsx'
import { JoinCard } from './join-card.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { go } from './navigation.ts'
import { SettingsButton } from './settings-button.tsx'

interface LandingProps extends PageProps {
  readonly code: string
}

/** The front door: what it is in one line, and three ways in; one alone for whoever comes with the code of a room. */
export function Landing({ doors, keys, code }: LandingProps) {
  const [isInvited] = useState(isRoomCode(code))
  return (
    <div class={`landing ${isInvited ? 'landing-invited' : ''}`}>
      <header class="landing-top">
        <span class="wordmark">Nuageville</span>
        <span class="top-tools">
          <SettingsButton />
          <LanguageSwitch />
        </span>
      </header>
      <main>
        <div class="landing-hero">
          <h1>{t('landing.title')}</h1>
          <p class="landing-line">{t('landing.line')}</p>
        </div>
        <CityScape />
        <div class="ground">
          <div class="ways">
            {!isInvited && <SoloWay />}
            <JoinCard keys={keys} code={code} />
            {!isInvited && <HostWay doors={doors} keys={keys} />}
          </div>
          {isInvited && (
            <p class="other-ways">
              <a href="/">{t('landing.other-ways')}</a>
            </p>
          )}
          <FiveAgents />
        </div>
      </main>
      <footer class="landing-foot">
        <p>{t('landing.private')}</p>
        <p>
          <a href={toPath({ page: 'accessibility' })}>{t('access.link')}</a>
        </p>
      </footer>
    </div>
  )
}

const SoloWay = () => (
  <Way kind="solo" title="landing.solo" text="landing.solo.text" points={SOLO_POINTS} beside={<Surprise />}>
    <button
      type="button"
      class="button button-primary button-big"
      onClick={() => go({ page: 'solo', scenarioId: 'discovery', seed: null, town: null })}
    >
      {t('landing.solo.go')}
    </button>
  </Way>
)

/** Another town each time; its address can be shared. */
function Surprise() {
  const draw = () => go({ page: 'solo', scenarioId: 'discovery', seed: null, town: surpriseTown(Math.random()) })
  return (
    <button type="button" class="button button-small" onClick={draw} title={t('landing.surprise.text')}>
      {t('landing.surprise')}
    </button>
  )
}

interface WayProps {
  readonly kind: string
  readonly title: TextKey
  readonly text: TextKey
  readonly points: readonly TextKey[]
  /** Stands beside the title. */
  readonly beside?: ComponentChildren
  readonly children: ComponentChildren
}

const SOLO_POINTS = ['landing.solo.bots', 'landing.solo.pause', 'landing.solo.assist'] as const
const HOST_POINTS = ['landing.host.code', 'landing.host.pause', 'landing.host.wall'] as const

const Way = ({ kind, title, text, points, beside, children }: WayProps) => (
  <section class={`way way-${kind}`} aria-labelledby={`way-${kind}`}>
    <div class="way-head">
      <h2 id={`way-${kind}`}>{t(title)}</h2>
      {beside}
    </div>
    <p>{t(text)}</p>
    <ul class="way-points">
      {points.map((point) => (
        <li key={point}>
          <Sign name="good" size={18} /> {t(point)}
        </li>
      ))}
    </ul>
    {children}
  </section>
)

function HostWay({ doors, keys }: PageProps) {
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<TextKey | null>(null)

  async function open(): Promise<void> {
    setBusy(true)
    const reply = await doors.createRoom()
    setBusy(false)
    if (!reply.ok) return setRefusal(`refusal.${reply.refusal.code}`)
    keys.keepHost(reply.value.code, reply.value.hostKey)
    go({ page: 'host', code: reply.value.code })
  }

  return (
    <Way kind="host" title="landing.host" text="landing.host.text" points={HOST_POINTS}>
      <button type="button" class="button button-big" disabled={isBusy} onClick={() => void open()}>
        {t('landing.host.go')}
      </button>
      <p role="alert" class="refusal">
        {refusal !== null && t(refusal)}
      </p>
    </Way>
  )
}

/** Who watches this city, and what each is called at AWS. */
function FiveAgents() {
  return (
    <section class="five" aria-labelledby="five-title">
      <h2 id="five-title">{t('landing.five')}</h2>
      <ul>
        {FIVE_AGENTS.map((speaker) => (
          <li key={speaker} class={`agent agent-${speaker}`}>
            <AgentIcon speaker={speaker} size={44} />
            <h3>{t(`agent.${speaker}`)}</h3>
            <p class="aws-name">{agentOf(speaker).awsName}</p>
            <p>{t(`agent.${speaker}.job`)}</p>
          </li>
        ))}
      </ul>
      <p class="five-chain">
        <Sign name="next" size={18} /> {t('landing.chain')}
      </p>
    </section>
  )
}
