import { effect, signal, type Signal } from '@preact/signals'

import type { RefusalCode } from '../../shared/protocol/messages.ts'
import type { SeatView } from '../../shared/protocol/view.ts'
import type { ThingRef, XrayNews } from '../../shared/protocol/xray.ts'
import type { PlayMs, ServiceMs } from '../../shared/units.ts'
import { playMs, serviceMs } from '../../shared/units.ts'
import type { Caption } from '../net/doors.ts'
import type { CityFeed, LinkState, StreetSample } from '../net/feed.ts'

export type Panel =
  | { readonly kind: 'mailbox' | 'logbook' | 'feed' | 'settings' | 'goals' | 'post' | 'nearby' | 'class' }
  | { readonly kind: 'why'; readonly id: string }
  | { readonly kind: 'thing'; readonly thing: ThingRef }

/** Everything the panels show, as signals: a panel is drawn again when, and only when, what it reads has changed. */
export interface HudModel {
  readonly feed: CityFeed
  readonly view: Signal<SeatView>
  readonly link: Signal<LinkState>
  /** A few times a second, for the dials. */
  readonly street: Signal<StreetSample>
  /** Half as often, for the minimap, by turns with the clocks: all of them painted at once would take longer than a frame. */
  readonly around: Signal<StreetSample>
  readonly clocks: Signal<{ readonly play: PlayMs; readonly service: ServiceMs }>
  /** The panels that were opened one from another; the last is shown. */
  readonly panels: Signal<readonly Panel[]>
  readonly readMail: Signal<ReadonlySet<string>>
  readonly xray: Signal<boolean>
  /** What the things carry in the X-ray, as it was told last. */
  readonly carried: Signal<XrayNews | null>
  /** The driver reads, and the car drives itself. */
  readonly isLent: Signal<boolean>
  readonly caption: Signal<Caption | null>
  /** What the driver is called on the road, once that is known; in a room the seat's name. */
  readonly name: Signal<string | null>
  /** The code of the last refusal, until it is dismissed. */
  readonly refused: Signal<RefusalCode | null>
  open(panel: Panel): void
  back(): void
  closeAll(): void
  /** Reads the street; the caller owns the screen's clock. */
  look(nowMs: number): void
  close(): void
}

export function openHudModel(feed: CityFeed, nowMs: number): HudModel {
  const first = feed.sample(nowMs)
  const view = signal(feed.view())
  const link = signal<LinkState>('websocket')
  const street = signal(first)
  const around = signal(first)
  const clocks = signal({ play: playMs(first.playMs), service: serviceMs(first.serviceMs) })
  const panels = signal<readonly Panel[]>([])
  const readMail = signal<ReadonlySet<string>>(new Set())
  let looks = 0

  const stops = [
    feed.onView((next) => (view.value = next)),
    feed.onLink((next) => (link.value = next)),
    effect(() => {
      const isReading = panels.value.at(-1)?.kind === 'mailbox'
      if (isReading) readMail.value = new Set(view.value.inbox.map((entry) => entry.id))
    }),
  ]

  return {
    feed, view, link, street, around, clocks, panels, readMail,
    xray: signal(false),
    carried: signal<XrayNews | null>(null),
    isLent: signal(false),
    caption: signal<Caption | null>(null),
    name: signal(nameOf(feed.view())),
    refused: signal<RefusalCode | null>(null),
    open: (panel) => void (panels.value = [...panels.value, panel]),
    back: () => void (panels.value = panels.value.slice(0, -1)),
    closeAll: () => void (panels.value = []),
    look(atMs) {
      const sample = feed.sample(atMs)
      street.value = { ...sample }
      looks += 1
      if (looks % 2 === 0) around.value = street.value
      else clocks.value = { play: playMs(sample.playMs), service: serviceMs(sample.serviceMs) }
    },
    close: () => stops.forEach((stop) => stop()),
  } // prettier-ignore
}

const nameOf = ({ room, seatId }: SeatView): string | null =>
  room.seats.find((seat) => seat.seatId === seatId)?.name ?? null
