/** An element of an XML answer: its name, and its text or its children. */
export type Element = readonly [name: string, content: string | readonly Element[]]

/** Prints a document. @param namespace left out: none, as in the errors of S3 */
export function toXml([name, content]: Element, namespace?: string): string {
  const start = namespace === undefined ? name : `${name} xmlns="${namespace}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${start}>${toInner(content)}</${name}>`
}

const toInner = (content: Element[1]): string =>
  typeof content === 'string'
    ? escape(content)
    : content.map(([name, inner]) => `<${name}>${toInner(inner)}</${name}>`).join('')

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter)
