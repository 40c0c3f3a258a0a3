/** What a key can do. The order is the order of the settings panel. */
export const ACTIONS = [
  'accelerate', 'brake', 'left', 'right', 'handbrake', 'unstick', 'horn', 'lights', 'belt',
  'mailbox', 'logbook', 'xray', 'nearby', 'pause',
] as const // prettier-ignore
export type Action = (typeof ACTIONS)[number]

/** Physical keys (`KeyboardEvent.code`), so that WASD on one keyboard is ZQSD on another. */
export type Bindings = Readonly<Record<Action, string>>

export const DEFAULT_BINDINGS: Bindings = {
  accelerate: 'KeyW',
  brake: 'KeyS',
  left: 'KeyA',
  right: 'KeyD',
  handbrake: 'Space',
  unstick: 'KeyR',
  horn: 'KeyH',
  lights: 'KeyL',
  belt: 'KeyB',
  mailbox: 'KeyM',
  logbook: 'KeyK',
  xray: 'KeyX',
  nearby: 'KeyN',
  pause: 'KeyP',
}

/** The arrows drive, whatever else is bound. */
const ARROWS: Readonly<Record<string, Action>> = {
  ArrowUp: 'accelerate',
  ArrowDown: 'brake',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** Keys that a Chromebook, a browser or a screen reader needs for itself. */
const RESERVED = /^(F\d+|Escape|Tab|Enter|NumpadEnter|Meta|Control|Alt|Shift|CapsLock|Arrow|ContextMenu|Browser|Audio)/

export const canBind = (code: string): boolean => code !== '' && !RESERVED.test(code)

/** @returns `null` when the key does nothing */
export const actionOf = (bindings: Bindings, code: string): Action | null =>
  ARROWS[code] ?? ACTIONS.find((action) => bindings[action] === code) ?? null

/** Gives `action` another key. A key that was taken changes places, so that no action loses its last one. */
export function rebind(bindings: Bindings, action: Action, code: string): Bindings {
  if (!canBind(code)) return bindings
  const other = ACTIONS.find((candidate) => bindings[candidate] === code)
  const swapped = other ? { ...bindings, [other]: bindings[action] } : bindings
  return { ...swapped, [action]: code }
}

/** Reads saved bindings. An action that is not among them has its usual key, or another's; anything odd gives the defaults. */
export function decodeBindings(saved: unknown): Bindings {
  if (typeof saved !== 'object' || saved === null) return DEFAULT_BINDINGS
  const given = new Map<string, unknown>(Object.entries(saved))
  const chosen = ACTIONS.flatMap((action) => (given.has(action) ? [{ action, code: given.get(action) }] : []))
  const codes = chosen.flatMap(({ code }) => (typeof code === 'string' && canBind(code) ? [code] : []))
  if (new Set(codes).size < chosen.length) return DEFAULT_BINDINGS
  return chosen.reduce((bindings, { action }, i) => rebind(bindings, action, codes[i] ?? ''), DEFAULT_BINDINGS)
}
