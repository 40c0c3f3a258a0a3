import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { AlarmState } from '../../../../shared/aws/alarm.ts'
import { evaluateComposite } from '../../../../server/services/watch/composite.ts'

const ARN = 'arn:aws:cloudwatch:eu-west-3:111122223333:alarm:'
const STATES: Record<string, AlarmState> = { a: 'ALARM', o: 'OK', i: 'INSUFFICIENT_DATA' }

/** The state that a rule gives, or the position of its fault. */
function outcome(rule: string, states: Record<string, AlarmState> = STATES): AlarmState | number {
  const answer = evaluateComposite(rule, states)
  return answer.ok ? answer.value : answer.error.position
}

describe('evaluateComposite', () => {
  it.each([
    ['TRUE', 'ALARM'],
    ['FALSE', 'OK'],
    ['ALARM(a)', 'ALARM'],
    ['ALARM(o)', 'OK'],
    ['OK(o)', 'ALARM'],
    ['OK(i)', 'OK'],
    ['INSUFFICIENT_DATA(i)', 'ALARM'],
    ['NOT ALARM(o)', 'ALARM'],
    ['NOT NOT ALARM(a)', 'ALARM'],
    ['NOT (ALARM(a) OR ALARM(o))', 'OK'],
    ['ALARM(a) AND ALARM(o)', 'OK'],
    ['ALARM(a) OR ALARM(o)', 'ALARM'],
  ])('[WATCH-54] finds %s to be %s', (rule, state) => {
    expect(outcome(rule)).toBe(state)
  })

  it.each([
    ['TRUE OR TRUE AND FALSE', 'ALARM'],
    ['(TRUE OR TRUE) AND FALSE', 'OK'],
    ['FALSE AND FALSE OR TRUE', 'ALARM'],
    ['FALSE AND (FALSE OR TRUE)', 'OK'],
    ['NOT FALSE AND FALSE', 'OK'],
    ['NOT (FALSE AND FALSE)', 'ALARM'],
    ['NOT TRUE OR TRUE', 'ALARM'],
    ['NOT (TRUE OR TRUE)', 'OK'],
  ])('[WATCH-50] reads %s as %s', (rule, state) => {
    expect(outcome(rule)).toBe(state)
  })

  it.each([
    ['ALARM("a")', STATES],
    [`ALARM(${ARN}a)`, STATES],
    [`ALARM("${ARN}a")`, STATES],
    ['ALARM(a)', { [`${ARN}a`]: 'ALARM' as const }],
    [`ALARM(${ARN}a)`, { [`${ARN}a`]: 'ALARM' as const }],
    ['ALARM(speed A7 north)', { 'speed A7 north': 'ALARM' as const }],
    ['ALARM("speed (A7) OR not")', { 'speed (A7) OR not': 'ALARM' as const }],
    ['ALARM("say \\"A7\\"")', { 'say "A7"': 'ALARM' as const }],
    ['ALARM  (  a  )', STATES],
    ['\tALARM(a)\n', STATES],
    ['ALARM(ALARM)', { ALARM: 'ALARM' as const }],
  ])('[WATCH-51] finds the child of %s', (rule, states) => {
    expect(outcome(rule, states)).toBe('ALARM')
  })

  it.each([
    ['', 0],
    ['ALARM(a', 0],
    ['ALARM a', 0],
    ['ALARM()', 0],
    ['ALARM("")', 0],
    ['(ALARM(a)', 0],
    ['ALARM(a))', 8],
    ['ALARM(a) AND', 12],
    ['AND ALARM(a)', 0],
    ['ALARM(a) ALARM(o)', 9],
    ['ALARM(a) XOR ALARM(o)', 9],
    ['ALARM(a) && ALARM(o)', 9],
    ['alarm(a)', 0],
    ['Alarm(a) or TRUE', 0],
    ['TRUEFALSE', 0],
    ['ALARM("a)', 0],
    ['()', 1],
    ['ALARM(  )', 0],
    [`ALARM(${' '.repeat(10_000)}`, 0],
    [`ALARM(${'a '.repeat(5000)}`, 0],
    ['NOT', 3],
    ['ALARM(a) OR ALARM(stranger)', 18],
  ])('[WATCH-52] places the fault of %j at %i', (rule, position) => {
    const answer = evaluateComposite(rule, STATES)
    expect(answer).toMatchObject({ ok: false, error: { code: 'ValidationError', field: 'AlarmRule', position } })
  })

  it('[WATCH-52] does not take what every object has for an alarm', () => {
    expect(outcome('ALARM(constructor)')).toBe(6)
  })

  const many = (count: number, write: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => write(i)).join(' OR ')
  it('[WATCH-53] takes 100 children, not 101', () => {
    const states = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`c${i}`, 'OK' as const]))
    expect(
      outcome(
        many(100, (i) => `ALARM(c${i})`),
        states,
      ),
    ).toBe('OK')
    expect(
      outcome(
        many(101, (i) => `ALARM(c${i})`),
        states,
      ),
    ).toBeTypeOf('number')
  })

  it('[WATCH-53] takes 500 elements, not 501, and counts parentheses', () => {
    expect(outcome(many(500, () => 'TRUE'))).toBe('ALARM')
    expect(outcome(many(501, () => 'TRUE'))).toBeTypeOf('number')
    expect(outcome(many(166, () => '(TRUE)'))).toBe('ALARM')
    expect(outcome(many(167, () => '(TRUE)'))).toBeTypeOf('number')
  })

  it('[WATCH-53] takes 10 240 characters', () => {
    const rule = (length: number) => `TRUE${' '.repeat(length - 4)}`
    expect(outcome(rule(10_240))).toBe('ALARM')
    expect(outcome(rule(10_241))).toBe(10_240)
  })

  type Tree = { text: string; truth: (states: Record<string, AlarmState>) => boolean }
  const leaf: fc.Arbitrary<Tree> = fc.oneof(
    fc.constantFrom<Tree>({ text: 'TRUE', truth: () => true }, { text: 'FALSE', truth: () => false }),
    fc
      .tuple(fc.constantFrom('ALARM', 'OK', 'INSUFFICIENT_DATA'), fc.constantFrom('x', 'y', 'z'))
      .map(([state, name]) => ({
        text: `${state}(${name})`,
        truth: (states: Record<string, AlarmState>) => states[name] === state,
      })),
    fc
      .record({
        least: fc.integer({ min: 1, max: 4 }),
        isPercentage: fc.boolean(),
        isNegated: fc.boolean(),
        state: fc.constantFrom<AlarmState>('ALARM', 'OK', 'INSUFFICIENT_DATA'),
        names: fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 4 }),
      })
      .map(({ least, isPercentage, isNegated, state, names }) => {
        const threshold = isPercentage ? `${25 * least}%` : `${least}`
        const wanted = isPercentage ? (least * names.length) / 4 : least
        return {
          text: `AT_LEAST(${threshold}, ${isNegated ? 'NOT ' : ''}${state}, (${names.join(', ')}))`,
          truth: (states: Record<string, AlarmState>) =>
            names.filter((name) => (isNegated ? states[name] !== state : states[name] === state)).length >= wanted,
        }
      }),
  )
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      leaf,
      tie('tree').map((of): Tree => ({ text: `NOT (${of.text})`, truth: (states) => !of.truth(states) })),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]): Tree => ({
        text: `(${a.text}) AND (${b.text})`,
        truth: (states) => a.truth(states) && b.truth(states),
      })),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]): Tree => ({
        text: `(${a.text}) OR (${b.text})`,
        truth: (states) => a.truth(states) || b.truth(states),
      })),
    ),
  }))
  const state = fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA')

  it('[WATCH-61] agrees with the truth table of any rule', () => {
    fc.assert(
      fc.property(tree, state, state, state, ({ text, truth }, x, y, z) => {
        expect(outcome(text, { x, y, z })).toBe(truth({ x, y, z }) ? 'ALARM' : 'OK')
      }),
    )
  })

  it('[WATCH-52] never throws, whatever is written', () => {
    const scrap = fc.array(
      fc.constantFrom(
        'ALARM',
        'OK(',
        'AT_LEAST(',
        '1',
        '%',
        ',',
        '(',
        ')',
        '"',
        'a',
        ' ',
        'NOT ',
        'AND ',
        'TRUE ',
        '\\',
      ),
    )
    fc.assert(
      fc.property(scrap, (words) => {
        const rule = words.join('')
        const found = outcome(rule, { a: 'OK' })
        expect(typeof found === 'string' || (found >= 0 && found <= rule.length)).toBe(true)
      }),
    )
  })
})
