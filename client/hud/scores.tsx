import type { ScoreView } from '../../shared/protocol/study.ts'
import { t } from '../i18n/i18n.ts'
import { Sign } from './icons.tsx'
import type { HudModel } from './model.ts'

/** The two scores over the street: side by side, never added up. They lead to the goals. */
export function Scores({ model }: { readonly model: HudModel }) {
  const score = model.view.value.study?.score
  if (!score) return null
  return (
    <button type="button" class="scores" onClick={() => model.open({ kind: 'goals' })}>
      <span class="score score-driving">
        <Sign name="wheel" size={18} />
        {t('score.driving')} <strong>{score.driving}</strong>
      </span>
      <span class="score score-knowledge">
        <Sign name="lamp" size={18} />
        {t('score.knowledge')} <strong>{score.knowledge}</strong>
      </span>
    </button>
  )
}

/** The two scores in full, with what each is made of. */
export function ScoreSheet({ score }: { readonly score: ScoreView }) {
  const { driving, perMinute, knowledge, mostKnowledge } = score
  return (
    <section class="score-sheet" aria-label={t('score.title')}>
      <dl>
        <div class="score score-driving">
          <dt>
            <Sign name="wheel" /> {t('score.driving')}
          </dt>
          <dd>{driving}</dd>
          <dd class="score-more">{t('score.per-minute', { points: perMinute })}</dd>
        </div>
        <div class="score score-knowledge">
          <dt>
            <Sign name="lamp" /> {t('score.knowledge')}
          </dt>
          <dd>{knowledge}</dd>
          <dd class="score-more">{t('score.of', { points: knowledge, most: mostKnowledge })}</dd>
        </div>
      </dl>
      <details>
        <summary>{t('score.apart')}</summary>
        <p>{t('score.driving.how')}</p>
        <p>{t('score.knowledge.how')}</p>
      </details>
    </section>
  )
}
