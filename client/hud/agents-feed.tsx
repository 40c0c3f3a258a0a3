import { say, t } from '../i18n/i18n.ts'
import { agentOf, FIVE_AGENTS } from '../view/agents.ts'
import { toFeedLines, type FeedLine as Line } from '../view/feed-lines.ts'
import { AgentIcon } from './icons.tsx'
import type { HudModel } from './model.ts'
import { BothClocks } from './moment.tsx'
import { Note } from './parts.tsx'

interface AgentsFeedProps {
  readonly model: HudModel
  readonly most: number
  /** Also what only the street tells: new limits, closed roads. The driver sees those. */
  readonly withStreet?: boolean
}

/** The last few lines. Each opens its chain. Read out politely as they come. */
export function AgentsFeed({ model, most, withStreet = false }: AgentsFeedProps) {
  const { feed, car } = model.view.value
  const told = withStreet ? feed : feed.filter(({ speaker }) => speaker !== 'street')
  return (
    <section class="feed" aria-label={t('feed.title')}>
      <ol class="feed-lines" aria-live="polite" aria-relevant="additions">
        {toFeedLines(told, most, say).map(({ entry, count }) => (
          <li key={entry.id}>
            <FeedLine
              entry={entry}
              count={count}
              isOwn={entry.plate !== null && entry.plate === car?.plate}
              model={model}
            />
          </li>
        ))}
      </ol>
      <button type="button" class="feed-more" onClick={() => model.open({ kind: 'feed' })}>
        {t('feed.more')}
      </button>
    </section>
  )
}

interface FeedLineProps extends Line {
  readonly isOwn: boolean
  readonly model: HudModel
  readonly withClocks?: boolean
}

function FeedLine({ entry, count, isOwn, model, withClocks = false }: FeedLineProps) {
  const { awsName } = agentOf(entry.speaker)
  return (
    <button
      type="button"
      class={`feed-line agent-${entry.speaker} ${isOwn ? 'feed-line-own' : ''}`}
      onClick={() => model.open({ kind: 'why', id: entry.id })}
    >
      <AgentIcon speaker={entry.speaker} />
      <span class="feed-text">
        <span class="feed-speaker">
          {t(`agent.${entry.speaker}`)}
          {awsName !== null && <span class="aws-name"> {awsName}</span>}
          {isOwn && <span class="tag tag-own">{t('feed.you')}</span>}
        </span>
        <span>
          {say(entry.text)} {count > 1 && <span class="feed-times">{t('feed.times', { times: count })}</span>}
        </span>
        {withClocks && <BothClocks at={entry.at} />}
      </span>
    </button>
  )
}

/** Who the five are, then everything they did, newest first. */
export function FeedPanel({ model }: { readonly model: HudModel }) {
  const { feed, car } = model.view.value
  return (
    <>
      <ul class="agents">
        {FIVE_AGENTS.map((speaker) => (
          <li key={speaker} class={`agent agent-${speaker}`}>
            <AgentIcon speaker={speaker} size={36} />
            <span>
              <strong>{t(`agent.${speaker}`)}</strong> <span class="aws-name">{agentOf(speaker).awsName}</span>
              <br />
              {t(`agent.${speaker}.job`)}
            </span>
          </li>
        ))}
      </ul>
      <h3>{t('feed.history')}</h3>
      {feed.length === 0 && <Note>{t('feed.empty')}</Note>}
      <ol class="feed-lines feed-history">
        {[...feed].reverse().map((entry) => (
          <li key={entry.id}>
            <FeedLine
              entry={entry}
              count={1}
              isOwn={entry.plate !== null && entry.plate === car?.plate}
              model={model}
              withClocks
            />
          </li>
        ))}
      </ol>
    </>
  )
}
