import { useState } from 'preact/hooks'

import type { InboxEntry } from '../../shared/protocol/view.ts'
import { say, t } from '../i18n/i18n.ts'
import { AgentIcon } from './icons.tsx'
import type { HudModel } from './model.ts'
import { BothClocks } from './moment.tsx'
import { Note } from './parts.tsx'

/** The driver's inbox, newest first, the newest fine unfolded. Each letter opens in place and leads to its "Why?" with one more tap. */
export function Mailbox({ model }: { readonly model: HudModel }) {
  const entries = [...model.view.value.inbox].reverse()
  const [opened, setOpened] = useState<string | null>(
    (entries.find(({ kind }) => kind === 'fine') ?? entries[0])?.id ?? null,
  )
  if (entries.length === 0) return <Note>{t('mailbox.empty')}</Note>
  return (
    <ul class="letters">
      {entries.map((entry) => (
        <li key={entry.id} class={`letter letter-${entry.kind}`}>
          <button
            type="button"
            class="letter-head"
            aria-expanded={opened === entry.id}
            onClick={() => setOpened(opened === entry.id ? null : entry.id)}
          >
            <AgentIcon speaker="mail" />
            <span class="letter-title">
              <span class="tag">{t(`mailbox.kind.${entry.kind}`)}</span>
              <strong>{say(entry.subject)}</strong>
            </span>
          </button>
          {opened === entry.id && <Letter entry={entry} onWhy={() => model.open({ kind: 'why', id: entry.id })} />}
        </li>
      ))}
    </ul>
  )
}

function Letter({ entry, onWhy }: { readonly entry: InboxEntry; readonly onWhy: () => void }) {
  return (
    <div class="letter-body">
      <dl class="letter-facts">
        <dt>{t('mailbox.from')}</dt>
        <dd>
          <code>{entry.from}</code>
        </dd>
        <dt>{t('mailbox.when')}</dt>
        <dd>
          <BothClocks at={entry.at} />
        </dd>
      </dl>
      <p class="letter-text">{say(entry.body)}</p>
      <button type="button" class="button button-primary" onClick={onWhy}>
        {t('why.ask')}
      </button>
    </div>
  )
}
