import { useState } from 'preact/hooks'

import type { LogbookLine } from '../../shared/protocol/view.ts'
import { deedOf, t } from '../i18n/i18n.ts'
import type { HudModel } from './model.ts'
import { BothClocks } from './moment.tsx'
import { Note } from './parts.tsx'

type Filter = 'mine' | 'Management' | 'Data' | 'all'
const FILTERS: readonly Filter[] = ['all', 'mine', 'Management', 'Data']

/** What the police have written down: who did what, when, and whether it was accepted. Newest first. */
export function Logbook({ model }: { readonly model: HudModel }) {
  const [filter, setFilter] = useState<Filter>('all')
  const { logbook, car } = model.view.value
  const lines = logbook.filter((line) => isWanted(line, filter, car?.plate ?? null)).reverse()
  return (
    <>
      <fieldset class="chips">
        <legend class="visually-hidden">{t('logbook.show')}</legend>
        {FILTERS.map((name) => (
          <button key={name} type="button" class="chip" aria-pressed={filter === name} onClick={() => setFilter(name)}>
            {t(`logbook.filter.${name}`)}
          </button>
        ))}
      </fieldset>
      {lines.length === 0 ? (
        <Note>{t('logbook.empty')}</Note>
      ) : (
        <ul class="records">
          {lines.map((line) => (
            <li key={line.id}>
              <Record line={line} onWhy={() => model.open({ kind: 'why', id: line.id })} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Record({ line, onWhy }: { readonly line: LogbookLine; readonly onWhy: () => void }) {
  return (
    <button type="button" class={`record record-${line.category}`} onClick={onWhy}>
      <span class="record-top">
        <code class="record-name">{line.eventName}</code>
        <span class="tag">{t(`logbook.category.${line.category}`)}</span>
        {line.errorCode !== null && <span class="tag tag-bad">{line.errorCode}</span>}
      </span>
      <span class="record-who">
        {t('logbook.deed', { who: line.principal, deed: deedOf(line.eventName) })}
        {line.plate !== null && line.plate !== line.principal && <span class="plate">{line.plate}</span>}
      </span>
      <span class="record-where">
        <span>
          {line.eventSource} · {line.awsRegion}
        </span>
        <BothClocks at={line.at} />
      </span>
      <span class="visually-hidden">{t('why.ask')}</span>
    </button>
  )
}

function isWanted(line: LogbookLine, filter: Filter, plate: string | null): boolean {
  if (filter === 'all') return true
  return filter === 'mine' ? line.plate !== null && line.plate === plate : line.category === filter
}
