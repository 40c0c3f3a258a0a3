import { t } from '../i18n/i18n.ts'
import type { Moment } from '../../shared/protocol/view.ts'
import { formatPlay, formatService } from '../view/clocks.ts'

/** A moment on both clocks, never on one alone. */
export function BothClocks({ at }: { readonly at: Moment }) {
  return (
    <span class="moment">
      <span class="moment-play">
        <abbr title={t('clock.play.long')}>{t('clock.play')}</abbr> {formatPlay(at.playMs)}
      </span>
      <span class="moment-service">
        <abbr title={t('clock.service.long')}>AWS</abbr> {formatService(at.serviceMs)}
      </span>
    </span>
  )
}
