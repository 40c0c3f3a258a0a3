import { describe, expect, it } from 'vitest'
import {
  getEventSelectors,
  putEventSelectors,
  putInsightSelectors,
} from '../../../../server/services/trail/put-selectors.ts'
import type {
  AdvancedEventSelector,
  EventSelector,
  FieldSelector,
} from '../../../../server/services/trail/selectors.ts'
import { selectsCall } from '../../../../server/services/trail/selects-call.ts'
import type { ApiCall } from '../../../../shared/aws/record.ts'
import { apiCall, cityTrail, manoeuvre, openTrailRun } from '../../../support/trail-run.ts'

const basic =
  (...selectors: EventSelector[]) =>
  (call: ApiCall) =>
    selectsCall({ kind: 'basic', selectors }, call)
const read = apiCall({ readOnly: true, eventName: 'GetSign' })
const write = apiCall()
const dataRead = manoeuvre('FR-042', { readOnly: true, eventName: 'Look' })
const dataWrite = manoeuvre('FR-042')

describe('basic selectors', () => {
  it.each([
    [{}, [true, true]],
    [{ ReadWriteType: 'All' as const }, [true, true]],
    [{ ReadWriteType: 'ReadOnly' as const }, [true, false]],
    [{ ReadWriteType: 'WriteOnly' as const }, [false, true]],
    [{ IncludeManagementEvents: false }, [false, false]],
  ])('[TRAIL-34] %o takes a read, a write: %j', (selector, taken) => {
    expect([read, write].map(basic(selector))).toEqual(taken)
  })

  it('[TRAIL-34] leaves out the sources it names, and any of several selectors is enough', () => {
    const kms = apiCall({ eventSource: 'kms.amazonaws.com' })
    const without = { ExcludeManagementEventSources: ['kms.amazonaws.com'] }
    expect([kms, write].map(basic(without))).toEqual([false, true])
    expect([kms, write].map(basic(without, { ReadWriteType: 'WriteOnly' }))).toEqual([true, true])
  })

  const vehicles = (...Values: string[]) => ({ DataResources: [{ Type: 'City::Fleet::Vehicle', Values }] })
  const fleet = 'arn:aws:city:eu-west-3:111122223333:vehicle/'
  it.each([
    [[], [false, false]],
    [['arn:aws:city'], [true, true]],
    [['arn:aws:ci'], [false, false]],
    [[fleet], [true, true]],
    [[`${fleet}FR-04`], [true, false]],
    [[`${fleet}FR-042`], [false, true]],
    [
      [`${fleet}FR-04`, `${fleet}FR-042`],
      [true, true],
    ],
    [['arn:aws:lambda'], [false, false]],
  ])('[TRAIL-35] %j selects FR-04, FR-042: %j', (values, taken) => {
    expect([manoeuvre('FR-04'), manoeuvre('FR-042')].map(basic(vehicles(...values)))).toEqual(taken)
  })

  it('[TRAIL-35] asks for type and direction too', () => {
    const other = { DataResources: [{ Type: 'City::Road::Sign', Values: ['arn:aws:city'] }] }
    expect(basic(other)(dataWrite)).toBe(false)
    const reads = { ...vehicles('arn:aws:city'), ReadWriteType: 'ReadOnly' as const, IncludeManagementEvents: false }
    expect([dataRead, dataWrite, read].map(basic(reads))).toEqual([true, false, false])
  })

  it('[TRAIL-35] selects objects of a bucket by the beginning of their keys', () => {
    const object = apiCall({
      category: 'Data',
      resources: [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::logs/2026/a' }],
    })
    const selects = (value: string) => basic({ DataResources: [{ Type: 'AWS::S3::Object', Values: [value] }] })(object)
    expect(['arn:aws:s3', 'arn:aws:s3:::logs/', 'arn:aws:s3:::logs/20', 'arn:aws:s3:::else/'].map(selects)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

describe('advanced selectors', () => {
  const management: FieldSelector = { Field: 'eventCategory', Equals: ['Management'] }
  const data: FieldSelector = { Field: 'eventCategory', Equals: ['Data'] }
  const vehicle: FieldSelector = { Field: 'resources.type', Equals: ['City::Fleet::Vehicle'] }
  const advanced =
    (...FieldSelectors: FieldSelector[]) =>
    (call: ApiCall) =>
      selectsCall({ kind: 'advanced', selectors: [{ FieldSelectors }] }, call)

  it.each<[string, FieldSelector[], boolean[]]>([
    ['management', [management], [true, true, false, false]],
    ['management reads', [management, { Field: 'readOnly', Equals: ['true'] }], [true, false, false, false]],
    ['data of vehicles', [data, vehicle], [false, false, true, true]],
    ['data of signs', [data, { Field: 'resources.type', Equals: ['City::Road::Sign'] }], [false, false, false, false]],
    [
      'names that begin',
      [management, { Field: 'eventName', StartsWith: ['Get', 'List'] }],
      [true, false, false, false],
    ],
    [
      'names that do not end',
      [data, vehicle, { Field: 'eventName', NotEndsWith: ['Left'] }],
      [false, false, true, false],
    ],
    ['other sources', [management, { Field: 'eventSource', NotEquals: ['hall.city'] }], [false, false, false, false]],
    ['no error', [management, { Field: 'errorCode', NotEquals: ['AccessDenied'] }], [true, true, false, false]],
  ])('[TRAIL-36] %s', (_, fields, taken) => {
    expect([read, write, dataRead, dataWrite].map(advanced(...fields))).toEqual(taken)
  })

  it.each<[Omit<FieldSelector, 'Field'>, string[]]>([
    [{ Equals: ['TurnLeft', 'Park'] }, ['TurnLeft', 'Park']],
    [{ Equals: ['Park'], StartsWith: ['Turn'] }, ['TurnLeft', 'TurnRight', 'Park']],
    [{ StartsWith: ['Turn'], NotEquals: ['TurnLeft'] }, ['TurnRight']],
    [{ NotStartsWith: ['Turn'], NotEquals: ['Park'] }, ['Stop']],
    [{ NotStartsWith: ['Turn', 'St'], NotEndsWith: ['k'] }, []],
    [{ EndsWith: ['t', 'p'] }, ['TurnLeft', 'TurnRight', 'Stop']],
  ])('[TRAIL-36] conditions %o on a name take %j', (conditions, taken) => {
    const selects = advanced(data, vehicle, { Field: 'eventName', ...conditions })
    const names = ['TurnLeft', 'TurnRight', 'Park', 'Stop']
    expect(names.filter((eventName) => selects(manoeuvre('FR-042', { eventName })))).toEqual(taken)
  })

  it('[TRAIL-36] type and ARN speak of one resource', () => {
    const call = manoeuvre('FR-042', {
      resources: [
        { type: 'City::Fleet::Vehicle', ARN: 'arn:aws:city:::vehicle/FR-042' },
        { type: 'City::Road::Sign', ARN: 'arn:aws:city:::road/quai' },
      ],
    })
    const onRoad: FieldSelector = { Field: 'resources.ARN', EndsWith: ['/quai'] }
    const onVehicle: FieldSelector = { Field: 'resources.ARN', EndsWith: ['/FR-042'] }
    expect([advanced(data, vehicle, onRoad)(call), advanced(data, vehicle, onVehicle)(call)]).toEqual([false, true])
  })

  it('[TRAIL-36] looks at who called and at sign-ins', () => {
    const lea: FieldSelector = { Field: 'userIdentity.arn', EndsWith: ['user/lea'] }
    const service = apiCall({ principal: { type: 'AWSService', invokedBy: 'config.amazonaws.com' } })
    expect([write, service].map(advanced(management, lea))).toEqual([true, false])
    const signIns: FieldSelector = { Field: 'eventType', Equals: ['AwsConsoleSignIn'] }
    const signIn = apiCall({ eventSource: 'signin.amazonaws.com' })
    expect([write, signIn].map(advanced(management, signIns))).toEqual([false, true])
  })
})

describe('putting selectors', () => {
  const put = (input: { EventSelectors?: EventSelector[]; AdvancedEventSelectors?: AdvancedEventSelector[] }) => {
    const run = openTrailRun({ trails: [cityTrail()] })
    return { run, input: { TrailName: 'city', ...input } }
  }
  const fields = (...FieldSelectors: FieldSelector[]) => ({ AdvancedEventSelectors: [{ FieldSelectors }] })
  const data = { Field: 'eventCategory', Equals: ['Data'] }
  const management = { Field: 'eventCategory', Equals: ['Management'] }
  const vehicle = { Field: 'resources.type', Equals: ['City::Fleet::Vehicle'] }
  const arns = (count: number) => Array.from({ length: count }, (_, n) => `arn:aws:city:::vehicle/${n}`)
  const resources = (Type: string, Values: string[]) => ({ EventSelectors: [{ DataResources: [{ Type, Values }] }] })

  it.each([
    ['neither kind', {}],
    ['both kinds', { EventSelectors: [{}], ...fields(management) }],
    ['no selector', { EventSelectors: [] }],
    ['six selectors', { EventSelectors: [{}, {}, {}, {}, {}, {}] }],
    ['an unknown type', resources('AWS::EC2::Instance', arns(1))],
    ['a value that is no ARN', resources('City::Fleet::Vehicle', ['FR-042'])],
    ['251 resources', resources('City::Fleet::Vehicle', arns(251))],
    ['a source that cannot be excluded', { EventSelectors: [{ ExcludeManagementEventSources: ['hall.city'] }] }],
    ['no advanced selector', { AdvancedEventSelectors: [] }],
    ['no category', fields({ Field: 'readOnly', Equals: ['true'] })],
    ['two categories', fields({ Field: 'eventCategory', Equals: ['Data', 'Management'] })],
    ['an unknown category', fields({ Field: 'eventCategory', Equals: ['Weather'] })],
    ['an unknown field', fields(management, { Field: 'colour', Equals: ['red'] })],
    ['a field without a value', fields(management, { Field: 'eventName', Equals: [] })],
    ['a field twice', fields(management, { Field: 'eventName', Equals: ['a'] }, { Field: 'eventName', Equals: ['b'] })],
    ['data without a type', fields(data)],
    ['data of two types', fields(data, { Field: 'resources.type', Equals: ['A', 'B'] })],
    ['a type by its beginning', fields(data, { Field: 'resources.type', StartsWith: ['City'] })],
    ['readOnly that is no truth', fields(management, { Field: 'readOnly', Equals: ['yes'] })],
    ['management by resource', fields(management, vehicle)],
    ['501 values', fields(data, vehicle, { Field: 'resources.ARN', Equals: arns(499) })],
  ])('[TRAIL-37] refuses %s', (_, selectors) => {
    const { run, input } = put(selectors)
    const before = run.state
    expect(run.refusal(putEventSelectors, input)).toBe('InvalidEventSelectorsException')
    expect(run.state).toBe(before)
  })

  it.each([
    ['five selectors', { EventSelectors: [{}, {}, {}, {}, {}] }],
    ['250 resources', resources('AWS::Lambda::Function', arns(250))],
    ['500 values', fields(data, vehicle, { Field: 'resources.ARN', Equals: arns(498) })],
  ])('[TRAIL-37] accepts %s', (_, selectors) => {
    const { run, input } = put(selectors)
    expect(run.ask(putEventSelectors, input)).toHaveProperty('TrailARN')
  })

  it('[TRAIL-37] one kind replaces the other', () => {
    const { run, input } = put(fields(management))
    run.ask(putEventSelectors, input)
    expect(run.ask(getEventSelectors, { TrailName: 'city' })).toEqual({
      TrailARN: expect.stringContaining('trail/city') as string,
      ...fields(management),
    })
    run.ask(putEventSelectors, { TrailName: 'city', EventSelectors: [{}] })
    expect(run.ask(getEventSelectors, { TrailName: 'city' })).not.toHaveProperty('AdvancedEventSelectors')
  })

  const rate = { TrailName: 'city', InsightSelectors: [{ InsightType: 'ApiCallRateInsight' as const }] }
  it.each([
    ['reads only', { EventSelectors: [{ ReadWriteType: 'ReadOnly' as const }] }],
    ['data only', fields(data, vehicle)],
    ['management reads only', fields(management, { Field: 'readOnly', Equals: ['true'] })],
  ])('[TRAIL-38] refuses Insights on %s', (_, selectors) => {
    const { run, input } = put(selectors)
    run.ask(putEventSelectors, input)
    expect(run.refusal(putInsightSelectors, rate)).toBe('InvalidInsightSelectorsException')
  })

  it('[TRAIL-38] switches Insights on and off', () => {
    const { run } = put({})
    expect(run.ask(putInsightSelectors, rate).InsightSelectors).toEqual(rate.InsightSelectors)
    expect(run.ask(putInsightSelectors, { ...rate, InsightSelectors: [] }).InsightSelectors).toEqual([])
  })
})
