import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'

/** Every address from `low` to `high`, both included, as `parseAddress` writes them; of one family only. */
export interface AddressRange {
  readonly low: string
  readonly high: string
}

/**
 * Reads an IP address by value: `::1` and `0:0:0:0:0:0:0:1` are the same.
 *
 * @returns `4` and 8 hexadecimal digits, or `6` and 32 of them, so that the texts are in the order of the addresses and
 * the families lie apart; `null` when the text is no address
 */
export function parseAddress(text: string): string | null {
  if (text.length < 2 || text.length > 45) return null
  const isV6 = text.includes(':')
  const digits = isV6 ? parseV6(text) : parseV4(text)
  return digits && (isV6 ? '6' : '4') + digits
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const GROUP = /^[0-9a-fA-F]{1,4}$/

function parseV4(text: string): string | null {
  const bytes = V4.exec(text)?.slice(1).map(Number)
  if (!bytes || bytes.some((byte) => byte > 255)) return null
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function parseV6(text: string): string | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head = null, tail = null] = halves.map((half, index) => parseGroups(half, index === halves.length - 1))
  if (head === null || (halves.length === 2 && tail === null)) return null
  const missing = 32 - head.length - (tail ?? '').length
  if (halves.length === 1) return missing === 0 ? head : null
  return missing >= 4 ? head + '0'.repeat(missing) + tail : null
}

/** Groups between colons; the very last of an address may be an IPv4 address. Nothing at all is no group. */
function parseGroups(text: string, isLast: boolean): string | null {
  if (text === '') return ''
  const groups = text.split(':')
  const hex = groups.map((group, index) => {
    if (GROUP.test(group)) return group.toLowerCase().padStart(4, '0')
    return isLast && index === groups.length - 1 ? parseV4(group) : null
  })
  return hex.includes(null) ? null : hex.join('')
}

/**
 * Reads a block such as `10.0.0.0/8`; bits of the address behind the mask are ignored.
 *
 * @returns the block, or the reason why it is none (EventBridge User Guide, "IP address matching")
 */
export function parseCidr(text: string): Result<AddressRange, string> {
  const parts = text.split('/')
  if (parts.length !== 2) return fail("Malformed CIDR, one '/' required")
  const [base = '', mask = ''] = parts
  if (!/^[+-]?\d+$/.test(mask)) return fail('Malformed CIDR, mask bits must be an integer')
  const address = parseAddress(base)
  if (address === null) return fail(`Nonstandard IP address: ${base}`)
  const bits = Number(mask)
  if (bits < 0) return fail('Malformed CIDR, mask bits must not be negative')
  const width = (address.length - 1) * 4
  if (bits >= width) return fail(`IPv${address.charAt(0)} mask bits must be < ${width}`)
  return ok(toRange(address, bits))
}

function toRange(address: string, bits: number): AddressRange {
  const whole = 1 + Math.floor(bits / 4)
  const kept = address.slice(0, whole)
  const digit = parseInt(address.charAt(whole), 16)
  const hostMask = 15 >> (bits % 4)
  const rest = address.length - whole - 1
  return {
    low: kept + (digit & ~hostMask & 15).toString(16) + '0'.repeat(rest),
    high: kept + (digit | hostMask).toString(16) + 'f'.repeat(rest),
  }
}
