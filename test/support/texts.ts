import { readFileSync } from 'node:fs'

/** @returns the text of a key as the page says it in that language; the key itself where there is none */
export function sayIn(language: string): (key: string) => string {
  const file = new URL(`../../assets/locales/${language}.json`, import.meta.url)
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>
  return (key) => texts[key] ?? key
}
