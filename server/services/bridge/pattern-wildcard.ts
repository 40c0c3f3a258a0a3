import type { JsonNode } from './json-text.ts'
import type { Matcher } from './matcher.ts'
import { refuse, type Path } from './pattern-fault.ts'

/** More stars in one wildcard are refused: AWS refuses by complexity and does not publish its measure. */
const MAX_STARS = 5

/**
 * Splits a wildcard at its stars; `\*` and `\\` stand for themselves.
 *
 * @throws PatternFault for `**`, another escape, a lone backslash at the end, or too many stars
 */
export function readWildcard(text: string, node: JsonNode, path: Path): Matcher {
  const pieces: string[] = []
  let piece = ''
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i)
    if (char === '*') {
      if (text[i + 1] === '*') refuse(`Consecutive wildcard characters at pos ${i + 1}`, node, path)
      pieces.push(piece)
      piece = ''
    } else if (char === '\\') {
      i += 1
      const escaped = text.charAt(i)
      if (escaped !== '*' && escaped !== '\\') refuse(`Invalid escape character at pos ${i - 1}`, node, path)
      piece += escaped
    } else piece += char
  }
  if (pieces.length > MAX_STARS)
    refuse(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      node,
      path,
    )
  return pieces.length === 0 ? { kind: 'string', value: piece } : { kind: 'wildcard', pieces: [...pieces, piece] }
}
