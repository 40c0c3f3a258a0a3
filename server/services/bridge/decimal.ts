/**
 * Reads the text of a JSON number for comparison by value.
 *
 * @returns its double when the text's exact decimal value is that of the shortest text of the double (so `0.1` and
 * `3.0e2`, with −0 as 0), else `null`: digits would be lost, as in `9007199254740993` or `1e400`
 */
export function comparableNumber(text: string): number | null {
  const value = Number(text)
  if (!Number.isFinite(value)) return null
  const shortest = String(value)
  return shortest === text || canonical(shortest) === canonical(text) ? value + 0 : null
}

const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Same decimal value ⇔ same text: sign, digits without zeros at either end, power of ten. */
function canonical(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = PARTS.exec(number) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? '0' : `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`
}
