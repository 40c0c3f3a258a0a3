import type { Result } from '../../../shared/result.ts'
import { fail, ok } from '../../../shared/result.ts'

export interface PolicyToken {
  readonly kind: 'word' | 'string' | 'number' | 'sign' | 'message' | 'end'
  readonly text: string
  /** From 1. */
  readonly line: number
}

const SHAPES: readonly { readonly kind: PolicyToken['kind'] | 'blank'; readonly shape: RegExp }[] = [
  { kind: 'blank', shape: /\s+|#[^\n]*/y },
  { kind: 'message', shape: /<<([^>]{0,1024})>>/y },
  { kind: 'string', shape: /"([^"\n]*)"|'([^'\n]*)'/y },
  { kind: 'number', shape: /-?\d+(?:\.\d+)?/y },
  { kind: 'word', shape: /[A-Za-z_%][\w-]*(?:\.(?:\*|[\w-]+))*/y },
  { kind: 'sign', shape: /==|!=|<=|>=|:=|[<>!{}[\],=]/y },
]

/** Cuts a policy into its words and signs; comments run from `#` to the end of the line. */
export function tokenize(text: string): Result<readonly PolicyToken[], { line: number; message: string }> {
  const tokens: PolicyToken[] = []
  let at = 0
  let line = 1
  while (at < text.length) {
    const match = matchAt(text, at)
    if (!match) return fail({ line, message: `unexpected ${text[at] ?? ''}` })
    if (match.kind !== 'blank') tokens.push({ kind: match.kind, text: match.text, line })
    for (let i = at; i < at + match.length; i += 1) if (text[i] === '\n') line += 1
    at += match.length
  }
  return ok(tokens)
}

function matchAt(text: string, at: number) {
  for (const { kind, shape } of SHAPES) {
    const own = new RegExp(shape)
    own.lastIndex = at
    const match = own.exec(text)
    if (match) return { kind, text: match[1] ?? match[2] ?? match[0], length: match[0].length }
  }
  return null
}
