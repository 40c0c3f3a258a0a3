import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { LogPattern, Relation } from './log-condition.ts'
import { holds, MOST_EXPRESSIONS, toOperand } from './log-condition.ts'

/** One field of a space-delimited pattern. */
interface Field {
  readonly name: string
  /** One of these groups must hold whole: `&&` binds tighter than `||`. */
  readonly anyOf: readonly (readonly ((text: string) => boolean)[])[]
}

const LONGEST_LINE = 8192
const CONDITION = /^\s*([\w.-]*)\s*(!=|>=|<=|=|<|>)\s*("(?:[^"\\]|\\.)*"|[^\s"=][^\s"]*)\s*$/

/**
 * Reads `[ip, user, ..., code=4*, bytes > 100]`. A message is cut at spaces; what stands in quotes or brackets is one
 * field. Without `...`, the number of fields must be the same.
 */
export function parseLinePattern(text: string): Result<LogPattern, string> {
  if (!text.endsWith(']')) return fail('A space-delimited filter pattern ends with ]')
  const parts = toParts(text.slice(1, -1))
  if (text.split('%').length > 2 * MOST_EXPRESSIONS + 1)
    return fail(`A pattern has at most ${MOST_EXPRESSIONS} regular expressions`)
  const gap = parts.indexOf('...')
  const fields = parts.filter((part) => part !== '...').map(parseField)
  if (fields.some((field) => field === null) || parts.lastIndexOf('...') !== gap) {
    return fail('Invalid space-delimited filter pattern')
  }
  const known = fields.filter((field) => field !== null)
  return ok((message) => {
    const values = toFields(message)
    const aligned = align(values, known.length, gap)
    if (!aligned || !known.every((field, index) => isMet(field, aligned[index] ?? ''))) return null
    return { part: (selector) => aligned[known.findIndex(({ name }) => `$${name}` === selector)] }
  })
}

/** Cuts at the commas outside quotes and expressions. */
const toParts = (text: string): string[] =>
  (`${text},`.match(/(?:"(?:[^"\\]|\\.)*"|%[^%]*%|[^,])*,/g) ?? []).map((part) => part.slice(0, -1).trim())

const isMet = ({ anyOf }: Field, value: string): boolean =>
  anyOf.length === 0 || anyOf.some((group) => group.every((isTrue) => isTrue(value)))

function parseField(text: string): Field | null {
  if (/^[\w.-]*$/.test(text)) return { name: text, anyOf: [] }
  const groups = text.split('||').map((group) => group.split('&&').map((one) => CONDITION.exec(one)))
  const name = groups[0]?.[0]?.[1] ?? ''
  if (groups.flat().some((match) => match === null || (match[1] !== '' && match[1] !== name))) return null
  const anyOf = groups.map((group) => group.flatMap((match) => (match && toTest(match)) ?? []))
  return anyOf.flat().length === groups.flat().length ? { name, anyOf } : null
}

function toTest([, , relation = '=', right = '']: RegExpExecArray): ((text: string) => boolean) | null {
  const operand = toOperand(right)
  return operand === null ? null : (text) => holds(text, relation as Relation, operand)
}

/** Fields are looked for in the beginning of a message only: a hostile one could keep the cutter busy. */
const toFields = (message: string): string[] =>
  [...message.slice(0, LONGEST_LINE).matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(
    ([, quoted, bracketed, bare]) => quoted ?? bracketed ?? bare ?? '',
  )

/** The values that stand for the pattern's fields; whatever `...` stands for is left out. */
function align(values: readonly string[], count: number, gap: number): readonly string[] | null {
  if (gap < 0) return values.length === count ? values : null
  if (values.length < count) return null
  return [...values.slice(0, gap), ...values.slice(values.length - (count - gap))]
}
