import { t } from '../../i18n/i18n.ts'
import { Sign } from '../icons.tsx'
import type { DeskProps } from './props.ts'

/** The archivist: whether the logbook is written, and what is written in it. */
export function ArchivistDesk({ model, duty: { trail }, onAct }: DeskProps) {
  if (!trail) return null
  return (
    <>
      <p class="desk-note">
        <code>{trail.name}</code>
        <span class={trail.isLogging ? 'desk-good' : 'desk-bad'}>
          <Sign name={trail.isLogging ? 'good' : 'bad'} size={18} />{' '}
          {t(trail.isLogging ? 'desk.logging' : 'desk.not-logging')}
        </span>
      </p>
      <div class="desk-buttons">
        <button
          type="button"
          class="button button-primary"
          onClick={() => onAct({ do: trail.isLogging ? 'StopLogging' : 'StartLogging' })}
        >
          {trail.isLogging ? 'StopLogging' : 'StartLogging'}
        </button>
        <button
          type="button"
          class="button"
          aria-pressed={trail.dataEvents}
          onClick={() => onAct({ do: 'PutEventSelectors', dataEvents: !trail.dataEvents })}
        >
          PutEventSelectors · {t(trail.dataEvents ? 'desk.without-data' : 'desk.with-data')}
        </button>
        <button type="button" class="button" onClick={() => model.open({ kind: 'logbook' })}>
          {t('desk.look-up')}
        </button>
      </div>
      <p class="desk-note">{t('desk.selectors')}</p>
    </>
  )
}
