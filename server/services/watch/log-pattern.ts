import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import { limits } from './limits.ts'
import { expressionIn, type LogPattern } from './log-condition.ts'
import { parseJsonPattern } from './log-pattern-json.ts'
import { parseLinePattern } from './log-pattern-line.ts'
import { parseLogRegex } from './log-regex.ts'

/**
 * Reads a filter pattern (CloudWatch Logs User Guide, "Filter pattern syntax"): terms, `{ JSON conditions }`,
 * `[space, delimited, fields]` or `%a regular expression%`; the empty pattern matches everything. Patterns of EventBridge are something else.
 *
 * @returns what is wrong with it, in words
 */
export function parseLogPattern(text: string): Result<LogPattern, string> {
  if (text.length > limits.PATTERN_LENGTH) return fail(`A pattern has at most ${limits.PATTERN_LENGTH} characters`)
  const pattern = text.trim()
  if (pattern.startsWith('{')) return parseJsonPattern(pattern)
  if (pattern.startsWith('[')) return parseLinePattern(pattern)
  const source = expressionIn(pattern)
  if (source !== null) return parseExpression(source)
  return parseTerms(pattern)
}

/** Whether a pattern that can be read holds a regular expression. */
export const hasExpression = (text: string): boolean =>
  /^\s*[{[]/.test(text) ? /%[^%]*%/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '')) : expressionIn(text.trim()) !== null

/** One expression, and nothing beside it. */
function parseExpression(source: string): Result<LogPattern, string> {
  const regex = parseLogRegex(source)
  return regex.ok ? ok((message) => (regex.value(message) ? { part: () => undefined } : null)) : regex
}

const TERM = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y

/** `A B`: both occur. `?A ?B`: one does. `-C`: it does not. Beside other terms, those with `?` do not count. */
function parseTerms(text: string): Result<LogPattern, string> {
  const required: string[] = []
  const optional: string[] = []
  const excluded: string[] = []
  const scanner = new RegExp(TERM)
  while (text.slice(scanner.lastIndex).trim() !== '') {
    const from = scanner.lastIndex
    const match = scanner.exec(text)
    if (!match) return fail(`Invalid character(s) in term at position ${from}`)
    const [, sign, quoted, bare] = match
    const term = quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1')
    const list = sign === '?' ? optional : sign === '-' ? excluded : required
    // Quotes around nothing but blanks ask for nothing: `" "` takes every event.
    if (term.trim() !== '') list.push(term)
  }
  return ok((message) => {
    const has = (term: string) => message.includes(term)
    const isIn = required.length > 0 ? required.every(has) : optional.length === 0 || optional.some(has)
    return isIn && !excluded.some(has) ? { part: () => undefined } : null
  })
}
