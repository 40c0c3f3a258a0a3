import { useState } from 'preact/hooks'

import type { GoalLine, GoalState } from '../../shared/protocol/study.ts'
import type { Reply } from '../../shared/protocol/messages.ts'
import { say, t } from '../i18n/i18n.ts'
import { Sign, type SignName } from './icons.tsx'
import type { HudModel } from './model.ts'
import { Note } from './parts.tsx'
import { QuestionCard } from './question.tsx'
import { ScoreSheet } from './scores.tsx'

/** What there is to find out: each goal with its hints, its question, and a way to call for help. */
export function GoalsPanel({ model }: { readonly model: HudModel }) {
  const study = model.view.value.study
  if (!study) return null
  const act = (asked: Promise<Reply>) =>
    void asked.then((reply) => (model.refused.value = reply.ok ? null : reply.refusal.code))
  return (
    <>
      <ScoreSheet score={study.score} />
      <p>
        <button type="button" class="button button-small" onClick={() => model.open({ kind: 'post' })}>
          <Sign name="post" size={18} /> {t('post.swap')}
        </button>
      </p>
      <Note>{t('goals.hints.free')}</Note>
      <ol class="goals">
        {study.goals.map((goal) => (
          <li key={goal.id} class={`goal goal-${goal.state}`}>
            <Goal
              goal={goal}
              model={model}
              isStuck={study.stuck === goal.id}
              onHint={() => act(model.feed.study({ do: 'hint', goal: goal.id }))}
              onStuck={(isStuck) => act(model.feed.study({ do: 'stuck', goal: isStuck ? goal.id : null }))}
            />
          </li>
        ))}
      </ol>
    </>
  )
}

const MARKS: Readonly<Record<GoalState, SignName>> = {
  open: 'next',
  asking: 'lamp',
  right: 'good',
  wrong: 'book',
  done: 'good',
}

interface GoalProps {
  readonly goal: GoalLine
  readonly model: HudModel
  readonly isStuck: boolean
  readonly onHint: () => void
  readonly onStuck: (isStuck: boolean) => void
}

function Goal({ goal, model, isStuck, onHint, onStuck }: GoalProps) {
  const isOpen = goal.state === 'open'
  return (
    <>
      <h3 class="goal-head">
        <Sign name={MARKS[goal.state]} size={20} />
        <span>{say({ key: goal.text, params: {} })}</span>
        <span class="tag">{t(`goals.state.${goal.state}`)}</span>
      </h3>
      {isOpen && <Hints hints={goal.hints} onHint={onHint} />}
      {isOpen && <Stuck model={model} isStuck={isStuck} onStuck={onStuck} />}
      {(goal.state === 'asking' || goal.state === 'right' || goal.state === 'wrong') && (
        <Asked goal={goal} model={model} />
      )}
    </>
  )
}

const MOST_HINTS = 3

/** A nudge, a pointer, a worked step: one at a time, as often as asked. */
function Hints({ hints, onHint }: { readonly hints: readonly string[]; readonly onHint: () => void }) {
  return (
    <div class="hints">
      <ol aria-live="polite">
        {hints.map((key) => (
          <li key={key}>{say({ key, params: {} })}</li>
        ))}
      </ol>
      {hints.length < MOST_HINTS ? (
        <button type="button" class="button button-small" onClick={onHint}>
          <Sign name="lamp" size={18} />{' '}
          {hints.length === 0 ? t('goals.hint') : t('goals.hint.next', { taken: hints.length })}
        </button>
      ) : (
        <Note>{t('goals.hint.none')}</Note>
      )}
    </div>
  )
}

/** In a class the teacher is told; alone there is nobody to tell. */
function Stuck({ model, isStuck, onStuck }: Pick<GoalProps, 'model' | 'isStuck' | 'onStuck'>) {
  if (model.link.value === 'solo') return null
  return (
    <p class="stuck">
      <button type="button" class="button button-small" aria-pressed={isStuck} onClick={() => onStuck(!isStuck)}>
        <Sign name="hand" size={18} /> {t(isStuck ? 'goals.stuck.off' : 'goals.stuck')}
      </button>
      <span role="status">{isStuck && t('goals.stuck.told')}</span>
    </p>
  )
}

/** The question behind a button, so that a list of goals stays a list. */
function Asked({ goal, model }: Pick<GoalProps, 'goal' | 'model'>) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="button button-small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Sign name="lamp" size={18} /> {t('goals.ask')}
      </button>
      {isOpen && <QuestionCard key={goal.state} goal={goal.id} model={model} />}
    </>
  )
}
