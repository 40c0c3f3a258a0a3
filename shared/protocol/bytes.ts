/** Writes numbers little endian into a buffer that grows. Values out of a field's range are clamped, never wrapped. */
export class ByteWriter {
  #view = new DataView(new ArrayBuffer(1024))
  #length = 0

  get length(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#view.buffer.slice(0, this.#length))
  }

  u8(value: number): void {
    const at = this.#take(1)
    this.#view.setUint8(at, clamp(value, 0, 0xff))
  }

  i8(value: number): void {
    const at = this.#take(1)
    this.#view.setInt8(at, clamp(value, -0x80, 0x7f))
  }

  u16(value: number): void {
    const at = this.#take(2)
    this.#view.setUint16(at, clamp(value, 0, 0xffff), true)
  }

  i16(value: number): void {
    const at = this.#take(2)
    this.#view.setInt16(at, clamp(value, -0x8000, 0x7fff), true)
  }

  u24(value: number): void {
    const whole = clamp(value, 0, 0xffffff)
    this.u16(whole & 0xffff)
    this.u8(whole >> 16)
  }

  u32(value: number): void {
    const at = this.#take(4)
    this.#view.setUint32(at, clamp(value, 0, 0xffffffff), true)
  }

  /** LEB128, for whole numbers up to 2³² − 1. */
  varint(value: number): void {
    let rest = clamp(value, 0, 0xffffffff)
    while (rest > 0x7f) {
      this.u8((rest & 0x7f) | 0x80)
      rest = Math.floor(rest / 128)
    }
    this.u8(rest)
  }

  /** Overwrites a byte written before. */
  patchU8(at: number, value: number): void {
    this.#view.setUint8(at, clamp(value, 0, 0xff))
  }

  #take(bytes: number): number {
    const at = this.#length
    this.#length += bytes
    if (this.#length > this.#view.byteLength) this.#grow()
    return at
  }

  #grow(): void {
    const old = new Uint8Array(this.#view.buffer)
    const bigger = new Uint8Array(old.length * 2)
    bigger.set(old)
    this.#view = new DataView(bigger.buffer)
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
    if (at + bytes > this.#view.byteLength) {
      this.#broken = true
      return -1
    }
    this.#at += bytes
    return at
  }
}
