/** The measure of every size limit of the services: texts in UTF-8. A lone surrogate counts 3, as the replacement character does. */

/** How many bytes a text takes. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const letter of text) bytes += bytesOf(letter)
  return bytes
}

/** As much of a text's beginning as fits into some bytes, in whole letters. */
export function firstBytes(text: string, most: number): string {
  let bytes = 0
  let length = 0
  for (const letter of text) {
    bytes += bytesOf(letter)
    if (bytes > most) break
    length += letter.length
  }
  return text.slice(0, length)
}

/** As much of a text's end as fits into some bytes, in whole letters. */
export function lastBytes(text: string, most: number): string {
  let surplus = utf8Length(text) - most
  let from = 0
  for (const letter of text) {
    if (surplus <= 0) break
    surplus -= bytesOf(letter)
    from += letter.length
  }
  return text.slice(from)
}

function bytesOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
