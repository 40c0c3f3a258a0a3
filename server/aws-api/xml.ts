/** An element of an XML answer: its name, and its text or its children. */
export type Element = readonly [name: string, content: string | readonly Element[]]

/** Prints an element with its namespace and the XML declaration before it. */
export const toXml = ([name, content]: Element, namespace: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${toInner(content)}</${name}>`

const toInner = (content: Element[1]): string =>
  typeof content === 'string'
    ? escape(content)
    : content.map(([name, inner]) => `<${name}>${toInner(inner)}</${name}>`).join('')

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter)
