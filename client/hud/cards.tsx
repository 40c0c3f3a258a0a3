import { useEffect, useState } from 'preact/hooks'

import type { Bindings } from '../view/bindings.ts'
import { language, t } from '../i18n/i18n.ts'
import { keyLabel } from '../input/key-labels.ts'
import { nextCard, type CardId } from '../view/first-minute.ts'
import { agentOf } from '../view/agents.ts'
import type { Speaker } from '../../shared/protocol/view.ts'
import { AgentIcon, Sign } from './icons.tsx'
import { layout } from './keyboard-layout.ts'
import type { HudModel } from './model.ts'
import { settings } from './preferences.ts'
import { readAloud } from './read-aloud.ts'

const CARD_MS = 9000

/** One card at a time, one line, gone by itself: what just happened, and its name at AWS. */
export function Cards({ model }: { readonly model: HudModel }) {
  const [seen, setSeen] = useState<ReadonlySet<CardId>>(new Set())
  const card = nextCard(model.view.value, model.clocks.value.play, seen)
  const id = card?.id ?? null
  const dismiss = () => id && setSeen((before) => new Set([...before, id]))

  useEffect(() => {
    if (id === null) return
    if (settings.value.readAloud) readAloud(cardText(id), language.value)
    const timer = setTimeout(dismiss, CARD_MS)
    return () => clearTimeout(timer)
  }, [id])

  return (
    <div class="cards" role="status">
      {card && (
        <div class={`card agent-${speakerOf(card.id) ?? 'street'}`} key={card.id}>
          <CardFace id={card.id} />
          {card.causeId !== null && (
            <button
              type="button"
              class="button button-primary button-small"
              onClick={() => {
                dismiss()
                if (card.causeId !== null) model.open({ kind: 'why', id: card.causeId })
              }}
            >
              {t('why.ask')}
            </button>
          )}
          <button type="button" class="icon-button" aria-label={t('card.dismiss')} onClick={dismiss}>
            <Sign name="close" size={18} />
          </button>
        </div>
      )}
    </div>
  )
}

function CardFace({ id }: { readonly id: CardId }) {
  const speaker = speakerOf(id)
  const awsName = speaker && agentOf(speaker).awsName
  return (
    <>
      {speaker && <AgentIcon speaker={speaker} size={32} />}
      <p>
        {cardText(id)}
        {awsName && <span class="aws-name"> {awsName}</span>}
      </p>
    </>
  )
}

function speakerOf(id: CardId): Speaker | null {
  if (id === 'steer' || id === 'your-turn') return null
  if (id === 'bot-flash') return 'watch'
  return id.slice('first-'.length) as Speaker
}

const cardText = (id: CardId) =>
  id === 'steer' && matchMedia('(pointer: coarse)').matches
    ? t('card.steer-by-thumb')
    : t(`card.${id}`, keyNames(settings.value.bindings))

const keyNames = (bindings: Bindings) => ({
  keys: [bindings.accelerate, bindings.left, bindings.brake, bindings.right]
    .map((code) => keyLabel(code, layout.value, language.value))
    .join(' '),
})
