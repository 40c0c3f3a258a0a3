import type { Chain, ChainLink } from '../../shared/protocol/view.ts'
import { gapBetween } from './clocks.ts'

/** One step of the walk from the road to the consequence. */
export interface Step {
  readonly link: ChainLink
  /** Seconds since the step before, on both clocks; `null` for the first. */
  readonly gap: { readonly play: number; readonly service: number } | null
}

export function toSteps(chain: Chain): readonly Step[] {
  return chain.links.map((link, i) => {
    const before = chain.links[i - 1]
    return { link, gap: before ? gapBetween(before.at, link.at) : null }
  })
}

/** The step that a key leads to from `current`. @returns `current` when the key means none, or there is none */
export function stepAfterKey(key: string, current: number, count: number): number {
  const wished = new Map([
    ['ArrowDown', current + 1],
    ['ArrowRight', current + 1],
    ['ArrowUp', current - 1],
    ['ArrowLeft', current - 1],
    ['Home', 0],
    ['End', count - 1],
  ]).get(key)
  return wished === undefined ? current : Math.min(count - 1, Math.max(0, wished))
}
