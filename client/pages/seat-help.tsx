import type { Assists } from '../../shared/model/command.ts'
import type { SeatLine } from '../../shared/protocol/view.ts'
import { AssistFields } from '../hud/assist-fields.tsx'
import { PanelFrame } from '../hud/panel.tsx'
import { Note } from '../hud/parts.tsx'
import { t } from '../i18n/i18n.ts'
import { isHelp, NO_HELP } from '../view/help.ts'

interface SeatHelpProps {
  readonly seat: SeatLine
  readonly onGive: (help: Assists | null) => void
  readonly onClose: () => void
}

/** What a teacher makes easier for one driver: at once, for as long as the seat lasts, seen by nobody else. */
export const SeatHelp = ({ seat, onGive, onClose }: SeatHelpProps) => (
  <PanelFrame kind="help" title={t('help.title', { name: seat.name })} onClose={onClose}>
    <Note>{t('help.text')}</Note>
    <form class="settings" onSubmit={(event) => event.preventDefault()}>
      <fieldset class="settings-group">
        <legend>{t('settings.assists')}</legend>
        <AssistFields assists={seat.help ?? NO_HELP} onPick={(assists) => onGive(isHelp(assists) ? assists : null)} />
      </fieldset>
    </form>
  </PanelFrame>
)
