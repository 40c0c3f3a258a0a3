import { useState } from 'preact/hooks'

import { say, t } from '../i18n/i18n.ts'
import { carriedBy } from '../view/carried.ts'
import { thingsNear, thingsOf, type NearThing, type StreetThing } from '../view/street-things.ts'
import type { XrayNews } from '../../shared/protocol/xray.ts'
import { AgentIcon, Sign } from './icons.tsx'
import type { HudModel } from './model.ts'
import { Note } from './parts.tsx'
import { StateMark } from './state-mark.tsx'

const MOST = 16
const SERVICES = ['command', 'police', 'inspection', 'response', 'garage'] as const

/** The X-ray without the picture: the five services, then what is around the car, the nearest first. */
export function NearbyPanel({ model }: { readonly model: HudModel }) {
  // The list keeps its order while it is read: nobody's focus is to jump with the traffic.
  const [near, setNear] = useState(() => lookAround(model))
  const news = model.carried.value
  const stations = thingsOf({ map: model.feed.map, own: null, plate: null, cars: [] })
  const services = SERVICES.flatMap((kind) => stations.find(({ what }) => what === `station.${kind}`) ?? [])
  const { car } = model.view.value
  return (
    <>
      <h3>{t('nearby.services')}</h3>
      <ul class="things">
        {services.map((thing) => (
          <ThingLine key={thing.ref.id} thing={thing} news={news} model={model} />
        ))}
      </ul>
      <div class="nearby-head">
        <h3>{t('nearby.around')}</h3>
        <button type="button" class="button button-small" onClick={() => setNear(lookAround(model))}>
          <Sign name="unstick" size={18} /> {t('nearby.again')}
        </button>
      </div>
      {near.length === 0 && <Note>{t('nearby.empty')}</Note>}
      <ul class="things">
        {car && (
          <li>
            <button
              type="button"
              class="thing-line agent-street"
              onClick={() => model.open({ kind: 'thing', thing: { kind: 'vehicle', id: car.plate } })}
            >
              <AgentIcon speaker="street" />
              <span class="thing-line-text">
                <strong>{t('thing.what.own')}</strong> <span class="plate">{car.plate}</span>
              </span>
            </button>
          </li>
        )}
        {near.map(({ thing, metres, side }) => (
          <ThingLine
            key={`${thing.ref.kind} ${thing.ref.id}`}
            thing={thing}
            where={t('nearby.where', { metres, side: t(`nearby.side.${side}`) })}
            news={news}
            model={model}
          />
        ))}
      </ul>
    </>
  )
}

function lookAround({ feed, street, view }: HudModel): readonly NearThing[] {
  const { own, cars } = street.peek()
  if (!own) return []
  return thingsNear(thingsOf({ map: feed.map, own, cars, plate: view.peek().car?.plate ?? null }), own, MOST)
}

interface ThingLineProps {
  readonly thing: StreetThing
  readonly where?: string
  readonly news: XrayNews | null
  readonly model: HudModel
}

function ThingLine({ thing, where, news, model }: ThingLineProps) {
  return (
    <li>
      <button
        type="button"
        class={`thing-line agent-${thing.speaker}`}
        onClick={() => model.open({ kind: 'thing', thing: thing.ref })}
      >
        <AgentIcon speaker={thing.speaker} />
        <span class="thing-line-text">
          <span>
            <strong>{t(`thing.what.${thing.what}`)}</strong> {thing.what === 'camera' && thing.name}
            {thing.awsName !== null && <span class="aws-name"> {thing.awsName}</span>}
          </span>
          {where !== undefined && <span class="thing-where">{where}</span>}
          <Carried thing={thing} news={news} />
        </span>
      </button>
    </li>
  )
}

/** What the thing carries in the X-ray. */
function Carried({ thing: { ref }, news }: { readonly thing: StreetThing; readonly news: XrayNews | null }) {
  if (ref.kind === 'camera') {
    const state = news?.cameras.find(({ id }) => id === ref.id)?.state
    return state ? <StateMark state={state} /> : null
  }
  const agent = ref.kind === 'car' ? news?.agents.find(({ car }) => String(car) === ref.id) : undefined
  return agent ? <span class="thing-carried">{say(carriedBy(agent))}</span> : null
}
