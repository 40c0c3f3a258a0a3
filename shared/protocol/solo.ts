import type { Obstacles } from '../driving/collide.ts'
import type { TownSize } from '../content/map/town.ts'
import type { CityMap } from '../model/city-map.ts'
import type { CommandName, RefusalCode, Reply, Welcome } from './messages.ts'
import type { ViewPatch } from './view.ts'

/** What the page tells the worker in which a solo city runs. */
export type ToSolo =
  | {
      readonly kind: 'open'
      readonly scenarioId: string
      /** Generated in place of the scenario's map. */
      readonly town: TownSize | null
      readonly seed: number
    }
  /** The screen shows the city: its clocks may run. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'steer'; readonly inputs: Uint8Array }
  | { readonly kind: 'ask'; readonly id: number; readonly name: CommandName; readonly body: unknown }

/** What the worker tells the page: the same news as a server's room. */
export type FromSolo =
  | {
      readonly kind: 'welcome'
      readonly map: CityMap
      readonly obstacles: Obstacles
      /** Service time at tick 0. */
      readonly startsAtMs: number
      readonly welcome: Welcome
    }
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'patch'; readonly patch: ViewPatch }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply<unknown> }
  | { readonly kind: 'closed'; readonly reason: RefusalCode }
