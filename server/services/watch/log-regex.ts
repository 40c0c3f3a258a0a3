import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'

/** Whether a text has a part that fits. */
export type LogRegex = (text: string) => boolean

type Accepts = (code: number) => boolean

/** What a reader of a text does next. `split` goes both ways, `start` and `end` hold only there. */
type Step =
  | { readonly kind: 'char'; readonly accepts: Accepts }
  | { readonly kind: 'split'; readonly to: readonly [number, number] }
  | { readonly kind: 'start' | 'end' | 'match' }

/** One thing to be read, so and so often. */
interface Piece {
  readonly step: Exclude<Step, { readonly kind: 'split' | 'match' }>
  readonly least: number
  readonly most: number
}

/** So many steps an expression may come to; a repeated piece counts as often as it may be repeated. */
const MOST_STEPS = 1000

/**
 * Reads a regular expression of CloudWatch Logs, without its `%`: letters, digits and a few signs, classes, the anchors,
 * repetitions and alternatives, but no groups (CloudWatch Logs User Guide, "Supported regular expressions syntax"). All
 * ways are followed at once, so that a search takes time by the length of the text, whatever the expression.
 *
 * @returns what is wrong with it, in words
 */
export function parseLogRegex(source: string): Result<LogRegex, string> {
  const alternatives = splitAlternatives(source).map(readPieces)
  const program = alternatives.every((pieces) => pieces !== null && pieces.length > 0) ? toProgram(alternatives) : null
  if (source === '' || program === null) return fail(`Invalid regular expression: ${source}`)
  if (program.length > MOST_STEPS) return fail(`Too long a regular expression: ${source}`)
  return ok((text) => isFound(program, text))
}

