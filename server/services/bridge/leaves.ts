import type { JsonNode } from './json-text.ts'

/** A scalar of an event, and the element of each array of objects or arrays in which it stands. */
export interface Leaf {
  readonly node: JsonNode
  readonly elements: readonly (readonly [array: number, index: number])[]
}

/** Dotted path → the scalars there, in the order of the text. */
export function toLeaves(root: JsonNode): ReadonlyMap<string, readonly Leaf[]> {
  const leaves = new Map<string, Leaf[]>()
  let arrays = 0
  const visit = (node: JsonNode, path: readonly string[], elements: Leaf['elements']): void => {
    if (node.kind === 'object') for (const { name, value } of node.members) visit(value, [...path, name], elements)
    else if (node.kind === 'array') {
      const array = arrays++
      node.items.forEach((item, index) =>
        visit(item, path, item.kind === 'object' || item.kind === 'array' ? [...elements, [array, index]] : elements),
      )
    } else {
      const key = path.join('.')
      const list = leaves.get(key)
      if (list) list.push({ node, elements })
      else leaves.set(key, [{ node, elements }])
    }
  }
  visit(root, [], [])
  return leaves
}
