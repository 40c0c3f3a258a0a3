const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const CHUNK = 0x3000

/** Base64 (RFC 4648) without a host's help: the engine has neither Node's `Buffer` nor a browser's `btoa`. */
export function bytesToText(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let from = 0; from < bytes.length; from += CHUNK) {
    let part = ''
    for (let i = from; i < Math.min(from + CHUNK, bytes.length); i += 3) part += groupToText(bytes, i)
    parts.push(part)
  }
  return parts.join('')
}

function groupToText(bytes: Uint8Array, i: number): string {
  const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]]
  const word = (a << 16) | (b << 8) | c
  const digit = (shift: number) => DIGITS.charAt((word >> shift) & 63)
  const third = i + 1 < bytes.length ? digit(6) : '='
  return digit(18) + digit(12) + third + (i + 2 < bytes.length ? digit(0) : '=')
}

/** The inverse. What is no base64 comes out shorter or different, never throws: callers check the length. */
export function textToBytes(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replaceAll('=', '')
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  const values = new Map(Array.from(DIGITS, (digit, value) => [digit, value]))
  for (let i = 0, place = 0; i < digits.length; i += 4) {
    let word = 0
    for (let j = 0; j < 4; j += 1) word = (word << 6) | (values.get(digits.charAt(i + j)) ?? 0)
    for (const shift of [16, 8, 0]) {
      if (place < bytes.length) bytes[place] = (word >> shift) & 255
      place += 1
    }
  }
  return bytes
}
