import { useEffect, useState } from 'preact/hooks'

import type { RefusalCode } from '../../shared/protocol/messages.ts'
import type { FeedEntry } from '../../shared/protocol/view.ts'
import type { AlarmCard, RelatedThing, ThingCard, ThingRef } from '../../shared/protocol/xray.ts'
import { say, t } from '../i18n/i18n.ts'
import { serviceOf } from '../view/agents.ts'
import { AgentIcon } from './icons.tsx'
import { JsonView } from './json-view.tsx'
import { lazy } from './lazy.tsx'
import type { HudModel } from './model.ts'
import { BothClocks } from './moment.tsx'
import { Note } from './parts.tsx'
import { StateMark } from './state-mark.tsx'

/** What is shown is asked for anew this often: a period of a fast metric, at the usual scale. */
const EVERY_MS = 3000

const ThingGraph = lazy(() => import('./thing-graph.tsx').then((part) => part.ThingGraph))

/** One thing of the city as AWS has it: its name, what it is, how it does, and its JSON. */
export function ThingPanel({ model, thing }: { readonly model: HudModel; readonly thing: ThingRef }) {
  const { card, refused } = useCard(model, thing)
  if (!card) return <Note>{refused ? t(`refusal.${refused}`) : t('panel.loading')}</Note>
  return (
    <>
      {refused === 'unknown-id' && <Note>{t('thing.gone')}</Note>}
      <ThingHead card={card} />
      <p class="thing-about">{say(card.about)}</p>
      <Facts card={card} />
      {card.graph && <ThingGraph graph={card.graph} scale={model.view.value.room.scale} />}
      <Alarms alarms={card.alarms} />
      <Related things={card.related} onOpen={(ref) => model.open({ kind: 'thing', thing: ref })} />
      <News entries={card.news} onWhy={(id) => model.open({ kind: 'why', id })} />
      <Answers card={card} />
    </>
  )
}

/** Keeps asking while the panel is open; what is gone from the street is still shown as it was. */
function useCard({ feed }: HudModel, thing: ThingRef) {
  const [card, setCard] = useState<ThingCard | null>(null)
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOpen = true
    const ask = async (): Promise<void> => {
      const reply = await feed.describe(thing)
      if (!isOpen) return
      if (reply.ok) setCard(reply.value)
      setRefused(reply.ok ? null : reply.refusal.code)
      timer = setTimeout(() => void ask(), EVERY_MS)
    }
    void ask()
    return () => {
      isOpen = false
      clearTimeout(timer)
    }
  }, [feed, thing.kind, thing.id])
  return { card, refused }
}

function ThingHead({ card: { speaker, type, name, arn } }: { readonly card: ThingCard }) {
  const awsName = serviceOf(speaker, type)
  return (
    <div class={`thing-head agent-${speaker}`}>
      <AgentIcon speaker={speaker} size={44} />
      <div class="thing-names">
        <strong class="thing-name">{name}</strong>
        <span class="thing-type">
          {awsName !== null && <span class="aws-name">{awsName}</span>} {type !== null && <code>{type}</code>}
        </span>
        {arn !== null && (
          <span class="thing-arn">
            <abbr title={t('thing.arn')}>ARN</abbr> <code>{arn}</code>
          </span>
        )}
      </div>
    </div>
  )
}

const Facts = ({ card: { facts } }: { readonly card: ThingCard }) =>
  facts.length === 0 ? null : (
    <dl class="thing-facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{say({ key: label, params: {} })}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )

function Alarms({ alarms }: { readonly alarms: readonly AlarmCard[] }) {
  if (alarms.length === 0) return null
  return (
    <section>
      <h3>{t('thing.alarms')}</h3>
      <ul class="thing-alarms">
        {alarms.map((alarm) => (
          <li key={alarm.name}>
            <span class="thing-alarm-top">
              <StateMark state={alarm.state} /> <code>{alarm.name}</code>
            </span>
            <BothClocks at={alarm.since} />
            <span class="thing-reason" lang="en">
              {alarm.reason}
            </span>
            {alarm.history.length > 0 && <History alarm={alarm} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

const History = ({ alarm: { history } }: { readonly alarm: AlarmCard }) => (
  <details>
    <summary>{t('thing.history')}</summary>
    <ol class="thing-history">
      {history.map(({ at, type, summary }) => (
        <li key={`${at.serviceMs} ${type} ${summary}`}>
          <BothClocks at={at} /> <span lang="en">{summary}</span>
        </li>
      ))}
    </ol>
  </details>
)

interface RelatedProps {
  readonly things: readonly RelatedThing[]
  readonly onOpen: (ref: ThingRef) => void
}

const Related = ({ things, onOpen }: RelatedProps) =>
  things.length === 0 ? null : (
    <section>
      <h3>{t('thing.related')}</h3>
      <ul class="thing-related">
        {things.map(({ ref, type, name, state }) => (
          <li key={`${ref.kind} ${ref.id}`}>
            <button type="button" class="thing-link" onClick={() => onOpen(ref)}>
              <strong>{name}</strong> <code>{type}</code>
              {state !== null && <StateMark state={state} />}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )

interface NewsProps {
  readonly entries: readonly FeedEntry[]
  readonly onWhy: (id: string) => void
}

const News = ({ entries, onWhy }: NewsProps) =>
  entries.length === 0 ? null : (
    <section>
      <h3>{t('thing.news')}</h3>
      <ul class="feed-lines feed-history">
        {entries.map((entry) => (
          <li key={entry.id}>
            <button type="button" class={`feed-line agent-${entry.speaker}`} onClick={() => onWhy(entry.id)}>
              <AgentIcon speaker={entry.speaker} />
              <span class="feed-text">
                <span>{say(entry.text)}</span>
                <BothClocks at={entry.at} />
              </span>
              <span class="thing-why">{t('why.ask')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )

const Answers = ({ card: { answers } }: { readonly card: ThingCard }) =>
  answers.length === 0 ? null : (
    <section>
      <h3>JSON</h3>
      {answers.map(({ operation, json }) => (
        <details key={operation} class="step-json thing-json">
          <summary>
            <code>{operation}</code> {t('why.json')}
          </summary>
          <JsonView value={json} />
        </details>
      ))}
    </section>
  )
