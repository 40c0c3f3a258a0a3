import { effect, signal } from '@preact/signals'

import { pickLanguage } from '../view/language.ts'
import { setLanguage } from '../i18n/i18n.ts'
import { decodeSettings, type Settings } from '../view/settings.ts'

const STORAGE_KEY = 'nuageville.settings'

/** What the player has chosen; every change is saved on this device and shown at once. */
export const settings = signal<Settings>(decodeSettings(null))

export function change(part: Partial<Settings>): void {
  settings.value = { ...settings.value, ...part }
}

/** Reads what was saved and keeps the page in step with it. Call once, before the first drawing. */
export function openPreferences(storage: Storage, root: HTMLElement): void {
  settings.value = decodeSettings(storage.getItem(STORAGE_KEY))
  effect(() => {
    storage.setItem(STORAGE_KEY, JSON.stringify(settings.value))
    showOn(root, settings.value)
  })
}

/** Follows the choice of a language; the address wins once, until the player chooses. */
export function firstLanguage(asked: string | null, browser: readonly string[]) {
  return pickLanguage(asked, settings.value.language, browser)
}

export async function chooseLanguage(language: Settings['language']): Promise<void> {
  change({ language })
  if (language) await setLanguage(language)
}

function showOn(root: HTMLElement, { textScale, highContrast, reducedMotion, easyReading }: Settings): void {
  root.style.setProperty('--text-scale', String(textScale))
  root.toggleAttribute('data-contrast', highContrast)
  root.toggleAttribute('data-still', reducedMotion)
  root.toggleAttribute('data-easy', easyReading)
}

/** The settings as the picture should follow them: a computer that asks for less motion is heard as the game's own switch is. */
export const settingsOfPicture = (): Settings => ({
  ...settings.value,
  reducedMotion: settings.value.reducedMotion || matchMedia('(prefers-reduced-motion: reduce)').matches,
})
