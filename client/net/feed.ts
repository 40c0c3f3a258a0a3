import type { Assists, DriveInput } from '../../shared/model/command.ts'
import type { CityMap } from '../../shared/model/city-map.ts'
import type { VehicleKind } from '../../shared/model/vehicle.ts'
import type { DigestEntry } from '../../shared/protocol/frame.ts'
import type { Reply } from '../../shared/protocol/messages.ts'
import type { DutyAct, PatternTrial } from '../../shared/protocol/duty.ts'
import type { QuestionView, StudyAct } from '../../shared/protocol/study.ts'
import type { Chain, SeatView } from '../../shared/protocol/view.ts'
import type { ThingCard, ThingRef, XrayNews } from '../../shared/protocol/xray.ts'

/** A car as it is to be drawn now. `flags` are `VEHICLE_FLAG`s; `alpha` falls below 1 while news of it is overdue. */
export interface DrawnCar {
  readonly id: number
  readonly kind: VehicleKind
  /** 0xRRGGBB. */
  readonly colour: number
  x: number
  y: number
  heading: number
  /** Metres per second, forwards. */
  speed: number
  flags: number
  alpha: number
}

/** The street at one instant of the screen's clock: the own car predicted, the others interpolated. */
export interface StreetSample {
  /** `null` for host and projector. */
  readonly own: DrawnCar | null
  readonly cars: readonly DrawnCar[]
  readonly tick: number
  /** Play and service time now, running on smoothly between the server's frames; they stand while paused. */
  readonly playMs: number
  readonly serviceMs: number
  /** Far vehicles for the minimap, a few times a second. */
  readonly digest: readonly DigestEntry[]
}

export type LinkState = 'websocket' | 'polling' | 'reconnecting' | 'closed' | 'solo'

/**
 * Everything a screen gets from the city, and all it can ask of it. The remote feed (Socket.IO) and the solo feed (the
 * engine in a worker) keep the same promises.
 */
export interface CityFeed {
  readonly map: CityMap
  /** The newest view; a new object whenever something changed. */
  view(): SeatView
  onView(listener: (view: SeatView) => void): () => void
  onLink(listener: (link: LinkState) => void): () => void
  /** @param nowMs the screen's clock, `performance.now()` */
  sample(nowMs: number): StreetSample
  /** What the driver's hands do now; may be called at every frame. */
  drive(input: DriveInput): void
  unstick(): Promise<Reply>
  horn(): Promise<Reply>
  switchPart(part: 'headlights' | 'seatBelt' | 'indicatorLeft' | 'indicatorRight', on: boolean): Promise<Reply>
  assist(assists: Assists): Promise<Reply>
  /** Tells the class that this driver is ready to go on. */
  ready(ready: boolean): Promise<Reply>
  /** Host: gives a seat help beside what its driver chose; `null` takes it back. */
  accommodate(seatId: string, help: Assists | null): Promise<Reply>
  /** The chain of causes of a fine, a record, a feed line … */
  why(id: string): Promise<Reply<Chain>>
  /** Everything of one thing: its AWS name, its state, its JSON. */
  describe(ref: ThingRef): Promise<Reply<ThingCard>>
  /** What the city's things carry in the X-ray now. */
  xray(): Promise<Reply<XrayNews>>
  /** The question about a goal, once its chain has been walked; with its verdict once it has been answered. */
  question(goal: string): Promise<Reply<QuestionView>>
  study(act: StudyAct): Promise<Reply>
  /** Turns a dial of the post that the seat holds. */
  operate(act: DutyAct): Promise<Reply>
  /** Which of the newest events a pattern would match. */
  tryPattern(eventPattern: string): Promise<Reply<PatternTrial>>
  /** Host, and solo: stops or starts both clocks. */
  pause(paused: boolean): Promise<Reply>
  end(): Promise<Reply>
  /** The picture is there: a city of one's own has waited for it, its clocks at their start. A room waits for nobody. */
  begin?(): void
  close(): void
}
