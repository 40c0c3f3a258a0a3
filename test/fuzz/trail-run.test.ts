import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callTrail } from '../../server/services/trail/operations.ts'
import type { TrailState } from '../../server/services/trail/state.ts'
import type { TrailStep } from '../../server/services/trail/trail.ts'
import { openTrail, stepTrail } from '../../server/services/trail/trail.ts'
import { openMemoryObjects } from '../../server/store/trail-objects.ts'
import { EMPTY_SEAL_MEMORY, sealDrafts } from '../../server/store/trail-seal.ts'
import { trailArn } from '../../shared/aws/account.ts'
import type { DigestDraft, LogFileDraft } from '../../shared/aws/log-file.ts'
import type { ApiCall } from '../../shared/aws/record.ts'
import type { StepContext } from '../../shared/aws/step.ts'
import { compareCauseIds, openIds } from '../../shared/ids.ts'
import type { JsonObject } from '../../shared/json.ts'
import { regionKey, validateAll } from '../support/trail-archive.ts'
import { apiCall, at, cityTrail, DAY, HOME, HOUR, manoeuvre, MINUTE, NORTH, OPENING } from '../support/trail-run.ts'

const RUNS = { seed: 8, numRuns: 60 }
const VEHICLES = { DataResources: [{ Type: 'City::Fleet::Vehicle', Values: ['arn:aws:city'] }] }

/** Something asked of CloudTrail, or nothing; then calls; then time passes. */
interface Turn {
  readonly operation: readonly [name: string, input: JsonObject] | null
  readonly calls: readonly Partial<ApiCall>[]
  readonly waitMs: number
}

const name = fc.constantFrom('city', 'second')
const operation = fc.oneof(
  fc.tuple(fc.constantFrom('StartLogging', 'StopLogging', 'DeleteTrail'), fc.record({ Name: name })),
  fc.tuple(
    fc.constantFrom('CreateTrail', 'UpdateTrail'),
    fc.record({
      Name: name,
      S3BucketName: fc.constantFrom('city-logs', 'archive'),
      IsMultiRegionTrail: fc.boolean(),
      EnableLogFileValidation: fc.boolean(),
    }),
  ),
  fc.tuple(
    fc.constant('PutEventSelectors'),
    fc.record({ TrailName: name, EventSelectors: fc.constantFrom([{}], [VEHICLES], [{ ReadWriteType: 'WriteOnly' }]) }),
  ),
  fc.tuple(fc.constant('LookupEvents'), fc.record({ MaxResults: fc.integer({ min: 0, max: 60 }) })),
)
const call = fc.record({
  awsRegion: fc.constantFrom(HOME, NORTH, 'us-east-1'),
  category: fc.constantFrom('Management', 'Data'),
  readOnly: fc.boolean(),
})
const turn: fc.Arbitrary<Turn> = fc.record({
  operation: fc.option(operation, { freq: 2 }),
  calls: fc.array(call, { maxLength: 5 }),
  waitMs: fc.oneof(fc.nat(3000), fc.nat(10 * MINUTE), fc.nat(3 * HOUR)),
})
const turns = fc.array(turn, { minLength: 1, maxLength: 30 })

const openCity = () =>
  openTrail({
    now: OPENING,
    regions: [HOME, NORTH],
    countedSince: at(-2 * DAY),
    historyCap: 20,
    trails: [cityTrail({ IsMultiRegionTrail: true, InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }] })],
  })

/** One step of a run, as the properties look at it. */
interface Seen {
  readonly before: TrailState
  readonly calls: readonly ApiCall[]
  readonly ctx: () => StepContext
  readonly step: TrailStep
}

/** Plays turns, each a step with its calls and a step after its wait. @param look is shown every step */
function play(played: readonly Turn[], look: (seen: Seen) => void): void {
  let state = openCity()
  let ms = 0
  let tick = 0
  for (const { operation: asked, calls, waitMs } of played) {
    if (asked !== null) {
      const answered = callTrail(state, asked[0], asked[1], { now: at(ms), region: HOME })
      if (answered.ok) state = answered.value.state
    }
    take(calls.map((changes) => toCall(changes, ms)))
    ms += waitMs
    take([])
  }

  function take(calls: readonly ApiCall[]): void {
    tick += 1
    const [now, own] = [at(ms), tick]
    const ctx = () => ({ now, ids: openIds(own), seed: 7 })
    const before = state
    const step = stepTrail(before, calls, ctx())
    state = step.state
    look({ before, calls, ctx, step })
  }
}

