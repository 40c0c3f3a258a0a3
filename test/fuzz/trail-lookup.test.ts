import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookupEvents } from '../../server/services/trail/lookup.ts'
import type { LookupEventsInput } from '../../server/services/trail/lookup-input.ts'
import type { ApiCall, TrailRecord } from '../../shared/aws/record.ts'
import { compareCauseIds } from '../../shared/ids.ts'
import { apiCall, at, HOME, MINUTE, NORTH, openTrailRun, SECOND } from '../support/trail-run.ts'

const RUNS = { seed: 44, numRuns: 200 }
const WINDOW_SECONDS = 20

const call = fc.record({
  second: fc.nat(WINDOW_SECONDS),
  awsRegion: fc.constantFrom(HOME, NORTH),
  eventName: fc.constantFrom('Lower', 'Raise', 'Look'),
  readOnly: fc.boolean(),
  userName: fc.constantFrom('lea', 'tom'),
  plate: fc.constantFrom('FR-04', 'FR-042'),
})
const attribute = fc.oneof(
  fc.record({ AttributeKey: fc.constant('EventName'), AttributeValue: fc.constantFrom('Lower', 'Look', 'lower') }),
  fc.record({ AttributeKey: fc.constant('ReadOnly'), AttributeValue: fc.constantFrom('true', 'false') }),
  fc.record({ AttributeKey: fc.constant('Username'), AttributeValue: fc.constantFrom('lea', 'tom', 'Tom') }),
  fc.record({ AttributeKey: fc.constant('ResourceName'), AttributeValue: fc.constantFrom('FR-04', 'FR-042') }),
)
const question = fc.record({
  attribute: fc.option(attribute),
  from: fc.option(fc.nat(WINDOW_SECONDS)),
  length: fc.option(fc.nat(WINDOW_SECONDS)),
  pageSize: fc.integer({ min: 1, max: 7 }),
  region: fc.constantFrom(HOME, NORTH),
})
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never

const toCalls = (made: typeof call extends fc.Arbitrary<infer C> ? C : never): ApiCall =>
  apiCall({
    awsRegion: made.awsRegion,
    eventName: made.eventName,
    readOnly: made.readOnly,
    principal: { type: 'IAMUser', userName: made.userName },
    resources: [{ ARN: `arn:aws:city:${HOME}:111122223333:vehicle/${made.plate}`, type: 'City::Fleet::Vehicle' }],
    eventTime: at(made.second * SECOND),
  })

function toInput({ attribute: asked, from, length }: Question): LookupEventsInput {
  return {
    ...(asked === null ? {} : { LookupAttributes: [asked] }),
    ...(from === null ? {} : { StartTime: at(from * SECOND) }),
    ...(length === null ? {} : { EndTime: at(((from ?? 0) + length) * SECOND) }),
  }
}

/** The answer by the book: every record is looked at, none is kept in order. */
function expected(records: readonly TrailRecord[], { attribute: asked, from, length, region }: Question): string[] {
  const isAsked = ({ call: { eventName, readOnly, principal, resources } }: TrailRecord) => {
    const values: Record<string, unknown> = {
      EventName: eventName,
      ReadOnly: String(readOnly),
      Username: 'userName' in principal ? principal.userName : '',
      ResourceName: resources[0]?.ARN.split('/')[1],
    }
    return asked === null || values[asked.AttributeKey] === asked.AttributeValue
  }
  const isInTime = ({ call: { eventTime } }: TrailRecord) =>
    (from === null || eventTime >= at(from * SECOND)) &&
    (length === null || eventTime <= at(((from ?? 0) + length) * SECOND))
  return records
    .filter((record) => record.call.awsRegion === region && isAsked(record) && isInTime(record))
    .toSorted((a, b) => b.call.eventTime - a.call.eventTime || compareCauseIds(b.id, a.id))
    .map(({ eventID }) => eventID)
}

describe(`any question, seed ${RUNS.seed}`, () => {
  it('[TRAIL-14] is answered, page by page, as by looking at every record', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), question, (made, asked) => {
        const run = openTrailRun({ regions: [HOME, NORTH] })
        run.step(WINDOW_SECONDS * SECOND, made.map(toCalls))
        const seen: string[] = []
        let token: string | undefined
        let minute = 5
        do {
          run.step(minute * MINUTE)
          minute += 1
          const input = { ...toInput(asked), MaxResults: asked.pageSize }
          const page = run.ask(lookupEvents, token === undefined ? input : { ...input, NextToken: token }, asked.region)
          expect(page.Events.length).toBeLessThanOrEqual(asked.pageSize)
          seen.push(...page.Events.map(({ EventId }) => EventId))
          token = page.NextToken
        } while (token !== undefined)
        expect(seen).toEqual(expected(run.records, asked))
      }),
      RUNS,
    )
  })
})
