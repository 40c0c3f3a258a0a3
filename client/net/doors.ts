import type { TownSize } from '../../shared/content/map/town.ts'
import type { Reply } from '../../shared/protocol/messages.ts'
import type { Role } from '../../shared/protocol/view.ts'
import type { ThingRef, XrayNews } from '../../shared/protocol/xray.ts'
import type { Settings } from '../view/settings.ts'
import type { CityFeed } from './feed.ts'

export interface JoinRequest {
  readonly room: string
  readonly role: Role
  readonly name?: string
  /** Takes the own seat back after a reload. */
  readonly seatToken?: string
  /** Takes the own seat back on another device; the teacher reads it out. */
  readonly seatCode?: string
  readonly hostKey?: string
}

export interface SoloRequest {
  readonly scenarioId: string
  /** Drawn when it is `null`. */
  readonly seed: number | null
  /** A generated town in place of the scenario's map. */
  readonly town: TownSize | null
}

/** A feed of a room; whoever keeps the token keeps the seat. */
export type RoomFeed = CityFeed & { readonly seatToken: string | null }

export interface OpenedRoom {
  readonly code: string
  readonly hostKey: string
}

/** What is heard, for those who do not hear it. */
export interface Caption {
  readonly key: string
  readonly params: Readonly<Record<string, string | number>>
}

export interface GameOptions {
  readonly settings: Settings
  /** The whole city from above, for the projector. */
  readonly overview: boolean
  readonly onCaption: (caption: Caption) => void
}

/** The picture of the street. */
export interface Game {
  apply(settings: Settings): void
  /** @param news what the things carry, as far as it has come */
  showXray(on: boolean, news: XrayNews | null): void
  /** What is drawn at a place of the picture, in CSS pixels from its top left corner; `null` where there is nothing. */
  thingAt(x: number, y: number): ThingRef | null
  close(): void
}

/**
 * What the pages need of the world outside them. `main.tsx` plugs in the real ones, each loaded when it is first needed;
 * tests and demonstrations plug in their own.
 */
export interface Doors {
  openSolo(request: SoloRequest): Promise<CityFeed>
  joinRoom(request: JoinRequest): Promise<Reply<RoomFeed>>
  createRoom(): Promise<Reply<OpenedRoom>>
  openGame(parent: HTMLElement, feed: CityFeed, options: GameOptions): Promise<Game>
}
