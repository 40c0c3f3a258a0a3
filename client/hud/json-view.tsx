import { useState } from 'preact/hooks'

import type { JsonObject } from '../../shared/json.ts'
import { t } from '../i18n/i18n.ts'
import { Sign } from './icons.tsx'

/** JSON as AWS shows it, with a button that copies it. */
export function JsonView({ value }: { readonly value: JsonObject }) {
  const text = JSON.stringify(value, null, 2)
  const [outcome, setOutcome] = useState<'idle' | 'done' | 'failed'>('idle')
  return (
    <div class="json">
      <button
        type="button"
        class="button button-small"
        onClick={() => void copy(text).then((isDone) => setOutcome(isDone ? 'done' : 'failed'))}
      >
        <Sign name="copy" size={16} /> {t('json.copy')}
      </button>
      <span class="json-said" role="status">
        {outcome === 'done' && t('json.copied')}
        {outcome === 'failed' && t('json.not-copied')}
      </span>
      <pre tabIndex={0} aria-label={t('json.label')}>
        <code>{text}</code>
      </pre>
    </div>
  )
}

/** The clipboard is missing on plain HTTP: the text can then be selected by hand. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
