export const LANGUAGES = ['fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const isLanguage = (text: string): text is Language => LANGUAGES.some((language) => language === text)

/**
 * The language a screen starts in: what the address asks for, else what was chosen before, else the first of the
 * browser's languages that the game speaks, else English.
 */
export function pickLanguage(asked: string | null, saved: string | null, browser: readonly string[]): Language {
  const wishes = [asked, saved, ...browser].map((wish) => (wish ?? '').slice(0, 2).toLowerCase())
  return wishes.find(isLanguage) ?? 'en'
}
