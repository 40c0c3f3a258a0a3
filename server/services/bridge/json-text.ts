import type { JsonObject } from '../../../shared/json.ts'

/**
 * Reads JSON text and keeps what JavaScript's own parser loses: the text of every number, names that occur twice,
 * and where each thing stands.
 */

interface Placed {
  /** Offset of its first character in the text. */
  readonly at: number
}

export interface ObjectNode extends Placed {
  readonly kind: 'object'
  readonly members: readonly JsonMember[]
}

export interface ArrayNode extends Placed {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
}

/** One `"name": value`; an object may hold a name twice. `at` is where the name stands. */
export interface JsonMember extends Placed {
  readonly name: string
  readonly value: JsonNode
}

/** A value as it stands in a JSON text. */
export type JsonNode =
  | ObjectNode
  | ArrayNode
  | (Placed & { readonly kind: 'string'; readonly value: string })
  | (Placed & { readonly kind: 'number'; readonly text: string })
  | (Placed & { readonly kind: 'literal'; readonly value: boolean | null })

/** Where a text stops being JSON, and why. Only ever thrown between `readJson` and whoever calls it. */
export class JsonFault extends Error {
  readonly at: number

  constructor(reason: string, at: number) {
    super(reason)
    this.at = at
  }
}

/** Deeper nesting is refused, so that no text can exhaust the stack. */
export const MAX_DEPTH = 1000

const BLANKS = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LITERAL = /true|false|null/y
/** The rest of a string without escapes: no quantified choice, which a long text would turn into a deep stack. */
const PLAIN_STRING = /"[ !#-[\]-\uffff]*"/y
const PLAIN_RUN = /[ !#-[\]-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** @throws JsonFault when the text is not exactly one JSON value */
export function readJson(text: string): JsonNode {
  const reader = new JsonReader(text)
  const node = reader.value(0)
  reader.end()
  return node
}

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(depth: number): JsonNode {
    this.#take(BLANKS)
    const at = this.#at
    if (depth > MAX_DEPTH) throw new JsonFault('Nesting is too deep', at)
    switch (this.#text.charAt(at)) {
      case '{':
        return { kind: 'object', at, members: this.#list('}', () => this.#member(depth)) }
      case '[':
        return { kind: 'array', at, items: this.#list(']', () => this.value(depth + 1)) }
      case '"':
        return { kind: 'string', at, value: this.#string() }
      default:
        return this.#scalar(at)
    }
  }

  end(): void {
    this.#take(BLANKS)
    if (this.#at < this.#text.length) throw this.#unexpected()
  }

  #list<T>(close: string, read: () => T): T[] {
    this.#at += 1
    const list: T[] = []
    if (this.#takeChar(close)) return list
    do list.push(read())
    while (this.#takeChar(','))
    if (!this.#takeChar(close)) throw this.#unexpected()
    return list
  }

  #member(depth: number): JsonMember {
    this.#take(BLANKS)
    const at = this.#at
    if (this.#text[at] !== '"') throw this.#unexpected()
    const name = this.#string()
    if (!this.#takeChar(':')) throw this.#unexpected()
    return { at, name, value: this.value(depth + 1) }
  }

  #string(): string {
    const at = this.#at
    const plain = this.#take(PLAIN_STRING)
    if (plain !== '') return plain.slice(1, -1)
    this.#at += 1
    do this.#take(PLAIN_RUN)
    while (this.#take(ESCAPE) !== '')
    if (this.#text[this.#at] !== '"') throw new JsonFault('Not a JSON string', at)
    this.#at += 1
    return JSON.parse(this.#text.slice(at, this.#at)) as string
  }

  #scalar(at: number): JsonNode {
    const literal = this.#take(LITERAL)
    if (literal !== '') return { kind: 'literal', at, value: literal === 'null' ? null : literal === 'true' }
    const number = this.#take(NUMBER)
    if (number === '') throw this.#unexpected()
    return { kind: 'number', at, text: number }
  }

  #takeChar(char: string): boolean {
    this.#take(BLANKS)
    if (this.#text[this.#at] !== char) return false
    this.#at += 1
    return true
  }

  #take(what: RegExp): string {
    what.lastIndex = this.#at
    const taken = what.exec(this.#text)?.[0] ?? ''
    this.#at += taken.length
    return taken
  }

  #unexpected(): JsonFault {
    const found = this.#text[this.#at]
    return new JsonFault(found === undefined ? 'Unexpected end of text' : `Unexpected character '${found}'`, this.#at)
  }
}

/** @returns the object that a text holds, or `null` when it holds none or nests too deep */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    return readJson(text).kind === 'object' ? (JSON.parse(text) as JsonObject) : null
  } catch (fault) {
    if (fault instanceof JsonFault) return null
    throw fault
  }
}
