import type { CauseId } from '../../shared/ids.ts'
import type { WorldCommand } from '../../shared/model/command.ts'
import { encodeFrame } from '../../shared/protocol/frame.ts'
import { clientCommands, type ClientCommand, type Reply } from '../../shared/protocol/messages.ts'
import type { FromSolo, ToSolo } from '../../shared/protocol/solo.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import type { RoomView } from '../../shared/protocol/view.ts'
import { assertNever } from '../../shared/assert.ts'
import type { City } from '../../server/city/city.ts'
import { frameFor } from '../../server/city/frames.ts'
import { tick } from '../../server/city/tick.ts'
import { chainOf, openCursor, patchCity, viewCity, type Viewer } from '../../server/city/views.ts'

/** A room of one: the driver is also the host of the own clocks. */
export interface SoloRoom {
  ask(request: Extract<ToSolo, { kind: 'ask' }>): void
  tick(): void
}

const SEAT = { seatId: 's1', plate: 'AB-005-NV', colour: 3 }
const NOTHING: Reply = { ok: true, value: null }

export function openSoloRoom(first: City, tell: (news: FromSolo) => void): SoloRoom {
  const viewer: Viewer = { role: 'driver', seatId: SEAT.seatId, plate: SEAT.plate }
  let city = tick(first, [{ kind: 'join', ...SEAT, vehicle: 'sedan' }])
  let inbox: WorldCommand[] = []
  let paused = false
  let ended = false
  const cursor = openCursor(city, viewer)

  const roomView = (): RoomView => ({
    code: '',
    scenarioId: city.scenario.id,
    scale: city.scenario.clock.scale,
    paused,
    ended,
    seats: [],
  })

  function pause({ paused: wanted }: ClientCommand<'pause'>): Reply {
    paused = wanted
    tell({ kind: 'patch', patch: { set: { room: roomView() } } })
    return NOTHING
  }

  function end(): Reply {
    ended = true
    tell({ kind: 'closed', reason: 'room-ended' })
    return NOTHING
  }

  function why({ id }: ClientCommand<'why'>): Reply<unknown> {
    const chain = chainOf(city, viewer, id as CauseId)
    return chain === null ? { ok: false, refusal: { code: 'unknown-id', field: 'why.id' } } : { ok: true, value: chain }
  }

  function answer({ name, body }: Extract<ToSolo, { kind: 'ask' }>): Reply<unknown> {
    const read = clientCommands[name].safeParse(body)
    if (!read.success) return { ok: false, refusal: { code: 'malformed', field: name } }
    const { seatId } = SEAT
    const put = (command: WorldCommand) => {
      inbox.push(command)
      return NOTHING
    }
    switch (name) {
      case 'join':
        return { ok: false, refusal: { code: 'not-now', field: name } }
      case 'drive': {
        const { seq, ...input } = read.data as ClientCommand<'drive'>
        return put({ kind: 'drive', seatId, seq, input })
      }
      case 'unstick':
      case 'horn':
        return put({ kind: name, seatId })
      case 'switch':
        return put({ kind: name, seatId, ...(read.data as ClientCommand<'switch'>) })
      case 'assist':
        return put({ kind: name, seatId, assists: read.data as ClientCommand<'assist'> })
      case 'why':
        return why(read.data as ClientCommand<'why'>)
      case 'pause':
        return pause(read.data as ClientCommand<'pause'>)
      case 'end':
        return end()
      default:
        return assertNever(name)
    }
  }

  tell({
    kind: 'welcome',
    welcome: {
      protocol: PROTOCOL_VERSION,
      role: 'driver',
      seatId: SEAT.seatId,
      seatToken: null,
      mapId: city.map.id,
      mapHash: city.map.hash,
      tick: city.tick,
      view: { role: 'driver', seatId: SEAT.seatId, room: roomView(), ...viewCity(city, viewer) },
    },
  })
  return {
    ask: (request) => tell({ kind: 'reply', id: request.id, reply: answer(request) }),
    tick() {
      if (paused || ended) return
      const commands = inbox
      inbox = []
      city = tick(city, commands)
      tell({ kind: 'frame', bytes: encodeFrame(frameFor(city, viewer)) })
      const patch = patchCity(city, viewer, cursor)
      if (patch !== null) tell({ kind: 'patch', patch })
    },
  }
}
