import { beforeAll, describe, expect, it } from 'vitest'

import type { CauseId } from '../../../shared/ids.ts'
import type { StudyAct } from '../../../shared/protocol/study.ts'
import type { City } from '../../../server/city/city.ts'
import { hashCity } from '../../../server/city/hash.ts'
import { learn, refusalOf, rightOf } from '../../../server/city/study.ts'
import { openQuestion, scoreOf, viewDesk, viewStudy } from '../../../server/city/study-view.ts'
import { tick } from '../../../server/city/tick.ts'
import { vehicleSlotOf } from '../../../server/sim/world.ts'
import { openDiscovery } from '../../support/test-city.ts'

const SEAT = 's1'
const join = { kind: 'join', seatId: SEAT, plate: 'FR-1', vehicle: 'sedan', colour: 0 } as const
const studyOf = (city: City) => city.study[SEAT] ?? expect.fail('nobody sits there')
const scoreIn = (city: City) => scoreOf(city.scenario, studyOf(city))
const doing = (city: City, act: StudyAct): City => tick(city, [{ kind: 'study', seatId: SEAT, act }])

function run(city: City, ticks: number): City {
  let next = city
  for (let n = 0; n < ticks; n += 1) next = tick(next, [])
  return next
}

/** A city in which traffic has been fined, with one driver in it; and the id of a fine. */
let fined: City
let fineId: CauseId
beforeAll(() => {
  fined = tick(openDiscovery({ bots: 20 }), [join])
  while (fined.letters.every(({ entry }) => entry.kind !== 'fine')) fined = tick(fined, [])
  fineId = fined.letters.find(({ entry }) => entry.kind === 'fine')?.id ?? expect.fail('no fine')
})

const learnt = (city: City, act: StudyAct): City => ({ ...city, study: learn(city, SEAT, act) })
const walked = () => learnt(fined, { do: 'walk', id: fineId })
const rightAnswer = (city: City, goal: string): StudyAct => {
  const question = city.scenario.questions?.find((each) => each.goal === goal) ?? expect.fail('no question')
  return { do: 'answer', question: question.id, option: rightOf(question) }
}

describe('the two scores', () => {
  it('[CITY-40] begin at nothing, of fifteen that can be known', () => {
    const city = tick(openDiscovery({ bots: 0 }), [join])
    expect(scoreIn(city)).toEqual({ driving: 0, perMinute: 0, knowledge: 0, mostKnowledge: 15 })
  })

  it('[CITY-40] count errands, safe minutes and fines as driving, and never fall below nothing', () => {
    const seat = { ...studyOf(fined), errands: 30, safeMinutes: 4, fines: 1 }
    expect(scoreOf(fined.scenario, seat).driving).toBe(28)
    expect(scoreOf(fined.scenario, { ...seat, fines: 9 }).driving).toBe(0)
  })

  it('[CITY-40] give a safe minute to whoever drives, and none to whoever is parked or runs a red light', () => {
    const seats = ['drives', 'parks'] as const
    let city = tick(
      openDiscovery({ bots: 0 }),
      seats.map((seatId) => ({ ...join, seatId, plate: seatId })),
    )
    const autopilot = { steering: false, braking: false, speedCap: 1, autopilot: true }
    city = tick(city, [{ kind: 'assist', seatId: 'drives', assists: autopilot }])
    city = run(city, 1200 - city.tick)
    expect(city.study['drives']).toMatchObject({ minutes: 1, safeMinutes: 1 })
    expect(city.study['parks']).toMatchObject({ minutes: 1, safeMinutes: 0 })
  })

  it('[CITY-45] tell driving by the minute, so that a late joiner is not behind', () => {
    const early = { ...studyOf(fined), errands: 100, minutes: 20 }
    const late = { ...early, errands: 20, minutes: 4 }
    expect(scoreOf(fined.scenario, early).perMinute).toBe(scoreOf(fined.scenario, late).perMinute)
    expect(scoreOf(fined.scenario, { ...late, minutes: 0 }).perMinute).toBe(20)
  })
})

