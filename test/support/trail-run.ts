import type { EventEntry } from '../../shared/aws/event.ts'
import type { DigestDraft, LogFileDraft } from '../../shared/aws/log-file.ts'
import type { ApiCall, TrailRecord } from '../../shared/aws/record.ts'
import { openIds } from '../../shared/ids.ts'
import { toServiceMs } from '../../shared/time.ts'
import type { ServiceMs } from '../../shared/units.ts'
import { serviceMs } from '../../shared/units.ts'
import type { Answer, CallContext } from '../../server/services/trail/answer.ts'
import type { TrailState } from '../../server/services/trail/state.ts'
import type { InitialTrail } from '../../server/services/trail/initial-trail.ts'
import type { InsightRecord } from '../../server/services/trail/insights.ts'
import type { LogbookSettings } from '../../server/services/trail/trail.ts'
import { openTrail, stepTrail } from '../../server/services/trail/trail.ts'

export const OPENING = toServiceMs({ year: 2026, month: 3, day: 14 }, 8 * 3_600_000)
export const HOME = 'eu-west-3'
export const NORTH = 'eu-north-1'
export const SECOND = 1000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** @param ms after the opening of the city */
export const at = (ms: number): ServiceMs => serviceMs(OPENING + ms)

/** A management write by a user in the home Region, at the opening unless told otherwise. */
export const apiCall = (changes: Partial<ApiCall> = {}): ApiCall => ({
  cause: '0/9',
  principal: { type: 'IAMUser', userName: 'lea' },
  eventSource: 'hall.city',
  eventName: 'SetSpeedLimit',
  eventTime: OPENING,
  awsRegion: HOME,
  sourceIPAddress: '10.20.30.7',
  userAgent: 'city-console/1.0',
  requestParameters: { roadId: 'quai', limitKmh: 50 },
  responseElements: null,
  readOnly: false,
  category: 'Management',
  resources: [],
  ...changes,
})

/** A data event: a car turned left. */
export const manoeuvre = (plate: string, changes: Partial<ApiCall> = {}): ApiCall =>
  apiCall({
    eventSource: 'vehicle.city',
    eventName: 'TurnLeft',
    requestParameters: { plate },
    category: 'Data',
    resources: [{ ARN: `arn:aws:city:${HOME}:111122223333:vehicle/${plate}`, type: 'City::Fleet::Vehicle' }],
    ...changes,
  })

/** A trail that is logging and validated, in the home Region. */
export const cityTrail = (changes: Partial<InitialTrail> = {}): InitialTrail => ({
  Name: 'city',
  S3BucketName: 'city-logs',
  EnableLogFileValidation: true,
  ...changes,
})

/** A logbook driven by hand; what its steps bring is gathered. */
export interface TrailRun {
  readonly state: TrailState
  readonly records: TrailRecord[]
  readonly events: EventEntry[]
  readonly files: LogFileDraft[]
  readonly digests: DigestDraft[]
  readonly insights: InsightRecord[]
  /** One step at `ms` after the opening. */
  step(ms: number, calls?: readonly ApiCall[]): void
  /** Steps every `every` milliseconds up to `ms`, without calls. */
  wait(ms: number, every?: number): void
  /** Calls an operation at the time of the last step. @throws when it is refused */
  ask<I, O>(operation: (state: TrailState, input: I, ctx: CallContext) => Answer<O>, input: I, region?: string): O
  /** As `ask`, for what is to be refused. @returns the error's code */
  refusal<I>(
    operation: (state: TrailState, input: I, ctx: CallContext) => Answer<unknown>,
    input: I,
    region?: string,
  ): string
}

type Gathered = Pick<TrailRun, 'records' | 'events' | 'files' | 'digests' | 'insights'>

export function openTrailRun(settings: Partial<LogbookSettings> = {}, seed = 7): TrailRun {
  let state = openTrail({ now: OPENING, ...settings })
  let now = OPENING
  let tick = 0
  const gathered: Gathered = { records: [], events: [], files: [], digests: [], insights: [] }
  const run: TrailRun = {
    ...gathered,
    get state() {
      return state
    },
    step(ms, calls = []) {
      now = at(ms)
      tick += 1
      const step = stepTrail(state, calls, { now, ids: openIds(tick), seed })
      state = step.state
      gathered.records.push(...step.records)
      gathered.events.push(...step.events)
      gathered.files.push(...step.files)
      gathered.digests.push(...step.digests)
      gathered.insights.push(...step.insights)
    },
    wait(ms, every = MINUTE) {
      while (now < at(ms)) run.step(Math.min(now - OPENING + every, ms))
    },
    ask(operation, input, region = HOME) {
      const answered = operation(state, input, { now, region })
      if (!answered.ok) throw new Error(`refused: ${answered.error.code} ${answered.error.message}`)
      state = answered.value.state
      return answered.value.output
    },
    refusal(operation, input, region = HOME) {
      const answered = operation(state, input, { now, region })
      if (answered.ok) throw new Error('not refused')
      return answered.error.code
    },
  }
  return run
}