const ATOM = /\[\^?\]?(?:\\x[0-9a-fA-F]{2}|\\.|[^\]\\])*\]|\\x[0-9a-fA-F]{2}|\\.|[A-Za-z0-9:_#=@/;,\-.^$]/y
const REPEAT = /[?*+]|\{(\d{1,4})(,(\d{1,4})?)?\}/y

/** Cuts at the bars outside classes. */
function splitAlternatives(source: string): string[] {
  const parts = source.match(/\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|[^|]|\|/g) ?? []
  return parts.reduce<string[]>(
    (found, part) => (part === '|' ? [...found, ''] : found.with(-1, `${found.at(-1)}${part}`)),
    [''],
  )
}

function readPieces(source: string): Piece[] | null {
  const pieces: Piece[] = []
  const [atom, repeat] = [new RegExp(ATOM), new RegExp(REPEAT)]
  for (let at = 0; at < source.length;) {
    atom.lastIndex = at
    const found = atom.exec(source)?.[0]
    const step = found === undefined ? null : toStep(found)
    if (found === undefined || step === null) return null
    repeat.lastIndex = at + found.length
    const repeated = repeat.exec(source)
    const times = repeated === null ? { least: 1, most: 1 } : toTimes(repeated)
    if (times.least > times.most || (repeated !== null && step.kind !== 'char')) return null
    pieces.push({ step, ...times })
    at += found.length + (repeated?.[0].length ?? 0)
  }
  return pieces
}

function toTimes([sign = '', least, comma, most]: RegExpExecArray): Pick<Piece, 'least' | 'most'> {
  if (sign === '?') return { least: 0, most: 1 }
  if (sign === '*') return { least: 0, most: Infinity }
  if (sign === '+') return { least: 1, most: Infinity }
  const from = Number(least)
  return { least: from, most: comma === undefined ? from : most === undefined ? Infinity : Number(most) }
}

function toStep(atom: string): Piece['step'] | null {
  if (atom === '^') return { kind: 'start' }
  if (atom === '$') return { kind: 'end' }
  const accepts = atom.startsWith('[') ? toClass(atom.slice(1, -1)) : toAccepts(atom)
  return accepts && { kind: 'char', accepts }
}

const between =
  (low: number, high: number): Accepts =>
  (code) =>
    code >= low && code <= high
const not =
  (accepts: Accepts): Accepts =>
  (code) =>
    !accepts(code)

const isDigit = between(0x30, 0x39)
const isSpace: Accepts = (code) => code === 0x20 || (code >= 0x09 && code <= 0x0d)
const isWord: Accepts = (code) => isDigit(code) || code === 0x5f || between(0x61, 0x7a)(code | 0x20)

const SHORTHANDS: Readonly<Record<string, Accepts>> = {
  '.': (code) => code !== 0x0a,
  '\\d': isDigit,
  '\\D': not(isDigit),
  '\\s': isSpace,
  '\\S': not(isSpace),
  '\\w': isWord,
  '\\W': not(isWord),
}

function toAccepts(atom: string): Accepts | null {
  if (Object.hasOwn(SHORTHANDS, atom)) return SHORTHANDS[atom] ?? null
  const code = toCode(atom)
  return code === null ? null : between(code, code)
}

/** The code of one letter as it stands, escaped or as `\xhh`; a letter or a digit has no other meaning when escaped. */
function toCode(atom: string): number | null {
  if (/^\\x[0-9a-fA-F]{2}$/.test(atom)) return parseInt(atom.slice(2), 16)
  if (/^\\[A-Za-z0-9]/.test(atom)) return null
  return atom.charCodeAt(atom.length - 1)
}

/** Letters, ranges and shorthands between brackets; a `]` that comes first is a letter. */
function toClass(inside: string): Accepts | null {
  const isNegated = inside.startsWith('^')
  const parts = (isNegated ? inside.slice(1) : inside).match(/\\x[0-9a-fA-F]{2}|\\.|[^]/g) ?? []
  const members: Accepts[] = []
  for (let i = 0; i < parts.length; i += 1) {
    const [low = '', dash, high] = parts.slice(i, i + 3)
    const isRange = dash === '-' && high !== undefined
    const member = isRange ? toRange(low, high) : low === '.' ? between(0x2e, 0x2e) : toAccepts(low)
    if (member === null) return null
    members.push(member)
    if (isRange) i += 2
  }
  if (members.length === 0) return null
  const accepts: Accepts = (code) => members.some((member) => member(code))
  return isNegated ? not(accepts) : accepts
}

function toRange(low: string, high: string): Accepts | null {
  const [from, to] = [toCode(low), toCode(high)]
  return from === null || to === null || from > to ? null : between(from, to)
}

/** Lays the alternatives out one after the other; from each but the last the next can be tried as well. */
function toProgram(alternatives: readonly (readonly Piece[] | null)[]): Step[] {
  const program: Step[] = []
  for (const [i, pieces] of alternatives.entries()) {
    const fork = program.length
    if (i < alternatives.length - 1) program.push(MATCH)
    for (const piece of pieces ?? []) if (program.length <= MOST_STEPS) append(program, piece)
    program.push(MATCH)
    if (i < alternatives.length - 1) program[fork] = { kind: 'split', to: [fork + 1, program.length] }
  }
  return program
}

const MATCH: Step = { kind: 'match' }

function append(program: Step[], { step, least, most }: Piece): void {
  const optional = most === Infinity ? 1 : most - least
  for (let n = 0; n < least; n += 1) program.push(step)
  for (let n = 0; n < optional; n += 1) {
    const at = program.length
    // Either the piece once more, or on behind all that is left of its repetitions.
    const behind = most === Infinity ? at + 3 : at + 2 * (optional - n)
    program.push({ kind: 'split', to: [at + 1, behind] }, step)
    if (most === Infinity) program.push({ kind: 'split', to: [at + 1, at + 3] })
  }
}

function isFound(program: readonly Step[], text: string): boolean {
  /** By place: where in the text it was last reached. */
  const seenAt = new Int32Array(program.length).fill(-1)
  let reached: readonly number[] = []
  for (let at = 0; at <= text.length; at += 1) {
    const places: number[] = []
    const reach = (place: number) => {
      if (seenAt[place] !== at) places.push(place)
      seenAt[place] = at
    }
    reached.forEach(reach)
    // A part that fits may begin anywhere.
    reach(0)
    // The list grows while it is gone through: by what is reached without reading on.
    for (const place of places) {
      const step = program[place]
      if (step?.kind === 'match') return true
      if (step?.kind === 'split') step.to.forEach(reach)
      if ((step?.kind === 'start' && at === 0) || (step?.kind === 'end' && at === text.length)) reach(place + 1)
    }
    reached = read(program, places, text.charCodeAt(at))
  }
  return false
}

/** Where the places that accept a letter lead. */
function read(program: readonly Step[], places: readonly number[], code: number): readonly number[] {
  const next: number[] = []
  for (const place of places) {
    const step = program[place]
    if (step?.kind === 'char' && step.accepts(code)) next.push(place + 1)
  }
  return next
}
