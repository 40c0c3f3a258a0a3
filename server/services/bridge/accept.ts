import { parseAddress } from './address.ts'
import { comparableNumber } from './decimal.ts'
import type { Leaf } from './leaves.ts'
import type { Matcher } from './matcher.ts'

/** Whether a leaf is what a matcher asks for. `exists: false` accepts none. */
export function accepts(matcher: Matcher, { node }: Leaf): boolean {
  switch (matcher.kind) {
    case 'exists':
      return matcher.present
    case 'anything-but':
      return !matcher.of.some((excluded) => accepts(excluded, { node, elements: [] }))
    case 'literal':
      return node.kind === 'literal' && node.value === matcher.value
    case 'number':
    case 'number-text':
    case 'range':
      return node.kind === 'number' && acceptsNumber(matcher, node.text)
    case 'string':
    case 'ignore-case':
    case 'prefix':
    case 'suffix':
    case 'wildcard':
    case 'address':
      return node.kind === 'string' && acceptsText(matcher, node.value)
    default:
      return matcher satisfies never
  }
}
function acceptsNumber(matcher: Extract<Matcher, { kind: 'number' | 'number-text' | 'range' }>, text: string): boolean {
  if (matcher.kind === 'number-text') return matcher.text === text
  const value = comparableNumber(text)
  if (value === null) return false
  if (matcher.kind === 'number') return matcher.value === value
  const { low, high } = matcher
  return (
    (low === null || value > low || (matcher.lowIncluded && value === low)) &&
    (high === null || value < high || (matcher.highIncluded && value === high))
  )
}
type TextMatcher = Exclude<
  Matcher,
  { kind: 'exists' | 'anything-but' | 'literal' | 'number' | 'number-text' | 'range' }
>
function acceptsText(matcher: TextMatcher, text: string): boolean {
  switch (matcher.kind) {
    case 'string':
      return text === matcher.value
    case 'ignore-case':
      return folded(matcher.value, '^', '$').test(text)
    case 'prefix':
      return matcher.ignoreCase ? folded(matcher.value, '^', '').test(text) : text.startsWith(matcher.value)
    case 'suffix':
      return matcher.ignoreCase ? folded(matcher.value, '', '$').test(text) : text.endsWith(matcher.value)
    case 'wildcard':
      return new RegExp(`^${matcher.pieces.map(quote).join('[^]*')}$`).test(text)
    case 'address': {
      const address = parseAddress(text)
      return address?.length === matcher.low.length && matcher.low <= address && address <= matcher.high
    }
    default:
      return matcher satisfies never
  }
}
const quote = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
const folded = (text: string, before: string, after: string) =>
  new RegExp(
    before +
      text
        .split('')
        .map((char) => `(?:${quote(char.toLowerCase())}|${quote(char.toUpperCase())})`)
        .join('') +
      after,
  )
