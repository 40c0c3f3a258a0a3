import { createInstance, type i18n } from 'i18next'

import type { InboxEntry } from '../../shared/protocol/view.ts'
import type { Letter } from './postman.ts'

/** Texts of one language, as `assets/locales` holds them. */
export type Locale = Readonly<Record<string, unknown>>

/** Puts an entry of an in-game mailbox into words, in every language of the city at once: nobody's is known here. */
export type LetterWriter = (plate: string, entry: InboxEntry) => Letter

/** @param locales by language code; every one of them speaks in every letter */
export async function openLetterWriter(locales: Readonly<Record<string, Locale>>): Promise<LetterWriter> {
  const texts: i18n = createInstance()
  await texts.init({
    lng: 'en',
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(Object.entries(locales).map(([code, translation]) => [code, { translation }])),
  })
  const say = (text: InboxEntry['subject'], separator: string) =>
    Object.keys(locales)
      .map((code) => texts.getFixedT(code)(text.key, text.params))
      .join(separator)
  return (plate, entry) => ({
    plate,
    from: entry.from,
    subject: say(entry.subject, ' · '),
    text: say(entry.body, '\n\n'),
  })
}
