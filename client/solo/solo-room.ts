import { decodeInputs } from '../../shared/protocol/input-frame.ts'
import { InputQueue } from '../../shared/protocol/input-queue.ts'
import { clientCommands, type ClientCommand, type Reply } from '../../shared/protocol/messages.ts'
import type { FromSolo, ToSolo } from '../../shared/protocol/solo.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { POST_OF, type DutyAct } from '../../shared/protocol/duty.ts'
import type { StudyAct } from '../../shared/protocol/study.ts'
import type { RoomView } from '../../shared/protocol/view.ts'
import { assertNever } from '../../shared/assert.ts'
import type { City } from '../../server/city/city.ts'
import { look } from '../../server/city/look.ts'
import type { CityCommand } from '../../server/city/command.ts'
import { openCursor, patchCity, type Cursor } from '../../server/city/patches.ts'
import { learn, refusalOf } from '../../server/city/study.ts'
import { StreetEncoder } from '../../server/city/street-encoder.ts'
import { openNews } from '../../server/city/street-news.ts'
import { tick } from '../../server/city/tick.ts'
import { viewCity, type Viewer } from '../../server/city/views.ts'

type Ask = Extract<ToSolo, { kind: 'ask' }>

const SEAT = { seatId: 's1', plate: 'AB-005-NV', colour: 3 }
const VIEWER: Viewer = { role: 'driver', seatId: SEAT.seatId, plate: SEAT.plate }
const NOTHING: Reply = { ok: true, value: null }

/** A room of one: the driver is also the host of the own clocks. */
export class SoloRoom {
  readonly #tell: (news: FromSolo) => void
  readonly #hands = new InputQueue()
  readonly #encoder: StreetEncoder
  readonly #cursor: Cursor
  #city: City
  #inbox: CityCommand[] = []
  #isPaused = false
  #hasEnded = false

  constructor(first: City, tell: (news: FromSolo) => void) {
    this.#tell = tell
    this.#city = tick(first, [{ kind: 'join', ...SEAT, vehicle: 'sedan' }])
    this.#encoder = new StreetEncoder(VIEWER, openNews(first.world))
    this.#cursor = openCursor(this.#city, VIEWER)
    this.#welcome()
    this.#showStreet()
  }

  steer(bytes: Uint8Array): void {
    const read = decodeInputs(bytes)
    if (read.ok) for (const input of read.value.inputs) this.#hands.offer(input)
  }

  ask(request: Ask): void {
    this.#tell({ kind: 'reply', id: request.id, reply: this.#answer(request) })
  }

  tick(): void {
    if (this.#isPaused || this.#hasEnded) return
    const next = this.#hands.take()
    if (next !== null) this.#put({ kind: 'drive', seatId: SEAT.seatId, ...next })
    this.#city = tick(this.#city, this.#inbox)
    this.#inbox = []
    this.#showStreet()
    const patch = patchCity(this.#city, VIEWER, this.#cursor)
    if (patch !== null) this.#tell({ kind: 'patch', patch })
  }

  #showStreet(): void {
    // A copy: what is posted to a page is the whole buffer that the bytes lie in.
    this.#tell({ kind: 'frame', bytes: this.#encoder.encode(this.#city.tick, this.#hands).slice() })
  }

  #answer({ name, body }: Ask): Reply<unknown> {
    const read = clientCommands[name].safeParse(body)
    if (!read.success) return { ok: false, refusal: { code: 'malformed', field: name } }
    const { seatId } = SEAT
    switch (name) {
      case 'join':
        return { ok: false, refusal: { code: 'not-now', field: name } }
      case 'unstick':
      case 'horn':
        return this.#put({ kind: name, seatId })
      case 'switch':
        return this.#put({ kind: name, seatId, ...(read.data as ClientCommand<'switch'>) })
      case 'assist':
        return this.#put({ kind: name, seatId, assists: read.data as ClientCommand<'assist'> })
      case 'resync':
        this.#encoder.restart()
        return NOTHING
      case 'why':
      case 'describe':
      case 'xray':
      case 'question':
      case 'tryPattern':
        return look(this.#city, VIEWER, name, read.data as ClientCommand<typeof name>)
      case 'study':
        return this.#study(read.data as ClientCommand<'study'>)
      case 'operate':
        return this.#operate(read.data as ClientCommand<'operate'>)
      case 'pause':
        return this.#pause(read.data as ClientCommand<'pause'>)
      case 'end':
        return this.#end()
      case 'ready':
      case 'accommodate':
        // There is nobody to wait for, and no teacher.
        return { ok: false, refusal: { code: 'not-allowed', field: name } }
      default:
        return assertNever(name)
    }
  }

  /** Learning goes on while the clocks stand. */
  #study(act: StudyAct): Reply {
    const refusal = refusalOf(this.#city, SEAT.seatId, act)
    if (refusal !== null) return { ok: false, refusal: { code: refusal, field: `study.${act.do}` } }
    if (!this.#isPaused) return this.#put({ kind: 'study', seatId: SEAT.seatId, act })
    this.#city = { ...this.#city, study: learn(this.#city, SEAT.seatId, act) }
    const { study, duty } = viewCity(this.#city, VIEWER)
    this.#tell({ kind: 'patch', patch: { set: { study, duty } } })
    return NOTHING
  }

  /** Turns a dial of the post that the seat holds, when the clocks run again. */
  #operate(act: DutyAct): Reply {
    if (this.#city.study[SEAT.seatId]?.post !== POST_OF[act.do])
      return { ok: false, refusal: { code: 'not-allowed', field: `operate.${act.do}` } }
    return this.#put({ kind: 'operate', seatId: SEAT.seatId, by: SEAT.plate, act })
  }

  #put(command: CityCommand): Reply {
    this.#inbox.push(command)
    return NOTHING
  }

  #pause({ paused }: ClientCommand<'pause'>): Reply {
    this.#isPaused = paused
    this.#tell({ kind: 'patch', patch: { set: { room: this.#roomView() } } })
    return NOTHING
  }

  #end(): Reply {
    this.#hasEnded = true
    this.#tell({ kind: 'closed', reason: 'room-ended' })
    return NOTHING
  }

  #roomView(): RoomView {
    const { scenario } = this.#city
    return {
      code: '',
      scenarioId: scenario.id,
      scale: scenario.clock.scale,
      paused: this.#isPaused,
      ended: this.#hasEnded,
      seats: [],
    }
  }

  #welcome(): void {
    const { map, tick: at, clock } = this.#city
    const view = {
      role: 'driver',
      seatId: SEAT.seatId,
      room: this.#roomView(),
      ...viewCity(this.#city, VIEWER),
    } as const
    this.#tell({
      kind: 'welcome',
      map,
      obstacles: this.#city.world.streets.obstacles,
      startsAtMs: clock.startsAt,
      welcome: {
        protocol: PROTOCOL_VERSION,
        role: 'driver',
        seatId: SEAT.seatId,
        seatToken: null,
        mapId: map.id,
        mapHash: map.hash,
        tick: at,
        view,
      },
    })
  }
}
