import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import { Note } from './parts.tsx'

/** A part of the page whose code is fetched when it is first shown. Without a network it says so, and the rest goes on. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null
  return function Lazy(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | null>(() => loaded)
    const [hasFailed, setFailed] = useState(false)
    useEffect(() => {
      if (loaded) return
      load().then(
        (part) => {
          loaded = part
          setPart(() => part)
        },
        () => setFailed(true),
      )
    }, [])
    if (Part) return <Part {...props} />
    return <Note>{t(hasFailed ? 'panel.failed' : 'panel.loading')}</Note>
  }
}
