import type { FieldNode } from './field-node.ts'
import { JsonFault, MAX_DEPTH, readJson } from './json-text.ts'
import type { EventView } from './event-view.ts'
import type { Element, LeafClass } from './leaf.ts'
import type { PathIndex } from './path-index.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_ARRAY = 0x5b
const BACKSLASH = 0x5c
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const SPACE = 0x20
/** Sets apart opening and closing from all else: brackets become braces. */
const BRACKET_TO_BRACE = 0x20
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
/** Any decimal of so few digits survives as a double. */
const SURE_DIGITS = 15
const POWERS = Array.from({ length: SURE_DIGITS }, (_, power) => Number(`1e${power}`))
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * Looks at the leaves of an event from its text, in one pass that makes no object: what lies where no rule
 * looks is skipped.
 *
 * @throws JsonFault when the text is visibly no JSON object; what is skipped is not checked
 */
export function scanText(root: FieldNode, text: string, view: EventView): void {
  new TextScan(view, text).run(root)
}

class TextScan {
  readonly #view: EventView
  readonly #text: string
  #at = 0
  /** Where the next backslash stands, beyond the text if there is none: strings before it have no escapes. */
  #backslash: number
  #arrays = 0
  #depth = 0
  /** Whether the string just read has escapes. */
  #isEscaped = false

  constructor(view: EventView, text: string) {
    this.#view = view
    this.#text = text
    this.#backslash = this.#nextBackslash(0)
  }

  run(root: FieldNode): void {
    this.#at = this.#blanks(0)
    if (this.#text.charCodeAt(this.#at) !== OPEN_OBJECT) throw this.#fault(this.#at)
    this.#at += 1
    this.#object(root, null)
    const end = this.#blanks(this.#at)
    if (end < this.#text.length) throw this.#fault(end)
  }

  #nextBackslash(from: number): number {
    const at = this.#text.indexOf('\\', from)
    return at < 0 ? this.#text.length : at
  }

  #fault(at: number): JsonFault {
    return new JsonFault('Not JSON', at)
  }

  #blanks(from: number): number {
    let at = from
    while (this.#text.charCodeAt(at) <= SPACE) at += 1
    return at
  }

