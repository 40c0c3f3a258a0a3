import { describe, expect, it } from 'vitest'

import { loadLibrary } from '../../server/library.ts'
import { decodeQuestions, findLessonFault } from '../../shared/content/lessons.ts'
import type { Scenario } from '../../shared/content/scenario.ts'
import { discovery } from '../support/test-city.ts'
import { LOCALES } from './locales.ts'

const library = loadLibrary()
if (!library.ok) throw new Error(library.error)
const inRooms = library.value.scenarios.get('discovery') ?? expect.fail('no discovery')

const words = (text: string) => text.split(/[\s\u202f]+/).filter((word) => /[\p{L}\d]/u.test(word)).length

describe.each([
  ['alone', discovery],
  ['in rooms', inRooms],
] as const)('the questions asked %s', (_, scenario: Scenario) => {
  const questions = scenario.questions ?? []

  it('[SCENARIO-7] are about each goal that is walked to, once', () => {
    const walked = (scenario.goals ?? []).filter(({ proof }) => proof !== 'errand').map(({ id }) => id)
    expect(questions.map(({ goal }) => goal).sort()).toEqual(walked.sort())
  })

  it('[SCENARIO-7] explain every option in both languages, and file every wrong one', () => {
    for (const { options } of questions) {
      expect(options.filter(({ right }) => right)).toHaveLength(1)
      for (const { right, tag, because, text } of options) {
        expect(tag === undefined).toBe(right)
        for (const each of [because.fr, because.en, text.fr, text.en]) expect(words(each)).toBeGreaterThan(1)
      }
    }
  })

  it('[SCENARIO-7] do not give the right option away by its place', () => {
    const places = questions.map(({ options }) => options.findIndex(({ right }) => right))
    expect(new Set(places).size).toBeGreaterThan(1)
  })

  it('[SCENARIO-7] are set in French as French is', () => {
    const french = questions.flatMap((question) => [
      question.text.fr,
      ...question.options.flatMap(({ text, because }) => [text.fr, because.fr]),
    ])
    expect(french.filter((text) => /[^\u202f][:;!?%](\s|$)|'/.test(text))).toEqual([])
  })
})

describe('the goals of the discovery', () => {
  const goals = discovery.goals ?? []

  it('[SCENARIO-8] are asked about in a room with other questions than those built into the page', () => {
    const texts = (scenario: Scenario) => (scenario.questions ?? []).map(({ text }) => text.en)
    expect(texts(inRooms)).not.toEqual([])
    expect(texts(inRooms).filter((text) => texts(discovery).includes(text))).toEqual([])
  })

  it('[SCENARIO-9] have three hints that say more and more, the first two in at most twelve words', () => {
    for (const locale of Object.values(LOCALES))
      for (const { text, hints } of goals) {
        expect(text in locale).toBe(true)
        const [nudge = 0, pointer = 0, worked = 0] = hints.map((key) => words(locale[key] ?? ''))
        expect(nudge).toBeGreaterThan(2)
        expect(Math.max(nudge, pointer)).toBeLessThanOrEqual(12)
        expect(worked).toBeGreaterThan(pointer)
      }
  })

  it('[SCENARIO-9] cover the errand and all five services', () => {
    expect(goals.map(({ proof }) => proof).sort()).toEqual(['bridge', 'config', 'errand', 'lambda', 'trail', 'watch'])
  })
})

describe('lessons that do not hold together', () => {
  const { goals = [], questions = [] } = discovery
  const [first = expect.fail('no question')] = questions

  it.each([
    ['two goals of one name', { goals: [...goals, ...goals.slice(0, 1)], questions }, 'goals[6].id'],
    ['two questions of one name', { goals, questions: [first, first] }, 'questions[1].id'],
    ['a question about nothing', { goals: [], questions: [first] }, 'questions[0].goal'],
    ['no right option', { goals, questions: [{ ...first, options: first.options.map((o) => ({ ...o, right: false })) }] }, 'questions[0].options'],
    ['an option twice', { goals, questions: [{ ...first, options: [...first.options, { ...first.options[0], right: false }] }] }, 'questions[0].options'],
  ] as const)('[SCENARIO-4] with %s are refused with their place', (_, lessons, path) => {
    expect(findLessonFault(lessons as never)).toMatchObject({ path })
  }) // prettier-ignore

  it('[SCENARIO-4] are refused when a bank of questions is none', () => {
    expect(decodeQuestions({})).toMatchObject({ ok: false, error: expect.stringContaining('questions') })
    expect(decodeQuestions({ questions: [{ ...first, options: [] }] })).toMatchObject({
      ok: false,
      error: expect.stringContaining('questions.0.options'),
    })
  })
})
