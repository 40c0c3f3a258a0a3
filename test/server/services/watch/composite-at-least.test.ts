import { describe, expect, it } from 'vitest'

import type { AlarmState } from '../../../../shared/aws/alarm.ts'
import { evaluateComposite } from '../../../../server/services/watch/composite.ts'

const ARN = 'arn:aws:cloudwatch:eu-west-3:111122223333:alarm:'
const STATES: Record<string, AlarmState> = {
  a: 'ALARM',
  b: 'ALARM',
  c: 'OK',
  d: 'INSUFFICIENT_DATA',
  'north (A7), inner': 'ALARM',
  'west camera': 'OK',
}

/** The state that a rule gives, or the position of its fault. */
function outcome(rule: string, states = STATES): AlarmState | number {
  const answer = evaluateComposite(rule, states)
  return answer.ok ? answer.value : answer.error.position
}

describe('AT_LEAST', () => {
  it.each<[string, AlarmState]>([
    ['AT_LEAST(1, ALARM, (a, c))', 'ALARM'],
    ['AT_LEAST(2, ALARM, (a, b, c))', 'ALARM'],
    ['AT_LEAST(3, ALARM, (a, b, c))', 'OK'],
    ['AT_LEAST(4, ALARM, (a, b, c))', 'OK'],
    ['AT_LEAST(1, OK, (a, b, c))', 'ALARM'],
    ['AT_LEAST(2, OK, (a, b, c))', 'OK'],
    ['AT_LEAST(1, INSUFFICIENT_DATA, (a, d))', 'ALARM'],
    ['AT_LEAST(1, INSUFFICIENT_DATA, (a, b))', 'OK'],
    ['AT_LEAST(2, NOT ALARM, (a, c, d))', 'ALARM'],
    ['AT_LEAST(3, NOT ALARM, (a, c, d))', 'OK'],
    ['AT_LEAST(3, NOT OK, (a, b, c, d))', 'ALARM'],
    ['AT_LEAST(1, NOT INSUFFICIENT_DATA, (d))', 'OK'],
  ])('[WATCH-104] finds %s to be %s', (rule, state) => {
    expect(outcome(rule)).toBe(state)
  })

  it.each<[string, AlarmState]>([
    ['AT_LEAST(50%, ALARM, (a, b, c, d))', 'ALARM'],
    ['AT_LEAST(51%, ALARM, (a, b, c, d))', 'OK'],
    ['AT_LEAST(66%, ALARM, (a, b, c))', 'ALARM'],
    ['AT_LEAST(67%, ALARM, (a, b, c))', 'OK'],
    ['AT_LEAST(100%, ALARM, (a, b))', 'ALARM'],
    ['AT_LEAST(100%, ALARM, (a, b, c))', 'OK'],
    ['AT_LEAST(1%, OK, (a, b, c))', 'ALARM'],
    ['AT_LEAST(1%, OK, (a, b))', 'OK'],
    ['AT_LEAST(34%, NOT ALARM, (a, b, c))', 'OK'],
    ['AT_LEAST(33%, NOT ALARM, (a, b, c))', 'ALARM'],
  ])('[WATCH-104] takes a part of all that are named: %s is %s', (rule, state) => {
    expect(outcome(rule)).toBe(state)
  })

  it.each<[string, AlarmState]>([
    ['AT_LEAST(2, ALARM, (a, "north (A7), inner"))', 'ALARM'],
    ['AT_LEAST( 1 , OK , ( west camera , a ) )', 'ALARM'],
    ['AT_LEAST(1,OK,(west camera,a))', 'ALARM'],
    [`AT_LEAST(2, ALARM, (${ARN}a, "${ARN}b"))`, 'ALARM'],
    ['AT_LEAST(2, ALARM, (a, b)) AND NOT OK(c)', 'OK'],
    ['NOT AT_LEAST(2, ALARM, (a, c)) AND (FALSE OR AT_LEAST(1, NOT OK, (d)))', 'ALARM'],
    ['ALARM(a) OR AT_LEAST(2, ALARM, (c, d)) AND FALSE', 'ALARM'],
  ])('[WATCH-104] reads names as elsewhere, and stands beside other functions: %s is %s', (rule, state) => {
    expect(outcome(rule)).toBe(state)
  })

  it.each([
    'AT_LEAST',
    'AT_LEAST(1, ALARM, a)',
    'AT_LEAST(1, ALARM, ())',
    'AT_LEAST(1, ALARM, (a,))',
    'AT_LEAST(1, ALARM, (a,,b))',
    'AT_LEAST(1, ALARM, (""))',
    'AT_LEAST(1, ALARM, (a)',
    'AT_LEAST(1, ALARM (a))',
    'AT_LEAST(ALARM, (a))',
    'AT_LEAST(1, (a))',
    'AT_LEAST(0, ALARM, (a))',
    'AT_LEAST(-1, ALARM, (a))',
    'AT_LEAST(1.5, ALARM, (a))',
    'AT_LEAST(0%, ALARM, (a))',
    'AT_LEAST(101%, ALARM, (a))',
    'AT_LEAST(1, alarm, (a))',
    'AT_LEAST(1, NOTALARM, (a))',
    'AT_LEAST(1, NOT NOT ALARM, (a))',
    'AT_LEAST(1, ALARM, (ALARM(a)))',
    'at_least(1, ALARM, (a))',
  ])('[WATCH-52] refuses %s', (rule) => {
    expect(outcome(rule)).toBe(0)
    expect(outcome(`TRUE AND ${rule}`)).toBe(9)
  })

  it('[WATCH-52] does not know strangers here either', () => {
    expect(outcome('AT_LEAST(1, NOT ALARM, (a, stranger))')).toBe(27)
  })

  const names = (count: number) => Array.from({ length: count }, (_, n) => `c${n}`)
  it('[WATCH-53] counts every alarm of the list', () => {
    const states = Object.fromEntries(names(101).map((name) => [name, 'ALARM' as const]))
    expect(outcome(`AT_LEAST(100, ALARM, (${names(100).join(', ')}))`, states)).toBe('ALARM')
    expect(outcome(`AT_LEAST(100, ALARM, (${names(101).join(', ')}))`, states)).toBe(0)
    const ten = `AT_LEAST(10, ALARM, (${names(10).join(',')}))`
    const times = (count: number) => Array.from({ length: count }, () => ten).join(' AND ')
    expect(outcome(times(50), states)).toBe('ALARM')
    expect(outcome(times(51), states)).toBeTypeOf('number')
  })
})

describe('what is written to do harm', () => {
  it.each([
    ['opening parentheses', '('.repeat(10_240)],
    ['both parentheses', `${'('.repeat(5000)}TRUE${')'.repeat(5000)}`],
    ['blanks in a name', `ALARM(${' '.repeat(10_000)})`],
    ['a name that does not end', `AT_LEAST(1, ALARM, ("${'a\\"'.repeat(3000)}))`],
    ['a list that does not end', `AT_LEAST(1, ALARM, (${'a,'.repeat(5000)}`],
    ['blanks before a number', `AT_LEAST(${' '.repeat(10_000)})`],
  ])('[WATCH-52] refuses %s', (_, rule) => {
    expect(outcome(rule)).toBeTypeOf('number')
  })

  it('[WATCH-53] takes as many parentheses and negations as fit', () => {
    expect(outcome(`${'('.repeat(249)}TRUE${')'.repeat(249)}`)).toBe('ALARM')
    expect(outcome(`${'NOT '.repeat(2501)}TRUE`)).toBe('OK')
    expect(outcome(`${'NOT '.repeat(2500)}TRUE`)).toBe('ALARM')
    expect(outcome(`${'NOT ('.repeat(249)}TRUE${')'.repeat(249)}`)).toBe('OK')
  })
})
