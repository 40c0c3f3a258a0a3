import type { FieldNode } from './field-node.ts'
import { JsonFault, MAX_DEPTH } from './json-text.ts'
import type { EventView } from './event-view.ts'
import type { Element, LeafClass } from './leaf.ts'
import type { PathIndex } from './path-index.ts'

/**
 * Looks at the leaves of an event that is already an object; where rules name nothing it is not looked at.
 *
 * @throws JsonFault for a list, which is no event, and for what nests too deep
 */
export function walkObject(root: FieldNode, event: object, view: EventView): void {
  if (!isObject(event)) throw new JsonFault('Not an object', 0)
  new ObjectWalk(view).object(root, event, null)
}

const isObject = (event: unknown): boolean => typeof event === 'object' && event !== null && !Array.isArray(event)

class ObjectWalk {
  readonly #view: EventView
  #arrays = 0
  #depth = 0

  constructor(view: EventView) {
    this.#view = view
  }

  object(node: FieldNode, value: object, element: Element | null): void {
    if (!node.isInner) return
    for (const name of Object.keys(value)) {
      const child = node.child(name)
      if (child) this.#value(child, (value as Readonly<Record<string, unknown>>)[name], element)
    }
  }

  #value(node: FieldNode, value: unknown, element: Element | null): void {
    if (typeof value === 'object' && value !== null) this.#within(node, value, element)
    else if (node.index) {
      const leaf = classOf(node.index, value)
      if (leaf) this.#view.see(leaf, element)
    }
  }

  #within(node: FieldNode, value: object, element: Element | null): void {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new JsonFault('Nesting is too deep', 0)
    if (Array.isArray(value)) this.#array(node, value, element)
    else this.object(node, value, element)
    this.#depth -= 1
  }

  #array(node: FieldNode, items: readonly unknown[], outer: Element | null): void {
    const array = (this.#arrays += 1)
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index]
      this.#value(node, item, typeof item === 'object' && item !== null ? { array, index, outer } : outer)
    }
  }
}

/** @returns `null` for what JSON cannot hold: as if it were not there */
function classOf(index: PathIndex, value: unknown): LeafClass | null {
  if (typeof value === 'string') return index.ofString(value)
  if (typeof value === 'number') return Number.isFinite(value) ? index.ofNumber(value) : index.ofLiteral(null)
  return typeof value === 'boolean' || value === null ? index.ofLiteral(value) : null
}
