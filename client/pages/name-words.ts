import { t, type TextKey } from '../i18n/i18n.ts'
import type { NameWords } from '../view/names.ts'

/** The lists stand in the locales, one text per list, so that each language agrees as it must. */
export function nameWords(): NameWords {
  const list = (key: TextKey) => t(key).split(', ')
  return {
    nounsA: list('names.nouns-a'),
    adjectivesA: list('names.adjectives-a'),
    nounsB: list('names.nouns-b'),
    adjectivesB: list('names.adjectives-b'),
    join: (noun, adjective) => t('names.pattern', { noun, adjective }),
  }
}
