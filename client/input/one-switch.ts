import { nextOf, toScanOrder, type Pressable } from '../view/scan-order.ts'

const PRESSABLE = 'button:not(:disabled), a[href], summary, input[type="radio"], input[type="checkbox"]'
/** Marks what is lit, for the style sheet and for whoever asks whether Space belongs to a button. */
const LIT = 'data-lit'

/**
 * For whoever has one switch: what can be pressed lights up in turn, and Space or Enter, which is what switches send,
 * presses it, as the browser does with whatever has the focus.
 *
 * @param seconds how long each thing stays lit
 * @returns how to stop
 */
export function openOneSwitch(seconds: number): () => void {
  let lit: Element | null = null
  let wasPressed = false
  const light = () => {
    lit?.removeAttribute(LIT)
    lit = nextOf(toScanOrder(pressables()), lit, wasPressed)
    wasPressed = false
    if (!(lit instanceof HTMLElement)) return
    lit.setAttribute(LIT, '')
    lit.focus({ preventScroll: true })
    lit.scrollIntoView({ block: 'nearest' })
  }
  const onClick = () => (wasPressed = true)
  const timer = setInterval(light, seconds * 1000)
  addEventListener('click', onClick)
  return () => {
    clearInterval(timer)
    removeEventListener('click', onClick)
    lit?.removeAttribute(LIT)
  }
}

/** What is on the screen now; behind an open panel nothing can be pressed. */
function pressables(): readonly Pressable<Element>[] {
  const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body
  return [...root.querySelectorAll(PRESSABLE)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches('.thumb'))
    .map((target) => ({ target, kind: kindOf(target) }))
}

function kindOf(element: Element): Pressable<Element>['kind'] {
  if (element.matches('.icon-button, .tool:last-child')) return 'way-out'
  if (element.closest('.card, .toast') !== null) return 'card'
  return element.matches('.button, .question input') ? 'main' : 'other'
}
