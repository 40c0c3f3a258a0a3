import type { Json, JsonObject } from '../../../shared/json.ts'

/** A name, an element's number, or every element. */
type Step = { readonly name: string } | { readonly index: number } | 'every'

const STEP = /\.([A-Za-z0-9_\-/]+)|\[(\d{1,6})\]|\[(\*)\]|\.(\*)|\['([^']*)'\]/y

/**
 * Reads a path such as `$.detail.driver` or `$.resources[0]` (EventBridge User Guide, "Input transformation").
 *
 * @returns `null` when it is none
 */
export function parseJsonPath(text: string): readonly Step[] | null {
  if (!text.startsWith('$')) return null
  const steps: Step[] = []
  let at = 1
  while (at < text.length) {
    STEP.lastIndex = at
    const match = STEP.exec(text)
    if (!match) return null
    const [whole, dotted, index, , , quoted] = match
    const name = dotted ?? quoted
    steps.push(name !== undefined ? { name } : index !== undefined ? { index: Number(index) } : 'every')
    at += whole.length
  }
  return steps
}

/** @returns what the path selects, or `undefined` when it is not there; a path over every element selects a list */
export function selectPath(root: Json, path: string): Json | undefined {
  const steps = parseJsonPath(path)
  return steps === null ? undefined : select(root, steps)
}

function select(value: Json | undefined, steps: readonly Step[]): Json | undefined {
  const [step, ...rest] = steps
  if (step === undefined || value === undefined) return value
  if (step === 'every') {
    const items = isArray(value) ? value : isObject(value) ? Object.values(value) : []
    const selected = items.flatMap((item) => select(item, rest) ?? [])
    return selected.length === 0 ? undefined : selected
  }
  if ('index' in step) return isArray(value) ? select(value[step.index], rest) : undefined
  return isObject(value) && Object.hasOwn(value, step.name) ? select(value[step.name], rest) : undefined
}

const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isArray(value)
