import { describe, expect, it } from 'vitest'

import { agentOf, FIVE_AGENTS } from '../../../client/view/agents.ts'
import { toHeadline } from '../../../client/view/headline.ts'
import { bySeat, seatMark } from '../../../client/view/seat-mark.ts'
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
  it('says the newest line that is about nobody in particular', () => {
    expect(toHeadline(demoView('projector').feed)).toMatchObject({ id: '790/1', plate: null })
  })

  it('says nothing when every line is about somebody', () => {
    expect(toHeadline(demoView('projector').feed.filter(({ plate }) => plate !== null))).toBeNull()
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
