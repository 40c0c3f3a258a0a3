import { useEffect, useRef, useState } from 'preact/hooks'

import type { Reply } from '../../shared/protocol/messages.ts'
import type { Chain, ChainLink } from '../../shared/protocol/view.ts'
import { say, t } from '../i18n/i18n.ts'
import { agentOf } from '../view/agents.ts'
import { stepAfterKey, toSteps, type Step } from '../view/chain-walk.ts'
import { AgentIcon, Sign } from './icons.tsx'
import type { HudModel } from './model.ts'
import { BothClocks } from './moment.tsx'
import { JsonView } from './json-view.tsx'
import { Note } from './parts.tsx'

/** "Why?": the walk from the instant on the road to the consequence that was tapped, and what it led to. */
export function WhyPanel({ model, id }: { readonly model: HudModel; readonly id: string }) {
  const [reply, setReply] = useState<Reply<Chain> | null>(null)
  useEffect(() => {
    let isCurrent = true
    setReply(null)
    void model.feed.why(id).then((answer) => isCurrent && setReply(answer))
    return () => {
      isCurrent = false
    }
  }, [id, model])

  if (reply === null) return <Note>{t('why.loading')}</Note>
  if (!reply.ok) return <Note>{t(`refusal.${reply.refusal.code}`)}</Note>
  return <Walk key={id} id={id} chain={reply.value} model={model} />
}

interface WalkProps {
  readonly id: string
  readonly chain: Chain
  readonly model: HudModel
}

function Walk({ id, chain, model }: WalkProps) {
  const steps = toSteps(chain)
  const [current, setCurrent] = useState(0)
  const list = useRef<HTMLOListElement>(null)
  const isAtEnd = current === steps.length - 1
  useEffect(() => {
    if (isAtEnd && model.view.value.study !== null) void model.feed.study({ do: 'walk', id })
  }, [isAtEnd, id, model])

  function go(next: number): void {
    setCurrent(next)
    list.current?.querySelectorAll<HTMLElement>('.step-head')[next]?.focus()
  }

  return (
    <>
      <p class="why-lead">{t('why.lead', { count: steps.length })}</p>
      <ol
        ref={list}
        class="walk"
        onKeyDown={(event) => {
          if (!(event.target instanceof Element && event.target.matches('.step-head'))) return
          const next = stepAfterKey(event.key, current, steps.length)
          if (next === current) return
          event.preventDefault()
          go(next)
        }}
      >
        {steps.map((step, i) => (
          <WalkStep key={step.link.id} step={step} isCurrent={i === current} onPick={() => setCurrent(i)} />
        ))}
      </ol>
      <nav class="walk-nav" aria-label={t('why.steps')}>
        <button type="button" class="button" disabled={current === 0} onClick={() => go(current - 1)}>
          <Sign name="back" size={18} /> {t('why.previous')}
        </button>
        <span>{t('why.position', { at: current + 1, of: steps.length })}</span>
        <button type="button" class="button" disabled={isAtEnd} onClick={() => go(current + 1)}>
          {t('why.next')} <Sign name="next" size={18} />
        </button>
      </nav>
      {isAtEnd && <Waiting model={model} />}
      {chain.after.length > 0 && (
        <After links={chain.after} onFollow={(next) => model.open({ kind: 'why', id: next })} />
      )}
    </>
  )
}

/** Whoever has walked a chain to its end may be asked about it. */
function Waiting({ model }: { readonly model: HudModel }) {
  const asking = model.view.value.study?.goals.filter(({ state }) => state === 'asking') ?? []
  return (
    <div role="status">
      {asking.length > 0 && (
        <p class="why-question">
          {t('why.question', { count: asking.length })}
          <button type="button" class="button button-small" onClick={() => model.open({ kind: 'goals' })}>
            <Sign name="lamp" size={18} /> {t('goals.ask')}
          </button>
        </p>
      )}
    </div>
  )
}

interface WalkStepProps {
  readonly step: Step
  readonly isCurrent: boolean
  readonly onPick: () => void
}

function WalkStep({ step: { link, gap }, isCurrent, onPick }: WalkStepProps) {
  const { awsName } = agentOf(link.speaker)
  return (
    <li class={`step agent-${link.speaker} ${isCurrent ? 'step-current' : ''}`}>
      {gap && <span class="step-gap">{gap.service === 0 ? t('why.at-once') : t('why.gap', { ...gap })}</span>}
      <button type="button" class="step-head" aria-current={isCurrent ? 'step' : undefined} onClick={onPick}>
        <AgentIcon speaker={link.speaker} size={36} />
        <span class="step-text">
          <span class="step-speaker">
            {t(`agent.${link.speaker}`)}
            {awsName !== null && <span class="aws-name"> {awsName}</span>}
          </span>
          <span class="step-sentence">{say(link.text)}</span>
          <BothClocks at={link.at} />
        </span>
      </button>
      <details class="step-json">
        <summary>
          <code>{link.name}</code> {t('why.json')}
        </summary>
        <JsonView value={link.json} />
      </details>
    </li>
  )
}

function After({ links, onFollow }: { readonly links: readonly ChainLink[]; readonly onFollow: (id: string) => void }) {
  return (
    <section class="after">
      <h3>{t('why.after')}</h3>
      <ul>
        {links.map((link) => (
          <li key={link.id}>
            <button type="button" class={`feed-line agent-${link.speaker}`} onClick={() => onFollow(link.id)}>
              <AgentIcon speaker={link.speaker} />
              <span class="feed-text">
                <span>{say(link.text)}</span>
                <BothClocks at={link.at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
