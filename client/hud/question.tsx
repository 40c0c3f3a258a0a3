import { useEffect, useId, useState } from 'preact/hooks'

import type { Reply } from '../../shared/protocol/messages.ts'
import type { InBoth, QuestionView } from '../../shared/protocol/study.ts'
import { language, t } from '../i18n/i18n.ts'
import { Sign } from './icons.tsx'
import type { HudModel } from './model.ts'
import { Note } from './parts.tsx'

/** A text of the city's question bank, in the language being shown. */
const inLanguage = (text: InBoth): string => text[language.value]

interface QuestionProps {
  readonly goal: string
  readonly model: HudModel
}

/** One question, no clock. Once it is answered, every option says why it is right or wrong. */
export function QuestionCard({ goal, model }: QuestionProps) {
  const [reply, setReply] = useState<Reply<QuestionView> | null>(null)
  useEffect(() => {
    let isCurrent = true
    void model.feed.question(goal).then((answer) => isCurrent && setReply(answer))
    return () => {
      isCurrent = false
    }
  }, [goal, model])

  if (reply === null) return <Note>{t('why.loading')}</Note>
  if (!reply.ok) return <Note>{t(`refusal.${reply.refusal.code}`)}</Note>
  const question = reply.value
  const answer = (option: string) =>
    void model.feed.study({ do: 'answer', question: question.id, option }).then((said) => {
      model.refused.value = said.ok ? null : said.refusal.code
    })
  return question.verdict ? <Answered question={question} /> : <Open question={question} onAnswer={answer} />
}

function Open({ question, onAnswer }: { readonly question: QuestionView; readonly onAnswer: (id: string) => void }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const name = useId()
  return (
    <form
      class="question"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen !== null) onAnswer(chosen)
      }}
    >
      <fieldset>
        <legend>{inLanguage(question.text)}</legend>
        {question.options.map(({ id, text }) => (
          <label key={id} class="option">
            <input type="radio" name={name} checked={chosen === id} onChange={() => setChosen(id)} />
            <span>{inLanguage(text)}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button button-primary" disabled={chosen === null}>
        {t('goals.answer')}
      </button>
    </form>
  )
}

/** Feedback is shown, not offered: which was right, which was chosen, and why each. */
function Answered({ question: { text, options, verdict } }: { readonly question: QuestionView }) {
  if (!verdict) return null
  const isRight = verdict.chosen === verdict.right
  return (
    <div class="question">
      <p class="question-text">{inLanguage(text)}</p>
      <p class={`verdict verdict-${isRight ? 'right' : 'wrong'}`} role="status">
        <Sign name={isRight ? 'good' : 'bad'} size={20} /> {t(isRight ? 'goals.right' : 'goals.wrong')}
      </p>
      <ul class="options">
        {options.map((option) => (
          <li key={option.id} class={`option ${option.id === verdict.right ? 'option-right' : ''}`}>
            <strong>{inLanguage(option.text)}</strong>
            {option.id === verdict.right && <span class="tag">{t('goals.key')}</span>}
            {option.id === verdict.chosen && <span class="tag tag-own">{t('goals.yours')}</span>}
            <span class="option-because">
              {verdict.because[option.id] && inLanguage(verdict.because[option.id] ?? text)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
