import { toUtcParts } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'

/**
 * Writes a number as AWS's reasons do, which is Java's way: always a decimal point, and `1.0E7` from ten millions on or
 * below a thousandth.
 */
export function toJavaText(value: number): string {
  const size = Math.abs(value)
  if (size === 0 || (size >= 0.001 && size < 1e7)) return withPoint(String(value))
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  return `${withPoint(digits)}E${exponent.replace('+', '')}`
}

const withPoint = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`)

/** `14/03/26 09:26:00`: the start of a period as a reason names it. */
export function toReasonTime(at: ServiceMs): string {
  const { year, month, day, hour, minute, second } = toUtcParts(at)
  const two = (value: number) => String(value % 100).padStart(2, '0')
  return `${[day, month, year].map(two).join('/')} ${[hour, minute, second].map(two).join(':')}`
}
