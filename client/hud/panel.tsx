import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { Sign } from './icons.tsx'

interface PanelProps {
  readonly title: string
  readonly kind: string
  /** The car drives itself while its driver reads. */
  readonly isLent?: boolean
  /** Left out: the panel was not opened from another. */
  readonly onBack?: (() => void) | undefined
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A sheet over the street. The browser's own dialog keeps the focus inside, closes on Esc and gives the focus back. */
export function PanelFrame({ title, kind, isLent = false, onBack, onClose, children }: PanelProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])

  return (
    <dialog
      ref={dialog}
      class={`panel panel-${kind}`}
      aria-labelledby={`panel-${kind}-title`}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="panel-sheet">
        <header class="panel-head">
          {onBack && (
            <button type="button" class="icon-button" aria-label={t('panel.back')} onClick={onBack}>
              <Sign name="back" />
            </button>
          )}
          <h2 id={`panel-${kind}-title`}>{title}</h2>
          <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={onClose}>
            <Sign name="close" />
          </button>
        </header>
        {isLent && (
          <p class="panel-lent" role="status">
            {t('panel.lent')}
          </p>
        )}
        <div class="panel-body">{children}</div>
      </div>
    </dialog>
  )
}
