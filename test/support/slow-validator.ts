import { isIPv4, isIPv6 } from 'node:net'

/**
 * What a pattern is, written down plainly from the grammar: slow, and obviously right. It takes values, so that it knows
 * neither repeated names nor digits that a double loses.
 */
export function isPattern(value: unknown): boolean {
  return isObject(value) && areFields(value, false)
}

type Members = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number'

const RESERVED: readonly string[] = (
  'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard ' +
  'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
  'ip-address-in-range ip-address-not-in-range'
).split(' ')

function areFields(object: Members, isInOr: boolean): boolean {
  const fields = Object.entries(object)
  return fields.length > 0 && fields.every(([name, value]) => isField(name, value, isInOr))
}

function isField(name: string, value: unknown, isInOr: boolean): boolean {
  if (name === '$or')
    return Array.isArray(value) && value.length >= 2 && value.every((one) => isObject(one) && areFields(one, true))
  if (isInOr && RESERVED.includes(name)) return false
  if (isObject(value)) return areFields(value, isInOr)
  return Array.isArray(value) && value.length > 0 && value.every(isValue)
}

function isValue(value: unknown): boolean {
  if (Array.isArray(value)) return false
  if (!isObject(value)) return true
  const [[operator, argument] = ['', null], ...more] = Object.entries(value)
  return more.length === 0 && isMatcher(operator, argument)
}

function isMatcher(operator: string, argument: unknown): boolean {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return isText(argument) || (isOnly(argument, 'equals-ignore-case') && isText(argument['equals-ignore-case']))
    case 'equals-ignore-case':
      return isText(argument)
    case 'wildcard':
      return isText(argument) && isWildcard(argument)
    case 'exists':
      return typeof argument === 'boolean'
    case 'numeric':
      return Array.isArray(argument) && isRange(argument)
    case 'cidr':
      return isText(argument) && isBlock(argument)
    case 'anything-but':
      return isExclusion(argument)
    default:
      return false
  }
}

const isOnly = (value: unknown, name: string): value is Members =>
  isObject(value) && Object.keys(value).length === 1 && Object.hasOwn(value, name)

const isWildcard = (text: string): boolean =>
  /^(?:[^*\\]|\\[*\\]|\*(?!\*))*$/.test(text) && text.replaceAll(/\\./g, '').split('*').length <= 6

function isRange(terms: readonly unknown[]): boolean {
  const [first, a, second, b] = terms
  if (!isText(first) || !isNumber(a)) return false
  if (terms.length === 2) return ['=', '<', '<=', '>', '>='].includes(first)
  if (terms.length !== 4 || !isText(second) || !isNumber(b)) return false
  return ['>', '>='].includes(first) && ['<', '<='].includes(second) && a < b
}

function isBlock(text: string): boolean {
  const [address = '', mask = '', ...more] = text.split('/')
  if (more.length > 0 || !/^\d+$/.test(mask)) return false
  return (isIPv4(address) && Number(mask) <= 31) || (isIPv6(address) && Number(mask) <= 127)
}

function isExclusion(argument: unknown): boolean {
  if (isText(argument) || isNumber(argument)) return true
  if (Array.isArray(argument)) return argument.length > 0 && (argument.every(isText) || argument.every(isNumber))
  const edges = ['prefix', 'suffix'].find((name) => isOnly(argument, name))
  const others = ['equals-ignore-case', 'wildcard'].find((name) => isOnly(argument, name))
  const operator = edges ?? others
  if (operator === undefined) return false
  const given = (argument as Members)[operator]
  const texts: readonly unknown[] = Array.isArray(given) ? given : [given]
  return (
    texts.length > 0 &&
    texts.every(
      (text) => isText(text) && (edges === undefined || text !== '') && (operator !== 'wildcard' || isWildcard(text)),
    )
  )
}
