import { effect } from '@preact/signals'
import { beforeAll, describe, expect, it } from 'vitest'

import { deedOf, formatNumber, language, say, setLanguage, startI18n, t } from '../../../client/i18n/i18n.ts'
import { pickLanguage } from '../../../client/view/language.ts'

beforeAll(() => startI18n('en'))

describe('pickLanguage', () => {
  it.each<[string | null, string | null, readonly string[], string]>([
    ['fr', 'en', ['en-GB'], 'fr'],
    [null, 'fr', ['en-GB'], 'fr'],
    [null, null, ['fr-CA', 'en'], 'fr'],
    [null, null, ['de-DE', 'fr-FR'], 'fr'],
    [null, null, ['de-DE'], 'en'],
    [null, null, [], 'en'],
    ['xx', null, ['fr'], 'fr'],
    ['FR-be', null, [], 'fr'],
  ])('asked %s, saved %s, browser %j: %s', (asked, saved, browser, picked) => {
    expect(pickLanguage(asked, saved, browser)).toBe(picked)
  })
})

describe('the texts', () => {
  it('change with the language, for whoever reads them, without a reload', async () => {
    const shown: string[] = []
    const stop = effect(() => void shown.push(t('why.ask')))
    await setLanguage('fr')
    stop()
    expect(shown).toEqual(['Why?', 'Pourquoi\u202f?'])
  })

  it('have the decimal sign of the language', async () => {
    await setLanguage('fr')
    expect(t('why.gap', { play: 4.44, service: 53 })).toContain('4,4 s')
    await setLanguage('en')
    expect(t('why.gap', { play: 4.44, service: 53 })).toContain('4.4 s')
    expect(formatNumber(2026)).toBe('2026')
  })

  it('count as each language does: French has no plural for 0', async () => {
    await setLanguage('fr')
    expect([0, 1, 2].map((count) => t('mailbox.unread', { count }))).toEqual([
      '0 lettre non lue',
      '1 lettre non lue',
      '2 lettres non lues',
    ])
    await setLanguage('en')
    expect([0, 1, 2].map((count) => t('mailbox.unread', { count }))).toEqual([
      '0 unread letters',
      '1 unread letter',
      '2 unread letters',
    ])
  })

  it('say what the city sends, names within names included', async () => {
    await setLanguage('fr')
    expect(language.value).toBe('fr')
    expect(say({ key: 'chain.part-repaired', params: { plate: 'FR-042', part: 'seatBelt' } })).toContain('Ceinture')
  })

  it('are not to be broken by what a name holds', async () => {
    await setLanguage('en')
    const who = '<b>{{plate}}</b> & $t(why.ask)'
    expect(t('logbook.deed', { who, deed: 'parks' })).toBe(`${who} parks`)
  })

  it('tell a call as a deed, and one they do not know as a call', async () => {
    await setLanguage('fr')
    expect(deedOf('TurnLeft')).toBe('tourne à gauche')
    expect(deedOf('PutDashboard')).toBe('fait un appel')
    const params = { who: 'city-hall', eventName: 'PutMetricAlarm', when: '08:00' }
    expect(say({ key: 'chain.record.AssumedRole', params })).toBe(
      'Noté\u202f: city-hall règle une alarme (PutMetricAlarm).',
    )
  })
})
