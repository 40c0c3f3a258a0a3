import type { Language } from '../view/language.ts'

/** What is printed on each key of this keyboard, where the browser tells: code → character. */
export type KeyboardLayout = ReadonlyMap<string, string>

/** Where AZERTY prints another letter than QWERTY: for browsers that do not tell, a French reader most likely has it. */
const AZERTY: KeyboardLayout = new Map([
  ['KeyQ', 'a'],
  ['KeyW', 'z'],
  ['KeyA', 'q'],
  ['KeyZ', 'w'],
  ['KeyM', ','],
  ['Semicolon', 'm'],
])

/** Marks that need no translation; Space has a word in the locales. */
const SIGNS: KeyboardLayout = new Map([
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['Backspace', '⌫'],
])

/** The label of a physical key on the keyboard at hand. @param layout `null` where the browser does not tell */
export function keyLabel(code: string, layout: KeyboardLayout | null, language: Language): string {
  const sign = SIGNS.get(code)
  if (sign !== undefined) return sign
  const printed = layout?.get(code) ?? (language === 'fr' && !layout ? AZERTY.get(code) : undefined)
  return (printed ?? code.replace(/^(Key|Digit|Numpad)/, '')).toUpperCase()
}

interface LayoutSource {
  readonly keyboard?: { getLayoutMap(): Promise<KeyboardLayout> }
}

/** Asks the browser for the layout. @returns `null` where it does not tell (Firefox, Safari, plain HTTP) */
export async function readLayout(source: LayoutSource): Promise<KeyboardLayout | null> {
  try {
    return (await source.keyboard?.getLayoutMap()) ?? null
  } catch {
    return null
  }
}
