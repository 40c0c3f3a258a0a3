import { signal } from '@preact/signals'
import i18next from 'i18next'

import en from '../../assets/locales/en.json'
import fr from '../../assets/locales/fr.json'
import type { Text, TextParams } from '../../shared/protocol/view.ts'
import type { Language } from '../view/language.ts'

type Unplural<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key

/** Every text the screens may ask for: a key that is in no locale does not compile. */
export type TextKey = Unplural<keyof typeof en>

const NO_PARAMS: TextParams = {}

/** The language being shown. Whatever reads it, or calls `t` or `say`, is drawn again when it changes. */
export const language = signal<Language>('en')

/** Loads both languages; after this, switching needs no network. */
export async function startI18n(first: Language): Promise<void> {
  await i18next.init({
    lng: first,
    fallbackLng: 'en',
    resources: { en: { translation: en }, fr: { translation: fr } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  })
  language.value = first
}

export async function setLanguage(next: Language): Promise<void> {
  await i18next.changeLanguage(next)
  language.value = next
}

/** A text of our own screens. */
export const t = (key: TextKey, params: TextParams = NO_PARAMS): string => translate(key, params)

/** A text that the city sends: its key is known only when it arrives. What somebody calls is also told as a deed. */
export function say({ key, params }: Text): string {
  const { eventName } = params
  return translate(key, typeof eventName === 'string' ? { ...params, deed: deedOf(eventName) } : params)
}

/** What a call does in the city, in the words of the street: `PutMetricAlarm` "sets an alarm". */
export function deedOf(eventName: string): string {
  const key = `call.${eventName}`
  return translate(i18next.exists(key) ? key : 'call.other', NO_PARAMS)
}

/** Numbers get the decimal sign of the language; `count` stays a number, as plural rules need it. */
function translate(key: string, params: TextParams): string {
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' && name !== 'count' ? formatNumber(value) : value,
  ])
  return i18next.t(key, { ...Object.fromEntries(shown), lng: language.value }) as string
}

const DECIMAL_SIGN: Readonly<Record<Language, string>> = { en: '.', fr: ',' }

/**
 * At most one decimal and no grouping: speeds, points, metres. `Intl` could do it too, but takes a tenth of a second on
 * a slow machine to get ready, and dials ask at every look.
 */
export const formatNumber = (value: number): string =>
  String(Math.round(value * 10) / 10).replace('.', DECIMAL_SIGN[language.value])
