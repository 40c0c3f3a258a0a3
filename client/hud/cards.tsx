import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import type { Bindings } from '../view/bindings.ts'
import { language, t } from '../i18n/i18n.ts'
import { keyLabel } from '../input/key-labels.ts'
import { cardMs, nextCard, toCatchUp, type CardId } from '../view/first-minute.ts'
import { agentOf } from '../view/agents.ts'
import type { Speaker } from '../../shared/protocol/view.ts'
import { AgentIcon, Sign } from './icons.tsx'
import { layout } from './keyboard-layout.ts'
import type { HudModel } from './model.ts'
import { settings } from './preferences.ts'
import { readAloud } from './read-aloud.ts'

interface CardsProps {
  readonly model: HudModel
  readonly greeting?: ComponentChildren
}

/** One card at a time, one line, gone by itself: what just happened, and its name at AWS. */
export function Cards({ model, greeting }: CardsProps) {
  const [seen, setSeen] = useState<ReadonlySet<CardId>>(new Set())
  const [cityWas] = useState(() => model.clocks.value.play as number)
  const came = model.clocks.value.play - cityWas
  const isGreeting = Boolean(greeting) && model.name.value === null
  const hasDriven = useHasDriven(model)
  const card = isGreeting ? null : nextCard(model.view.value, { came, cityWas, hasDriven }, seen)
  const id = card?.id ?? null
  const dismiss = () => id && setSeen((before) => new Set([...before, id]))

  useEffect(() => {
    if (id === null) return
    if (settings.value.readAloud) readAloud(cardText(id, model), language.value)
    const timer = setTimeout(dismiss, cardMs(id))
    return () => clearTimeout(timer)
  }, [id])

  return (
    <div class="cards" role="status">
      {isGreeting && greeting}
      {card && (
        <div class={`card agent-${speakerOf(card.id) ?? 'street'}`} key={card.id}>
          <CardFace id={card.id} model={model} />
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

/** Metres per second above which a car is driven. */
const DRIVEN = 2

/** Whether the own car has ever moved; once it has, nobody looks any more. */
function useHasDriven(model: HudModel): boolean {
  const [hasDriven, setDriven] = useState(false)
  useEffect(() => {
    const stop = model.street.subscribe(({ own }) => Math.abs(own?.speed ?? 0) > DRIVEN && setDriven(true))
    return hasDriven ? stop() : stop
  }, [model, hasDriven])
  return hasDriven
}

function CardFace({ id, model }: { readonly id: CardId; readonly model: HudModel }) {
  const speaker = speakerOf(id)
  const awsName = speaker && agentOf(speaker).awsName
  return (
    <>
      {speaker && <AgentIcon speaker={speaker} size={32} />}
      <p>
        {id === 'steer' || id === 'go' ? <SteerText id={id} /> : cardText(id, model)}
        {awsName && <span class="aws-name"> {awsName}</span>}
      </p>
    </>
  )
}

/** The keys as they look on this keyboard. */
function SteerText({ id }: { readonly id: 'steer' | 'go' }) {
  if (isThumbed()) return <>{t(`card.${id}-by-thumb`)}</>
  const [before, after] = t(`card.${id}`, { keys: BLANK }).split(BLANK)
  return (
    <>
      {before}
      <span class="caps">
        {steerKeys(settings.value.bindings).map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </span>
      {after}
    </>
  )
}

/** Stands in the text where the keys will be drawn. */
const BLANK = '\u25ab'

const isThumbed = () => matchMedia('(pointer: coarse)').matches

function speakerOf(id: CardId): Speaker | null {
  if (id === 'steer' || id === 'go' || id === 'catch-up' || id === 'your-turn') return null
  if (id === 'bot-flash') return 'watch'
  return id.slice('first-'.length) as Speaker
}

function cardText(id: CardId, model: HudModel): string {
  if ((id === 'steer' || id === 'go') && isThumbed()) return t(`card.${id}-by-thumb`)
  return id === 'catch-up'
    ? catchUpText(model)
    : t(`card.${id}`, { keys: steerKeys(settings.value.bindings).join(' ') })
}

/** What happened so far, then where to go: two short sentences. */
function catchUpText(model: HudModel): string {
  const { minutes, drivers, fines, metres } = toCatchUp(
    model.view.value,
    model.clocks.value.play,
    model.street.value.own,
  )
  const soFar = t('card.catch-up', { minutes, drivers, fines })
  return metres === null ? soFar : `${soFar} ${t('card.catch-up.goal', { metres })}`
}

const steerKeys = (bindings: Bindings): readonly string[] =>
  [bindings.accelerate, bindings.left, bindings.brake, bindings.right].map((code) =>
    keyLabel(code, layout.value, language.value),
  )
