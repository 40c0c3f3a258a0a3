import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { CityScape } from './city-scape.tsx'
import { go } from './navigation.ts'

interface WaitingProps {
  readonly text: string
  /** Nothing more will come: offers the way back. */
  readonly isOver?: boolean
  readonly children?: ComponentChildren
}

/** Most waits are shorter, and a slow machine has better things to do than to paint a city that is gone at once. */
const SCENERY_AFTER_MS = 3000

/** A calm page while something is being opened, or after it could not be. */
export function Waiting({ text, isOver = false, children }: WaitingProps) {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SCENERY_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
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
      {(isOver || isLong) && <CityScape />}
    </main>
  )
}
