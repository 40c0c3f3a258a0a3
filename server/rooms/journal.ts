import type { DriveInput, WorldCommand } from '../../shared/model/command.ts'
import { ByteReader, ByteWriter } from '../../shared/protocol/bytes.ts'
import { HANDBRAKE, quantiseInput, SHARE } from '../../shared/protocol/input-frame.ts'
import type { CityCommand } from '../city/command.ts'

export interface JournalEntry {
  readonly tick: number
  readonly commands: readonly CityCommand[]
}

export type Drive = Extract<WorldCommand, { kind: 'drive' }>

/** Hands of as many ticks lie in one piece of bytes as fit, so that none is ever copied again. */
const PIECE_BYTES = 65_536
/** The tick and how many; then seat, sequence number, throttle, steering and buttons. */
const TICK_BYTES = 5
const DRIVE_BYTES = 8
/** Seats, of all that ever were, whose number fits a byte; the hands of later ones are kept as they are. */
const MOST_SEATS = 255

/**
 * What a city was asked, tick by tick: enough to make it happen again. Nearly all of it are hands, 20 a second and seat,
 * which are kept as bytes: as objects they would soon be most of a room's memory.
 */
export class Journal {
  readonly #asked: JournalEntry[] = []
  readonly #seats: string[] = []
  readonly #full: Uint8Array[] = []
  #hands = new ByteWriter(PIECE_BYTES)

  /** @param drives take effect after `asked`, at most one a seat */
  note(tick: number, asked: readonly CityCommand[], drives: readonly Drive[]): void {
    if (drives.length > 0 && drives.every((drive) => this.#fits(drive))) {
      this.#pack(tick, drives)
      if (asked.length > 0) this.#asked.push({ tick, commands: asked })
    } else if (asked.length + drives.length > 0) this.#asked.push({ tick, commands: [...asked, ...drives] })
  }

  /** Bytes that the hands take. */
  get bytes(): number {
    return this.#full.reduce((sum, piece) => sum + piece.length, this.#hands.length)
  }

  /** Everything, in order. */
  entries(): JournalEntry[] {
    const drives = new Map([...this.#full, this.#hands.toBytes()].flatMap((piece) => this.#unpack(piece)))
    const asked = new Map(this.#asked.map(({ tick, commands }) => [tick, commands]))
    const ticks = [...new Set([...asked.keys(), ...drives.keys()])].sort((a, b) => a - b)
    return ticks.map((tick) => ({ tick, commands: [...(asked.get(tick) ?? []), ...(drives.get(tick) ?? [])] }))
  }

  #fits({ seatId, input }: Drive): boolean {
    return this.#seatOf(seatId) < MOST_SEATS && isAsOnWire(input)
  }

  #pack(tick: number, drives: readonly Drive[]): void {
    if (this.#hands.length + TICK_BYTES + drives.length * DRIVE_BYTES > PIECE_BYTES) {
      this.#full.push(this.#hands.toBytes())
      this.#hands.clear()
    }
    const out = this.#hands
    out.u32(tick)
    out.u8(drives.length)
    for (const { seatId, seq, input } of drives) {
      out.u8(this.#seatOf(seatId))
      out.u32(seq)
      out.i8(input.throttle * SHARE)
      out.i8(input.steering * SHARE)
      out.u8(input.handbrake ? HANDBRAKE : 0)
    }
  }

  #seatOf(seatId: string): number {
    const known = this.#seats.indexOf(seatId)
    return known >= 0 ? known : this.#seats.push(seatId) - 1
  }

  #unpack(piece: Uint8Array): [tick: number, drives: Drive[]][] {
    const reader = new ByteReader(piece)
    const found: [number, Drive[]][] = []
    while (!reader.isAtEnd) {
      const tick = reader.u32()
      found.push([tick, Array.from({ length: reader.u8() }, () => this.#readDrive(reader))])
    }
    return found
  }

  #readDrive(reader: ByteReader): Drive {
    const seatId = this.#seats[reader.u8()] ?? ''
    const seq = reader.u32()
    const [throttle, steering] = [reader.i8() / SHARE, reader.i8() / SHARE]
    return { kind: 'drive', seatId, seq, input: { throttle, steering, handbrake: reader.u8() === HANDBRAKE } }
  }
}

/** Hands come over the wire in steps; what comes some other way is kept as it is. */
function isAsOnWire(input: DriveInput): boolean {
  const { throttle, steering } = quantiseInput(input)
  return Object.is(throttle, input.throttle) && Object.is(steering, input.steering)
}
