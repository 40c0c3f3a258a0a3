/** Size of a writer's first buffer, and of each that `begin` takes. */
const FRESH_BYTES = 4096
/** Bytes that are left at least when `begin` goes on in the same buffer. */
const LEAST_LEFT = 1024

/** Writes numbers little endian into a buffer that grows. Values out of a field's range are clamped, never wrapped. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(size = 256) {
    this.#bytes = new Uint8Array(size)
  }

  /** The buffer, until it grows: what was written is its first `length` bytes. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes
  }

  get length(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
  }

  /** Takes back what was written after the first `length` bytes. */
  rewind(length: number): void {
    this.#length = Math.min(this.#length, length)
  }

  /** Goes on behind what was written, in a fresh buffer when this one is nearly full. @returns where */
  begin(): number {
    if (this.#length + LEAST_LEFT > this.#bytes.length) {
      this.#bytes = new Uint8Array(FRESH_BYTES)
      this.#length = 0
    }
    return this.#length
  }

  /** What was written since `from`, a part of the buffer: not a copy, and never written again by who only begins anew. */
  since(from: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer, from, this.#length - from)
  }

  /** Appends some bytes of another buffer. */
  copy(bytes: Uint8Array, from: number, count: number): void {
    const at = this.#length
    this.#length = at + count
    if (this.#length > this.#bytes.length) this.#grow()
    const into = this.#bytes
    for (let i = 0; i < count; i += 1) into[at + i] = bytes[from + i] as number
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  u8(value: number): void {
    this.#put(clamp(value, 0, 0xff), 1)
  }

  i8(value: number): void {
    this.#put(clamp(value, -0x80, 0x7f), 1)
  }

  u16(value: number): void {
    this.#put(clamp(value, 0, 0xffff), 2)
  }

  i16(value: number): void {
    this.#put(clamp(value, -0x8000, 0x7fff), 2)
  }

  u24(value: number): void {
    this.#put(clamp(value, 0, 0xffffff), 3)
  }

  u32(value: number): void {
    this.#put(clamp(value, 0, 0xffffffff), 4)
  }

  /** LEB128, for whole numbers up to 2³² − 1. */
  varint(value: number): void {
    let rest = clamp(value, 0, 0xffffffff)
    while (rest > 0x7f) {
      this.#put((rest & 0x7f) | 0x80, 1)
      rest = Math.floor(rest / 128)
    }
    this.#put(rest, 1)
  }

  /** Overwrites a byte written before. */
  patchU8(at: number, value: number): void {
    this.#bytes[at] = clamp(value, 0, 0xff)
  }

  /** The low bytes of a whole number; a byte array keeps the low eight bits of what it is given. */
  #put(value: number, size: number): void {
    const at = this.#length
    this.#length = at + size
    if (this.#length > this.#bytes.length) this.#grow()
    this.#bytes[at] = value
    if (size > 1) this.#bytes[at + 1] = value >> 8
    if (size > 2) this.#bytes[at + 2] = value >> 16
    if (size > 3) this.#bytes[at + 3] = value >>> 24
  }

  #grow(): void {
    const bigger = new Uint8Array(Math.max(this.#length, this.#bytes.length) * 2)
    bigger.set(this.#bytes)
    this.#bytes = bigger
  }
}

const clamp = (value: number, least: number, most: number): number => {
  const whole = Math.round(value)
  return whole < least ? least : whole > most ? most : whole
}

/** Reads what a `ByteWriter` wrote. Reading past the end gives zeros and is remembered: check `isBroken` at the end. */
export class ByteReader {
  readonly #view: DataView
  #at = 0
  #broken = false

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Something was read that is not there. */
  get isBroken(): boolean {
    return this.#broken
  }

  get isAtEnd(): boolean {
    return this.#at === this.#view.byteLength
  }

  u8(): number {
    const at = this.#take(1)
    return at < 0 ? 0 : this.#view.getUint8(at)
  }

  i8(): number {
    const at = this.#take(1)
    return at < 0 ? 0 : this.#view.getInt8(at)
  }

  u16(): number {
    const at = this.#take(2)
    return at < 0 ? 0 : this.#view.getUint16(at, true)
  }

  i16(): number {
    const at = this.#take(2)
    return at < 0 ? 0 : this.#view.getInt16(at, true)
  }

  u24(): number {
    const low = this.u16()
    return low | (this.u8() << 16)
  }

  u32(): number {
    const at = this.#take(4)
    return at < 0 ? 0 : this.#view.getUint32(at, true)
  }

  varint(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 5; i += 1) {
      const byte = this.u8()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    this.#broken = true
    return 0
  }

  #take(bytes: number): number {
    const at = this.#at
    if (this.#broken || at + bytes > this.#view.byteLength) {
      this.#broken = true
      return -1
    }
    this.#at += bytes
    return at
  }
}
