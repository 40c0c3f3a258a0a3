/** @returns whether two JSON values are equal; nothing is written as text for it */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false
  let left = 0
  for (const name in b) if (Object.hasOwn(b, name)) left += 1
  for (const name in a) {
    if (!Object.hasOwn(a, name)) continue
    if (!isSame(a[name], b[name]) || !Object.hasOwn(b, name)) return false
    left -= 1
  }
  return left === 0
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
