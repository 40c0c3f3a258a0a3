import { useState } from 'preact/hooks'

import { Sign } from '../hud/icons.tsx'
import { PanelFrame } from '../hud/panel.tsx'
import { SettingsPanel } from '../hud/settings-panel.tsx'
import { t } from '../i18n/i18n.ts'

/** Settings before anybody drives: who needs larger letters needs them to get in. */
export function SettingsButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="icon-button" aria-label={t('toolbar.settings')} onClick={() => setOpen(true)}>
        <Sign name="settings" />
      </button>
      {isOpen && (
        <PanelFrame kind="settings" title={t('panel.settings')} onClose={() => setOpen(false)}>
          <SettingsPanel />
        </PanelFrame>
      )}
    </>
  )
}
