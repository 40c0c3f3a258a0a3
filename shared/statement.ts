/**
 * Reading statements like SQL's word by word, by recursive descent: what the query languages of the services share. Each
 * brings its words and its own wording of what is wrong.
 */
export interface Statement {
  readonly words: readonly string[]
  at: number
  /** Parentheses and NOTs so far: bounded, so that no text is deeper than the stack. */
  opened: number
  readonly faults: Faults
}

/** What to throw at the first fault. */
interface Faults {
  /** No word fits at `at`, in characters. */
  readonly unreadable: (text: string, at: number) => Error
  /** `wanted` should stand here, and does not. */
  readonly expected: (wanted: string, statement: Statement) => Error
  readonly tooDeep: () => Error
}

const MOST_OPENED = 100

/**
 * Cuts a text into words.
 *
 * @param shape of one word, its first group, with space before it; sticky
 * @param end in characters: what lies behind is not read
 */
export function openStatement(text: string, shape: RegExp, end: number, faults: Faults): Statement {
  const words: string[] = []
  const next = new RegExp(shape)
  while (next.lastIndex < end) {
    const at = next.lastIndex
    const match = next.exec(text)
    if (!match) throw faults.unreadable(text, at)
    words.push(match[1] ?? '')
  }
  return { words, at: 0, opened: 0, faults }
}

/** The next word, empty at the end. */
export const peek = ({ words, at }: Statement): string => words[at] ?? ''

/** Takes the next word if it is this one, in whatever case; `word` is in capitals. */
export function takeWord(statement: Statement, word: string): boolean {
  const fits = peek(statement).toUpperCase() === word
  if (fits) statement.at += 1
  return fits
}

export function expectWord(statement: Statement, word: string): void {
  if (!takeWord(statement, word)) throw statement.faults.expected(word, statement)
}

/** One or more, with commas between them. */
export function listOf<T>(statement: Statement, read: (statement: Statement) => T): readonly T[] {
  const list = [read(statement)]
  while (takeWord(statement, ',')) list.push(read(statement))
  return list
}

/** Tests joined by OR, AND and NOT, and parentheses. */
export type Connected<Test> =
  | { readonly kind: 'and' | 'or'; readonly left: Connected<Test>; readonly right: Connected<Test> }
  | { readonly kind: 'not'; readonly of: Connected<Test> }
  | Test

/** @param readTest reads what is neither OR, AND, NOT nor a parenthesis */
export function readConnected<Test>(
  statement: Statement,
  readTest: (statement: Statement) => Connected<Test>,
): Connected<Test> {
  let left = readAnd(statement, readTest)
  while (takeWord(statement, 'OR')) left = { kind: 'or', left, right: readAnd(statement, readTest) }
  return left
}

function readAnd<Test>(statement: Statement, readTest: (statement: Statement) => Connected<Test>): Connected<Test> {
  let left = readNot(statement, readTest)
  while (takeWord(statement, 'AND')) left = { kind: 'and', left, right: readNot(statement, readTest) }
  return left
}

function readNot<Test>(statement: Statement, readTest: (statement: Statement) => Connected<Test>): Connected<Test> {
  statement.opened += peek(statement) === '(' || peek(statement).toUpperCase() === 'NOT' ? 1 : 0
  if (statement.opened > MOST_OPENED) throw statement.faults.tooDeep()
  if (takeWord(statement, 'NOT')) return { kind: 'not', of: readNot(statement, readTest) }
  if (!takeWord(statement, '(')) return readTest(statement)
  const inner = readConnected(statement, readTest)
  expectWord(statement, ')')
  return inner
}