  /** From behind the opening brace to behind the closing one. */
  #object(node: FieldNode, element: Element | null): void {
    const text = this.#text
    let at = this.#blanks(this.#at)
    if (text.charCodeAt(at) === CLOSE_OBJECT) {
      this.#at = at + 1
      return
    }
    for (;;) {
      if (text.charCodeAt(at) !== QUOTE) throw this.#fault(at)
      const child = this.#name(node, at + 1)
      at = this.#blanks(this.#at)
      if (text.charCodeAt(at) !== COLON) throw this.#fault(at)
      at = this.#blanks(at + 1)
      this.#at = at
      if (child === null) this.#skip()
      else this.#value(child, element)
      at = this.#blanks(this.#at)
      const code = text.charCodeAt(at)
      at += 1
      if (code === CLOSE_OBJECT) break
      if (code !== COMMA) throw this.#fault(at - 1)
      at = this.#blanks(at)
    }
    this.#at = at
  }

  /** Reads a name from behind its opening quote to behind its closing one. */
  #name(node: FieldNode, from: number): FieldNode | null {
    const end = this.#endOfString(from)
    this.#at = end + 1
    return this.#isEscaped ? node.child(this.#decode(from, end)) : node.childAt(this.#text, from, end)
  }

  #value(node: FieldNode, element: Element | null): void {
    const { index } = node
    const code = this.#text.charCodeAt(this.#at)
    if (code === OPEN_ARRAY || (code === OPEN_OBJECT && node.isInner)) this.#within(node, code, element)
    else if (index === null || code === OPEN_OBJECT) this.#skip()
    else if (code === QUOTE) this.#view.see(this.#string(index), element)
    else this.#view.see(this.#scalar(index, code), element)
  }

  #within(node: FieldNode, code: number, element: Element | null): void {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw this.#fault(this.#at)
    this.#at += 1
    if (code === OPEN_ARRAY) this.#array(node, element)
    else this.#object(node, element)
    this.#depth -= 1
  }

  /** From behind the opening bracket to behind the closing one. */
  #array(node: FieldNode, outer: Element | null): void {
    const text = this.#text
    const array = (this.#arrays += 1)
    let at = this.#blanks(this.#at)
    if (text.charCodeAt(at) === CLOSE_ARRAY) {
      this.#at = at + 1
      return
    }
    for (let index = 0; ; index += 1) {
      this.#at = at
      const isLeaf = (text.charCodeAt(at) | BRACKET_TO_BRACE) !== OPEN_OBJECT
      this.#value(node, isLeaf ? outer : { array, index, outer })
      at = this.#blanks(this.#at)
      const code = text.charCodeAt(at)
      at += 1
      if (code === CLOSE_ARRAY) break
      if (code !== COMMA) throw this.#fault(at - 1)
      at = this.#blanks(at)
    }
    this.#at = at
  }

  #string(index: PathIndex): LeafClass {
    const from = this.#at + 1
    const end = this.#endOfString(from)
    this.#at = end + 1
    if (!this.#isEscaped) return index.ofText(this.#text, from, end)
    const value = this.#decode(from, end)
    return index.ofText(value, 0, value.length)
  }

  #scalar(index: PathIndex, code: number): LeafClass {
    const from = this.#at
    const isNumber = code === MINUS || (code >= ZERO && code <= NINE)
    const value = isNumber ? this.#shortNumber() : null
    if (value !== null) return index.ofNumber(value)
    this.#at = this.#endOfScalar(from)
    const token = this.#text.slice(from, this.#at)
    if (token === 'null') return index.ofLiteral(null)
    if (token === 'true' || token === 'false') return index.ofLiteral(token === 'true')
    if (!NUMBER.test(token)) throw this.#fault(from)
    return index.ofNumberText(token)
  }

  /** A number of so few digits that its double is surely exact; `null`, and nothing read, when it is another. */
  #shortNumber(): number | null {
    const text = this.#text
    const isNegative = text.charCodeAt(this.#at) === MINUS
    let at = isNegative ? this.#at + 1 : this.#at
    let point = -1
    let value = 0
    const first = at
    for (;;) {
      const code = text.charCodeAt(at)
      if (code >= ZERO && code <= NINE) value = value * 10 + (code - ZERO)
      else if (code === POINT && point < 0) point = at
      else break
      at += 1
    }
    const length = at - first
    if (length === 0 || length > SURE_DIGITS || isPartOfScalar(text.charCodeAt(at))) return null
    if (point === first || point === at - 1) return null
    if (text.charCodeAt(first) === ZERO && length > 1 && point !== first + 1) return null
    this.#at = at
    const size = point < 0 ? value : value / (POWERS[at - point - 1] ?? 1)
    return isNegative ? 0 - size : size
  }

  /** From a value's first character to behind its last. */
  #skip(): void {
    const text = this.#text
    let at = this.#at
    let depth = 0
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) at = this.#endOfString(at + 1)
      else if ((code | BRACKET_TO_BRACE) === OPEN_OBJECT) depth += 1
      else if ((code | BRACKET_TO_BRACE) === CLOSE_OBJECT) depth -= 1
      else if (depth === 0) at = this.#endOfScalar(at) - 1
      else if (Number.isNaN(code)) throw this.#fault(at)
      at += 1
      if (depth === 0) break
    }
    if (depth < 0) throw this.#fault(at)
    this.#at = at
  }

  #endOfScalar(from: number): number {
    let at = from
    while (isPartOfScalar(this.#text.charCodeAt(at))) at += 1
    if (at === from) throw this.#fault(at)
    return at
  }

  /** @param from behind the opening quote. @returns where the closing one stands */
  #endOfString(from: number): number {
    const end = this.#text.indexOf('"', from)
    if (end < 0) throw this.#fault(from)
    this.#isEscaped = this.#backslash < end
    return this.#isEscaped ? this.#endOfEscaped(from) : end
  }

  #endOfEscaped(from: number): number {
    let at = from
    for (;;) {
      const code = this.#text.charCodeAt(at)
      if (Number.isNaN(code)) throw this.#fault(from)
      if (code === QUOTE) break
      at += code === BACKSLASH ? 2 : 1
    }
    this.#backslash = this.#nextBackslash(at)
    return at
  }

  #decode(from: number, end: number): string {
    const string = readJson(this.#text.slice(from - 1, end + 1))
    return string.kind === 'string' ? string.value : ''
  }
}

/** Not a blank, a comma, a closing bracket or the end of the text (which is `NaN`). */
const isPartOfScalar = (code: number): boolean =>
  code > SPACE && code !== COMMA && (code | BRACKET_TO_BRACE) !== CLOSE_OBJECT