const toCall = (changes: Partial<ApiCall>, ms: number) =>
  changes.category === 'Data'
    ? manoeuvre('FR-042', { ...changes, cause: null, eventTime: at(ms) })
    : apiCall({ ...changes, cause: null, eventTime: at(ms) })

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

describe(`any run, seed ${RUNS.seed}`, () => {
  const check = (look: () => (seen: Seen) => void) =>
    fc.assert(
      fc.property(turns, (played) => play(played, look())),
      RUNS,
    )

  it('[TRAIL-65] goes on from a state that was written and read as from the state itself', () => {
    check(() => ({ before, calls, ctx, step }) => {
      expect(copy(before)).toEqual(before)
      expect(stepTrail(copy(before), calls, ctx())).toEqual(step)
    })
  })

  it('[TRAIL-68] gives rising ids, and every cause exists', () => {
    check(() => {
      const known = new Set<string>()
      return ({ step: { records, files, digests, insights, events } }) => {
        const ids = [...insights, ...records, ...files, ...digests].map(({ id }) => id)
        for (const id of ids) known.add(id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const list of [records, files, digests].map((outputs) => outputs.map(({ id }) => id))) {
          expect(list).toEqual(list.toSorted(compareCauseIds))
        }
        const causes = [...files, ...digests, ...insights, ...events].map(({ cause }) => cause)
        expect(causes.filter((cause) => cause !== null && !known.has(cause))).toEqual([])
      }
    })
  })

  it('[TRAIL-66] keeps little', () => {
    check(() => ({ step: { state } }) => {
      expect(Object.values(state.history).every((entries) => entries.length <= 20)).toBe(true)
      expect(state.outbox.length).toBeLessThanOrEqual(10)
      // Two trails, three Regions, and chains that are closing.
      expect(state.chains.length).toBeLessThanOrEqual(24)
    })
  })

  it('[TRAIL-64] gives the same state when nothing happens', () => {
    check(
      () =>
        ({ step: { state }, ctx }) =>
          expect(stepTrail(state, [], ctx()).state).toBe(state),
    )
  })

  it('[TRAIL-43] delivers each selected record once per trail, under keys that differ', () => {
    check(() => {
      const seen = new Set<string>()
      const add = (text: string) => {
        expect(seen).not.toContain(text)
        seen.add(text)
      }
      return ({ step: { files, digests } }) => {
        for (const { bucket, key } of [...files, ...digests]) add(`${bucket}/${key}`)
        for (const { trailArn: arn, text } of files) {
          for (const { eventID } of (JSON.parse(text) as { Records: { eventID: string }[] }).Records) add(arn + eventID)
        }
      }
    })
  })

  it('[TRAIL-55] leaves chains behind that are valid from end to end', () => {
    fc.assert(
      fc.property(turns, (played) => {
        const drafts = { files: [] as LogFileDraft[], digests: [] as DigestDraft[] }
        play(played, ({ step }) => {
          drafts.files.push(...step.files)
          drafts.digests.push(...step.digests)
        })
        const store = openMemoryObjects(sealDrafts(EMPTY_SEAL_MEMORY, drafts, regionKey).objects)
        const places = ['city-logs', 'archive'].flatMap((bucket) => [HOME, NORTH].map((region) => ({ bucket, region })))
        for (const found of places) {
          for (const trail of ['city', 'second']) {
            const report = validateAll(store, { ...found, trailArn: trailArn(trail), endTime: at(100 * HOUR) })
            expect([...report.digests, ...report.logFiles].filter(({ verdict }) => verdict !== 'valid')).toEqual([])
          }
        }
      }),
      RUNS,
    )
  })
})
