import type { ComponentChildren } from 'preact'

import { t } from '../i18n/i18n.ts'
import { CityScape } from './city-scape.tsx'
import { go } from './navigation.ts'

interface WaitingProps {
  readonly text: string
  /** Nothing more will come: offers the way back. */
  readonly isOver?: boolean
  readonly children?: ComponentChildren
}

/** A calm page while something is being opened, or after it could not be. */
export function Waiting({ text, isOver = false, children }: WaitingProps) {
  return (
    <main class="waiting">
      <div class="waiting-body">
        <h1 class="wordmark">Nuageville</h1>
        <p role="status">{text}</p>
        {!isOver && <div class="waiting-road" aria-hidden="true" />}
        {children}
        {isOver && (
          <button type="button" class="button" onClick={() => go({ page: 'landing', code: '' })}>
            {t('play.home')}
          </button>
        )}
      </div>
      <CityScape />
    </main>
  )
}
