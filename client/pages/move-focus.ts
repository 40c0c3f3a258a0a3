import type { PadMove } from '../input/pad.ts'

const REACHED = 'button:not(:disabled), summary, a[href], input:not(:disabled), select:not(:disabled), textarea'

/** Goes through a panel as the Tab key does, for hands that hold a pad: the panel on top, round and round. */
export function moveFocus(move: Exclude<PadMove, 'back'>): void {
  const panel = [...document.querySelectorAll('dialog[open]')].at(-1)
  if (!panel) return
  const reached = [...panel.querySelectorAll<HTMLElement>(REACHED)].filter((element) => element.checkVisibility())
  const at = reached.findIndex((element) => element === document.activeElement)
  if (move === 'press') return reached[at]?.click()
  const next = move === 'next' ? at + 1 : at < 0 ? -1 : at - 1
  const target = reached.at(next % reached.length)
  target?.focus({ focusVisible: true } as FocusOptions)
  target?.scrollIntoView({ block: 'nearest' })
}
