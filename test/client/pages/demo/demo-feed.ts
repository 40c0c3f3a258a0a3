import { signal } from '@preact/signals'

import type { RoomFeed } from '../../../../client/net/doors.ts'
import type { LinkState } from '../../../../client/net/feed.ts'
import type { CityMap } from '../../../../shared/model/city-map.ts'
import type { Role, SeatLine, SeatView } from '../../../../shared/protocol/view.ts'
import { demoCard, DEMO_NEWS } from './demo-card.ts'
import { DEMO_CHAIN, demoPost, demoQuestion, demoView, momentAt } from './demo-view.ts'

const OK = Promise.resolve({ ok: true, value: null } as const)

const road = (id: string, kind: 'expressway' | 'avenue' | 'street', points: readonly (readonly [number, number])[]) => ({
  id, class: kind, centreLine: points.map(([x, y]) => ({ x, y })),
}) // prettier-ignore

/** As much of a map as the minimap looks at. */
const DEMO_MAP = {
  id: 'demo',
  width: 1060,
  height: 900,
  roads: [
    road('ring', 'expressway', [[100, 100], [900, 80], [980, 500], [520, 820], [80, 560], [100, 100]]),
    road('avenue', 'avenue', [[500, 60], [500, 860]]),
    road('street', 'street', [[60, 400], [560, 400], [1000, 380]]),
    road('quay', 'street', [[300, 90], [330, 700]]),
  ],
  junctions: [{ outline: [{ x: 490, y: 390 }, { x: 510, y: 390 }, { x: 510, y: 410 }, { x: 490, y: 410 }] }],
  cameras: [{ id: 'A7-N', x: 500, y: 300, heading: 0 }, { id: 'QUAI-1', x: 420, y: 400, heading: 0 }],
  stations: [{ id: 'garage', kind: 'garage', x: 330, y: 650 }, { id: 'command', kind: 'command', x: 520, y: 560 }],
  lanes: { count: 0, pointStart: [0], pointX: [], pointY: [], predecessorStart: [0], successorStart: [0] },
  scenery: {
    parks: [[{ x: 340, y: 410 }, { x: 480, y: 410 }, { x: 480, y: 520 }, { x: 340, y: 520 }]],
    water: [[{ x: 520, y: 460 }, { x: 760, y: 480 }, { x: 740, y: 760 }, { x: 520, y: 640 }]],
  },
} as unknown as CityMap // prettier-ignore

/** A feed that tells what was asked of it and can be changed by hand. */
export type DemoFeed = RoomFeed & {
  readonly calls: readonly string[]
  show(part: Partial<SeatView>): void
  tie(link: LinkState): void
}

export function openDemoFeed(role: Role): DemoFeed {
  const calls: string[] = []
  const view = signal<SeatView>(demoView(role))
  const link = signal<LinkState>(role === 'driver' ? 'websocket' : 'polling')
  const own = {
    id: 1,
    kind: 'sport',
    colour: 1,
    x: 470,
    y: 380,
    heading: -0.6,
    speed: 34.5,
    flags: 8,
    alpha: 1,
  } as const
  const say = (call: string) => {
    calls.push(call)
    return OK
  }
  const show = (part: Partial<SeatView>) => void (view.value = { ...view.value, ...part })
  const change = (part: Partial<SeatView['room']>) => {
    show({ room: { ...view.value.room, ...part } })
    return OK
  }
  return {
    calls,
    show,
    tie: (next) => void (link.value = next),
    seatToken: 'token-of-the-demonstration',
    map: DEMO_MAP,
    view: () => view.value,
    onView: (listener) => view.subscribe(listener),
    onLink: (listener) => link.subscribe(listener),
    sample: () => ({
      own: role === 'driver' ? { ...own } : null,
      cars: [{ ...own, id: 7, kind: 'police', x: 540, y: 420 }],
      tick: 1000,
      ...momentAt(50),
      digest: [
        { kind: 'police', isSeat: false, x: 560, y: 400 },
        { kind: 'inspector', isSeat: false, x: 500, y: 500 },
        { kind: 'response', isSeat: false, x: 380, y: 300 },
      ],
    }),
    drive: ({ throttle, steering }) => {
      if (throttle !== 0 || steering !== 0) calls.push(`drive ${Math.sign(throttle)} ${Math.sign(steering)}`)
    },
    unstick: () => say('unstick'),
    horn: () => say('horn'),
    switchPart: (part, on) => say(`switch ${part} ${on}`),
    assist: (assists) => say(`assist ${JSON.stringify(assists)}`),
    why: (id) => {
      calls.push(`why ${id}`)
      return Promise.resolve(
        id === '0/0'
          ? { ok: false, refusal: { code: 'unknown-id', field: 'why.id' } }
          : { ok: true, value: DEMO_CHAIN },
      )
    },
    question: (goal) => Promise.resolve({ ok: true, value: demoQuestion(goal !== 'read-the-camera') }),
    study: (act) => {
      if (act.do === 'post') show(demoPost(view.value, act.post))
      return say(`study ${JSON.stringify(act)}`)
    },
    operate: (act) => say(`operate ${JSON.stringify(act)}`),
    tryPattern: () => Promise.resolve({ ok: true, value: { error: null, tested: 12, matched: [] } }),
    describe: (ref) => {
      calls.push(`describe ${ref.kind} ${ref.id}`)
      return Promise.resolve(
        ref.id === 'NONE'
          ? { ok: false, refusal: { code: 'unknown-id', field: 'describe' } }
          : { ok: true, value: demoCard(ref) },
      )
    },
    xray: () => {
      calls.push('xray')
      return Promise.resolve({ ok: true, value: DEMO_NEWS })
    },
    ready: (ready) => {
      const { seatId, room } = view.value
      calls.push(`ready ${ready}`)
      return Promise.resolve(
        change({ seats: room.seats.map((seat) => (seat.seatId === seatId ? { ...seat, ready } : seat)) }),
      )
    },
    accommodate: (seatId, help) => {
      const { seats } = view.value.room
      calls.push(`accommodate ${seatId} ${JSON.stringify(help)}`)
      const give = ({ help: _before, ...seat }: SeatLine) => (help ? { ...seat, help } : seat)
      return Promise.resolve(change({ seats: seats.map((seat) => (seat.seatId === seatId ? give(seat) : seat)) }))
    },
    pause: (paused) => change({ paused }),
    end: () => change({ ended: true }),
    close: () => calls.push('close'),
  }
}
