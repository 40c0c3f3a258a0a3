import { describe, expect, it } from 'vitest'

import { toEnvelope } from '../../../../shared/aws/event.ts'
import type { Target } from '../../../../shared/aws/rule.ts'
import type { JsonObject } from '../../../../shared/json.ts'
import { fines, put, QUEUE, withTargets } from './kit.ts'

const DETAIL: JsonObject = {
  plate: 'AB-1',
  speed: 131.5,
  wet: false,
  none: null,
  quote: 'say "hi"',
  car: { plate: 'AB', lane: 2 },
  levels: ['HIGH', 'LOW'],
  stops: [{ at: 'A' }, { at: 'B' }],
}

const send = (target: Partial<Target>) =>
  put(withTargets({ ...fines, ...target }), { detail: DETAIL, resources: ['arn:r'] })
const payloadOf = (target: Partial<Target>) => send(target).dispatches[0]?.payload

const PATHS = {
  plate: '$.detail.plate',
  speed: '$.detail.speed',
  wet: '$.detail.wet',
  none: '$.detail.none',
  quote: '$.detail.quote',
  car: '$.detail.car',
  levels: '$.detail.levels',
  missing: '$.detail.missing',
}
const fill = (inputTemplate: string) => payloadOf({ inputTransformer: { inputPathsMap: PATHS, inputTemplate } })

describe('what a target gets', () => {
  it('[BRIDGE-48] is the envelope, a constant or a part', () => {
    const { events, dispatches } = send({})
    expect(dispatches[0]?.payload).toEqual(events.map(toEnvelope)[0])
    expect(payloadOf({ input: '{"constant":[1]}' })).toEqual({ constant: [1] })
    expect(payloadOf({ input: '"text"' })).toBe('text')
    expect(payloadOf({ inputPath: '$' })).toMatchObject({ source: 'city.camera' })
    expect(payloadOf({ inputPath: '$.detail.car' })).toEqual({ plate: 'AB', lane: 2 })
  })

  it.each([
    ['$.detail.plate', 'AB-1'],
    ['$.detail.speed', 131.5],
    ['$.detail.none', null],
    ['$.detail-type', 'Speeding Detected'],
    ["$['detail-type']", 'Speeding Detected'],
    ['$.resources[0]', 'arn:r'],
    ['$.detail.levels[1]', 'LOW'],
    ['$.detail.stops[*].at', ['A', 'B']],
    ['$.detail.car.*', ['AB', 2]],
  ])('[BRIDGE-48] selects %s', (inputPath, expected) => {
    expect(payloadOf({ inputPath })).toEqual(expected)
  })

  it.each([
    ['{"a":<plate>,"b":<speed>,"c":<wet>,"d":<none>}', { a: 'AB-1', b: 131.5, c: false, d: null }],
    ['{"a":<quote>}', { a: 'say "hi"' }],
    ['{"a":<car>,"b":<levels>}', { a: { plate: 'AB', lane: 2 }, b: ['HIGH', 'LOW'] }],
    ['{"a":"<plate> at <speed>, <wet>"}', { a: 'AB-1 at 131.5, false' }],
    ['{"a":<missing>,"b":"<missing>"}', { a: '', b: '' }],
    [' \n{"a":"\\"<plate>\\""}', { a: '"AB-1"' }],
    ['{"a":"5 < 6 > 4"}', { a: '5 < 6 > 4' }],
  ])('[BRIDGE-49] fills the JSON template %s', (template, expected) => {
    expect(fill(template)).toEqual(expected)
  })

  it.each([
    ['"<plate> is at <speed>"', 'AB-1 is at 131.5'],
    ['"<car> and <levels>"', '{plate:AB,lane:2} and [HIGH,LOW]'],
    ['"<quote>, <wet>, <none>, <missing>."', 'say "hi", false, null, .'],
    ['"one <plate>"\n  "two"\n', 'one AB-1\ntwo'],
    ['"tab\\t \\"quoted\\""', 'tab\t "quoted"'],
  ])('[BRIDGE-49] fills the text template %s', (template, expected) => {
    expect(fill(template)).toBe(expected)
  })

  it('[BRIDGE-50] knows the predefined variables', () => {
    const template =
      '{"arn":<aws.events.rule-arn>,"name":"<aws.events.rule-name>","at":<aws.events.event.ingestion-time>,' +
      '"short":<aws.events.event>,"whole":<aws.events.event.json>}'
    const { events, dispatches } = send({ inputTransformer: { inputTemplate: template } })
    const [envelope = {}] = events.map(toEnvelope)
    const { detail: _, 'detail-type': detailType, ...rest } = envelope
    expect(dispatches[0]?.payload).toEqual({
      arn: 'arn:aws:events:eu-west-3:111122223333:rule/speeders',
      name: 'speeders',
      at: '2026-03-14T09:26:01Z',
      short: { ...rest, detailType },
      whole: envelope,
    })
  })

  it.each<readonly [string, Partial<Target>]>([
    ['an object inside quotes', { inputTransformer: { inputPathsMap: PATHS, inputTemplate: '{"a":"<car>"}' } }],
    ['a quote inside quotes', { inputTransformer: { inputPathsMap: PATHS, inputTemplate: '{"a":"<quote>"}' } }],
    ['a template that was none', { inputTransformer: { inputTemplate: '{"a":}' } }],
    ['a path to nothing', { inputPath: '$.detail.nothing' }],
  ])('[BRIDGE-51] is nothing for %s', (_, target) => {
    const { dispatches, datapoints, deadLetters, state } = send({ ...target, deadLetterConfig: { arn: QUEUE } })
    expect(dispatches).toEqual([])
    expect(datapoints.map(({ metricName }) => metricName)).toContain('FailedInvocations')
    expect(deadLetters).toMatchObject([{ queue: QUEUE, attributes: { ERROR_CODE: 'INVALID_JSON' } }])
    expect(state.deliveries).toEqual([])
  })
})
