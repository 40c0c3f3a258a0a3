import { describe, expect, it } from 'vitest'

import en from '../../../assets/locales/en.json' with { type: 'json' }
import { agentOf, FIVE_AGENTS } from '../../../client/view/agents.ts'
import { toHeadline } from '../../../client/view/headline.ts'
import { toRoster } from '../../../client/view/roster.ts'
import { bySeat, seatMark } from '../../../client/view/seat-mark.ts'
import type { FeedEntry } from '../../../shared/protocol/view.ts'
import { playMs, serviceMs } from '../../../shared/units.ts'
import { demoView } from '../pages/demo/demo-view.ts'

describe('the five agents', () => {
  it('have five shapes and five names of AWS', () => {
    expect(new Set(FIVE_AGENTS.map((speaker) => agentOf(speaker).shape)).size).toBe(5)
    expect(FIVE_AGENTS.map((speaker) => agentOf(speaker).awsName)).toEqual([
      'Amazon CloudWatch', 'AWS Config', 'Amazon EventBridge', 'AWS Lambda', 'AWS CloudTrail',
    ]) // prettier-ignore
  })

  it('do not lend their names to the street and the mail', () => {
    expect(agentOf('street').awsName).toBeNull()
    expect(agentOf('mail').awsName).toBeNull()
  })
})

describe('the wall', () => {
  const line = (key: string, ms: number, plate: string | null = null): FeedEntry => ({
    id: `${ms}/1`,
    speaker: 'watch',
    text: { key, params: { plate: 'NV-041' } },
    at: { playMs: playMs(ms), serviceMs: serviceMs(ms * 12) },
    plate,
  })
  const alarm = line('chain.alarm.ALARM', 10_000)
  const fine = line('chain.letter.fine', 12_000)
  const call = line('chain.record.AssumedRole', 12_050)

  it('prefers what happens to somebody to how it is done', () => {
    expect(toHeadline([alarm, call, line('chain.match', 13_000)])?.entry).toBe(alarm)
  })

  it('says it in the words of the street, with the line’s own names', () => {
    expect(toHeadline([fine])?.plain).toEqual({ key: 'headline.fine', params: { plate: 'NV-041' } })
    expect(toHeadline([line('chain.weather-changed', 0)])?.plain).toBeNull()
  })

  it('lets a great line stand for a while before a lesser one, and an equal one take its place at once', () => {
    const unit = line('chain.unit-departed', 16_000)
    expect(toHeadline([fine, unit])?.entry).toBe(fine)
    expect(toHeadline([fine, line('chain.unit-departed', 17_000)])?.entry).not.toBe(fine)
    const next = line('chain.letter.fine', 14_000)
    expect(toHeadline([fine, next])?.entry).toBe(next)
  })

  it('says nothing of what is about somebody, nor of mere doing', () => {
    expect(toHeadline([line('chain.letter.fine', 0, 'NV-041'), call])).toBeNull()
  })

  it('has words for all it says', () => {
    const keys = ['alarm.ALARM', 'letter.fine', 'letter.repair', 'dead-letter', 'compliance.COMPLIANT', 'compliance.NON_COMPLIANT', 'manoeuvre.RunRed', 'unit-departed'] // prettier-ignore
    const plain = keys.map((key) => toHeadline([line(`chain.${key}`, 0)])?.plain?.key ?? '')
    expect(plain.filter((key) => !(key in en))).toEqual([])
  })
})

describe('the roster', () => {
  const [here, away] = [{ connected: true }, { connected: false }]

  it('says who is away, and how many have not come yet', () => {
    expect(toRoster([here, here, away], 5)).toEqual({ away: 1, toCome: 2 })
  })

  it('waits for nobody when nobody has said how many there are, nor when more have come', () => {
    expect(toRoster([here], 0).toCome).toBe(0)
    expect(toRoster([here, here], 1).toCome).toBe(0)
  })
})

describe('the seats', () => {
  it('tell who is there by mark and word', () => {
    expect(seatMark({ connected: true })).toEqual({ state: 'here', mark: '●' })
    expect(seatMark({ connected: false })).toEqual({ state: 'away', mark: '○' })
  })

  it('put those who are away first, then sort as the language does', () => {
    const seat = (name: string, connected: boolean) => ({ ...demoView('host').room.seats[0], name, connected })
    const seats = [seat('Zéphyr', true), seat('Étoile', true), seat('Abeille', true), seat('Voile', false)]
    const whole = seats.map((line) => ({ seatId: '', plate: '', fines: 0, code: null, desk: null, ...line }))
    expect(whole.sort(bySeat('fr')).map(({ name }) => name)).toEqual(['Voile', 'Abeille', 'Étoile', 'Zéphyr'])
  })
})