describe('knowledge', () => {
  it('[CITY-42] comes from walking a chain to its end: a fine’s proves four of the five', () => {
    const city = walked()
    expect(studyOf(city).proven).toEqual(['read-the-camera', 'meet-the-centre', 'follow-the-unit'])
    expect(scoreIn(city).knowledge).toBe(3)
    expect(refusalOf(fined, SEAT, { do: 'walk', id: '9/99999' })).toBe('unknown-id')
  })

  it('[CITY-41] is not raised by more of the same', () => {
    const city = walked()
    expect(learnt(city, { do: 'walk', id: fineId }).study).toEqual(city.study)
    const lucky = { ...studyOf(city), errands: 9999, safeMinutes: 99, fines: 0 }
    expect(scoreOf(city.scenario, lucky).knowledge).toBe(scoreIn(city).knowledge)
    expect(scoreIn(city).driving).toBe(0)
  })

  it('[CITY-43] is asked about once its goal is proven, and once only', () => {
    const answer = rightAnswer(fined, 'read-the-camera')
    expect(refusalOf(fined, SEAT, answer)).toBe('not-now')
    expect(openQuestion(fined, SEAT, 'read-the-camera')).toBeNull()
    const city = learnt(walked(), answer)
    expect(scoreIn(city).knowledge).toBe(5)
    expect(refusalOf(city, SEAT, answer)).toBe('taken')
    expect(refusalOf(city, SEAT, { do: 'answer', question: 'no such', option: 'a' })).toBe('unknown-id')
    expect(refusalOf(city, 'nobody', answer)).toBe('not-joined')
  })

  it('[CITY-43] shows key and explanations after the answer, right or wrong, and not before', () => {
    const before = openQuestion(walked(), SEAT, 'read-the-camera') ?? expect.fail('not asked')
    expect(before.verdict).toBeNull()
    expect(JSON.stringify(before)).not.toMatch(/because|right/)
    const answer = rightAnswer(fined, 'read-the-camera')
    const wrong = before.options.find(({ id }) => answer.do === 'answer' && id !== answer.option)?.id ?? ''
    const city = learnt(walked(), { do: 'answer', question: before.id, option: wrong })
    const after = openQuestion(city, SEAT, 'read-the-camera')
    expect(after?.verdict).toMatchObject({ chosen: wrong, right: answer.do === 'answer' ? answer.option : '' })
    expect(Object.keys(after?.verdict?.because ?? {})).toEqual(before.options.map(({ id }) => id))
    expect(scoreIn(city).knowledge).toBe(3)
    expect(viewStudy(city.scenario, studyOf(city)).goals.map(({ state }) => state)).toEqual([
      'open', 'wrong', 'asking', 'asking', 'open', 'open',
    ]) // prettier-ignore
  })

  it('[CITY-44] has three hints behind each goal, one after the other, for nothing', () => {
    const hint = { do: 'hint', goal: 'read-the-logbook' } as const
    const twice = learnt(learnt(fined, hint), hint)
    const line = viewStudy(twice.scenario, studyOf(twice)).goals.find(({ id }) => id === hint.goal)
    expect(line?.hints).toEqual(['goal.read-the-logbook.nudge', 'goal.read-the-logbook.pointer'])
    const thrice = learnt(twice, hint)
    expect(refusalOf(thrice, SEAT, hint)).toBe('taken')
    expect(refusalOf(thrice, SEAT, { do: 'hint', goal: 'nothing' })).toBe('unknown-id')
    expect(scoreIn(thrice)).toEqual(scoreIn(fined))
    expect(viewDesk(thrice.scenario, studyOf(thrice)).hints).toBe(3)
  })

  it('[CITY-44] ends a call for help when its goal is proven', () => {
    const stuck = learnt(fined, { do: 'stuck', goal: 'read-the-camera' })
    expect(viewDesk(stuck.scenario, studyOf(stuck)).stuck).toBe('goal.read-the-camera')
    expect(studyOf(learnt(stuck, { do: 'walk', id: fineId })).stuck).toBeNull()
    expect(studyOf(learnt(stuck, { do: 'stuck', goal: null })).stuck).toBeNull()
    expect(refusalOf(fined, SEAT, { do: 'stuck', goal: 'nothing' })).toBe('unknown-id')
  })
})

describe('what a driver asks of a city', () => {
  it('[CITY-1] is part of the journal: the same acts make the same city', () => {
    const play = () => {
      let city = tick(openDiscovery({ bots: 5 }), [join])
      city = doing(city, { do: 'hint', goal: 'deliver' })
      city = doing(city, { do: 'walk', id: '1/1' })
      return hashCity(run(city, 20))
    }
    expect(play()).toBe(play())
  })

  it('[CITY-40] proves the errand when the star is reached', () => {
    let city = tick(openDiscovery({ bots: 0 }), [join])
    while (city.world.seats[0]?.errand === null) city = tick(city, [])
    const errand = city.world.seats[0]?.errand ?? expect.fail('no errand')
    const slot = vehicleSlotOf(city.world, { seatId: SEAT })
    Object.assign(city.world.seats[0] ?? {}, { errand: { ...errand, x: city.world.vehicles.x[slot], y: city.world.vehicles.y[slot] } }) // prettier-ignore
    city = tick(city, [])
    expect(studyOf(city)).toMatchObject({ proven: ['deliver'], errands: errand.points })
    expect(scoreIn(city)).toMatchObject({ driving: errand.points, knowledge: 0 })
  })
})
