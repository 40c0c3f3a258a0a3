import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selectsCall } from '../../server/services/trail/selects-call.ts'
import type { AdvancedEventSelector, EventSelector, FieldSelector } from '../../server/services/trail/selectors.ts'
import type { ApiCall } from '../../shared/aws/record.ts'
import { apiCall } from '../support/trail-run.ts'

const RUNS = { seed: 12, numRuns: 500 }
const TYPES = ['City::Fleet::Vehicle', 'City::Road::Sign']
const NAMES = ['TurnLeft', 'TurnRight', 'Park']
const ARN = 'arn:aws:city:eu-west-3:111122223333:vehicle/'

const resource = fc.record({ type: fc.constantFrom(...TYPES), ARN: fc.constantFrom(`${ARN}FR-04`, `${ARN}FR-042`) })
const call: fc.Arbitrary<ApiCall> = fc
  .record({
    category: fc.constantFrom('Management', 'Data'),
    readOnly: fc.boolean(),
    eventName: fc.constantFrom(...NAMES),
    resources: fc.array(resource, { maxLength: 2 }),
  })
  .map((changes) => apiCall(changes))

const basic: fc.Arbitrary<EventSelector> = fc.record(
  {
    ReadWriteType: fc.constantFrom('All', 'ReadOnly', 'WriteOnly'),
    IncludeManagementEvents: fc.boolean(),
    DataResources: fc.array(
      fc.record({ Type: fc.constantFrom(...TYPES), Values: fc.subarray([ARN, `${ARN}FR-04`, 'arn:aws:lambda']) }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
)

const words = fc.subarray(['Turn', 'TurnLeft', 'Left', 'Park', 'k'], { minLength: 1 })
const onName: fc.Arbitrary<FieldSelector> = fc
  .record(
    { Equals: words, StartsWith: words, EndsWith: words, NotEquals: words, NotStartsWith: words },
    { requiredKeys: [] },
  )
  .map((conditions) => ({ Field: 'eventName', ...conditions }))
const onType: fc.Arbitrary<FieldSelector> = fc
  .constantFrom(...TYPES)
  .map((type) => ({ Field: 'resources.type', Equals: [type] }))
const onArn: fc.Arbitrary<FieldSelector> = fc
  .constantFrom(`${ARN}FR-04`, ARN, 'arn:aws:lambda')
  .map((value) => ({ Field: 'resources.ARN', StartsWith: [value] }))
const advanced: fc.Arbitrary<AdvancedEventSelector> = fc
  .tuple(fc.constantFrom('Management', 'Data'), fc.subarray([0, 1, 2]), onName, onType, onArn)
  .map(([category, chosen, ...fields]) => ({
    FieldSelectors: [{ Field: 'eventCategory', Equals: [category] }, ...chosen.flatMap((n) => fields[n] ?? [])],
  }))

/** The reference in one long sentence, for what these selectors can say. */
function basicByTheBook(selector: EventSelector, made: ApiCall): boolean {
  const direction = selector.ReadWriteType ?? 'All'
  if (direction !== 'All' && made.readOnly !== (direction === 'ReadOnly')) return false
  if (made.category === 'Management') return selector.IncludeManagementEvents !== false
  const wanted = (selector.DataResources ?? []).flatMap(({ Type, Values }) =>
    Values.map((value) => [Type, value] as const),
  )
  const pairs = wanted.flatMap(([type, value]) => made.resources.map((found) => ({ type, value, found })))
  return pairs.some(({ type, value, found }) => found.type === type && (value === ARN || value === found.ARN))
}

function advancedByTheBook({ FieldSelectors }: AdvancedEventSelector, made: ApiCall): boolean {
  const holds = ({ Equals, StartsWith, EndsWith, NotEquals, NotStartsWith }: FieldSelector, text: string) => {
    const select = [
      Equals?.map((one) => one === text),
      StartsWith?.map((one) => text.startsWith(one)),
      EndsWith?.map((one) => text.endsWith(one)),
    ]
    const deselect = [NotEquals?.map((one) => one !== text), NotStartsWith?.map((one) => !text.startsWith(one))]
    const selecting = select.flatMap((results) => results ?? [])
    return (
      (selecting.length === 0 || selecting.some(Boolean)) && deselect.every((results) => (results ?? []).every(Boolean))
    )
  }
  const of = (name: string) => FieldSelectors.filter(({ Field }) => Field === name)
  if (!of('eventCategory').every((field) => holds(field, made.category))) return false
  if (!of('eventName').every((field) => holds(field, made.eventName))) return false
  const both = [...of('resources.type'), ...of('resources.ARN')]
  return (
    both.length === 0 ||
    made.resources.some((found) =>
      both.every((field) => holds(field, field.Field === 'resources.type' ? found.type : found.ARN)),
    )
  )
}

describe(`any selectors, seed ${RUNS.seed}`, () => {
  it('[TRAIL-35] basic ones take what the reference says', () => {
    fc.assert(
      fc.property(fc.array(basic, { maxLength: 3 }), call, (selectors, made) => {
        const byTheBook = selectors.some((selector) => basicByTheBook(selector, made))
        expect(selectsCall({ kind: 'basic', selectors }, made)).toBe(byTheBook)
      }),
      RUNS,
    )
  })

  it('[TRAIL-36] advanced ones take what the reference says', () => {
    fc.assert(
      fc.property(fc.array(advanced, { maxLength: 3 }), call, (selectors, made) => {
        const byTheBook = selectors.some((selector) => advancedByTheBook(selector, made))
        expect(selectsCall({ kind: 'advanced', selectors }, made)).toBe(byTheBook)
      }),
      RUNS,
    )
  })
})
