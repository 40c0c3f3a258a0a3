import { describe, expect, it } from 'vitest'

import { baseOf, gapsOf, LOCALES, prefixesIn, readSources } from './locales.ts'
import { TEXT_FAMILIES } from './text-families.ts'

const { en, fr } = LOCALES
const keys = Object.keys(en)
const sources = readSources()
const written = new Set(
  sources.flatMap(({ text }) => [...text.matchAll(/['"`]([a-zA-Z][\w.-]*)['"`]/g)].map(([, word]) => word ?? '')),
)
const families = Object.entries(TEXT_FAMILIES).flatMap(([prefix, members]) => members.map((name) => `${prefix}${name}`))

describe('the two locales', () => {
  it('have the same keys, in alphabetical order', () => {
    expect(Object.keys(fr)).toEqual(keys)
    expect(keys).toEqual([...keys].sort())
  })

  it('leave the same gaps in each text', () => {
    const differing = keys.filter((key) => gapsOf(en[key] ?? '').join() !== gapsOf(fr[key] ?? '').join())
    expect(differing).toEqual([])
  })

  it('hold no empty text and no text with spaces at its ends', () => {
    const odd = Object.values(LOCALES).flatMap((texts) => Object.entries(texts).filter(([, text]) => text.trim() !== text || text === '')) // prettier-ignore
    expect(odd).toEqual([])
  })

  it('give both numbers of every plural', () => {
    const plurals = keys.filter((key) => /_(one|other)$/.test(key))
    const lone = plurals.filter((key) => !keys.includes(`${baseOf(key)}_one`) || !keys.includes(`${baseOf(key)}_other`))
    expect(lone).toEqual([])
  })
})

describe('every text', () => {
  it('is asked for by a screen, the city or a scenario', () => {
    const asked = new Set([...written, ...families])
    expect(keys.filter((key) => !asked.has(baseOf(key)))).toEqual([])
  })

  it('that is put together when the game runs has its family listed', () => {
    const unknown = sources.flatMap(({ path, text }) =>
      prefixesIn(text)
        .filter((prefix) => keys.some((key) => key.startsWith(prefix)))
        .filter((prefix) => !(prefix in TEXT_FAMILIES) && !families.some((key) => key.startsWith(prefix)))
        .map((prefix) => `${path}: ${prefix}`),
    )
    expect(unknown).toEqual([])
  })

  it('of a listed family is still put together somewhere', () => {
    const nested = Object.values(en).flatMap((text) =>
      [...text.matchAll(/\$t\(([\w.-]+\.)\{\{/g)].map(([, name]) => name),
    )
    const used = new Set<string | undefined>([...sources.flatMap(({ text }) => prefixesIn(text)), ...nested])
    expect(Object.keys(TEXT_FAMILIES).filter((prefix) => !used.has(prefix))).toEqual([])
  })

  it('of a listed family exists', () => {
    expect(families.filter((key) => !(key in en))).toEqual([])
  })

  it('that the city or a scenario names exists', () => {
    const named = sources
      .filter(({ path }) => path.startsWith('server') || path.startsWith('assets'))
      .flatMap(({ text }) => [...text.matchAll(/['"]((?:chain|mail|errand|scenario|feed)\.[\w.-]+)['"]/g)])
      .map(([, key]) => key ?? '')
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((key) => !(key in en))).toEqual([])
  })

  it('that stands inside another exists', () => {
    const nested = Object.values({ ...en, ...fr }).flatMap((text) => [...text.matchAll(/\$t\(([\w.-]+\.)\{\{/g)])
    expect(nested.map(([, prefix]) => prefix).filter((prefix) => !(String(prefix) in TEXT_FAMILIES))).toEqual([])
  })
})

describe('French texts', () => {
  const texts = Object.entries(fr).map(([key, text]) => ({ key, text: text.replaceAll(/\{\{\w+\}\}|\d\d:\d\d/g, 'x') }))
  const keysWith = (pattern: RegExp) => texts.filter(({ text }) => pattern.test(text)).map(({ key }) => key)

  it('put a narrow no-break space before : ; ! ? and %', () => {
    expect(keysWith(/[^\u202f][:;!?%]/)).toEqual([])
  })

  it('use guillemets with narrow no-break spaces inside, and typographic apostrophes', () => {
    expect(keysWith(/«[^\u202f]|[^\u202f]»|["“”']/)).toEqual([])
  })

  it('use the fixed glossary', () => {
    const terms = ['journal de suivi', 'événement de gestion', 'métrique', 'alarme', 'règle', 'simultanéité réservée', 'conformité'] // prettier-ignore
    const all = Object.values(fr).join('\n').toLowerCase().replaceAll('événements de', 'événement de')
    expect(terms.filter((term) => !all.includes(term))).toEqual([])
  })
})

describe('the names of AWS', () => {
  const NAMES = /\b(AWS|CloudTrail|CloudWatch|EventBridge|Lambda|ALARM|OK|INSUFFICIENT_DATA|COMPLIANT|NON_COMPLIANT|NOT_APPLICABLE|JSON)\b/g // prettier-ignore

  it('are the same in both languages', () => {
    const namesIn = (text: string | undefined) => [...new Set((text ?? '').match(NAMES) ?? [])].sort().join()
    expect(keys.filter((key) => namesIn(en[key]) !== namesIn(fr[key]))).toEqual([])
  })
})

describe('the cards of the first minute', () => {
  const words = (text: string) => text.split(/[\s\u202f]+/).filter((word) => /[\p{L}\d{]/u.test(word)).length
  const cards = keys.filter((key) => key.startsWith('card.') && key !== 'card.dismiss')

  it.each(cards)('%s has at most twelve words in each language', (key) => {
    expect(words(en[key] ?? '')).toBeLessThanOrEqual(12)
    expect(words(fr[key] ?? '')).toBeLessThanOrEqual(12)
  })
})

describe('the names to roll', () => {
  const LONGEST_NAME = 24
  const listOf = (texts: Readonly<Record<string, string>>, key: string) => (texts[`names.${key}`] ?? '').split(', ')

  it.each(['en', 'fr'] as const)('fit in a seat, all of them, in %s', (language) => {
    const texts = LOCALES[language]
    const groups = ['a', 'b'] as const
    const all = groups.flatMap((group) =>
      listOf(texts, `nouns-${group}`).flatMap((noun) =>
        listOf(texts, `adjectives-${group}`).map((adjective) =>
          (texts['names.pattern'] ?? '').replace('{{noun}}', noun).replace('{{adjective}}', adjective),
        ),
      ),
    )
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBeGreaterThan(300)
    expect(all.filter((name) => name.length > LONGEST_NAME)).toEqual([])
  })

  it('agree in gender in French: every adjective has both forms', () => {
    const [masculine, feminine] = [listOf(fr, 'adjectives-a'), listOf(fr, 'adjectives-b')]
    const pairs = masculine.map((adjective, i) => [adjective, feminine[i] ?? ''] as const)
    const agrees = ([m, f]: readonly [string, string]) => f === m || /^(.*)(e|ne|ve|euse|ière|se)$/.test(f)
    expect(feminine).toHaveLength(masculine.length)
    expect(pairs.filter((pair) => !agrees(pair) || pair[0].slice(0, 2) !== pair[1].slice(0, 2))).toEqual([])
  })
})
