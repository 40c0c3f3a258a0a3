import type { ApiCall } from '../../shared/aws/record.ts'
import type { Goal, Question } from '../../shared/content/lessons.ts'
import type { Scenario } from '../../shared/content/scenario.ts'
import type { CauseId } from '../../shared/ids.ts'
import type { Fact } from '../../shared/model/fact.ts'
import type { RefusalCode } from '../../shared/protocol/messages.ts'
import type { Post } from '../../shared/protocol/duty.ts'
import type { StudyAct } from '../../shared/protocol/study.ts'
import { VEHICLE_FLAG } from '../../shared/model/vehicle.ts'
import { TICKS_PER_SECOND } from '../../shared/units.ts'
import type { World } from '../sim/state.ts'
import { isShown, toLink } from './explain.ts'
import { causesOf, entryOf, type Ledger, type Letter } from './ledger.ts'

/** What a driver asked of the own learning, as the journal has it. */
export interface StudyCommand {
  readonly kind: 'study'
  readonly seatId: string
  readonly act: StudyAct
}

/** One driver's two scores, and what they are made of. */
export interface SeatStudy {
  /** Minutes in the city, connected. */
  readonly minutes: number
  /** Points of errands: deliveries, fares, patrols. */
  readonly errands: number
  /** Minutes on the road without an excess or a red light run. */
  readonly safeMinutes: number
  readonly fines: number
  /** Whether the minute that is running has been safe so far. */
  readonly isSafe: boolean
  /** Goals whose proof has been brought. */
  readonly proven: readonly string[]
  /** The option chosen, by question. */
  readonly answers: Readonly<Record<string, string>>
  /** How many hints were taken, by goal. */
  readonly hints: Readonly<Record<string, number>>
  readonly stuck: string | null
  readonly post: Post
  /** Points of minutes in which something was done at a desk. */
  readonly duty: number
  /** Whether that goes for the minute that is running. */
  readonly hasWorked: boolean
}

/** By seat. */
export type StudyState = Readonly<Record<string, SeatStudy>>

const NOTHING_LEARNT: SeatStudy = {
  minutes: 0, errands: 0, safeMinutes: 0, fines: 0, isSafe: true, proven: [], answers: {}, hints: {}, stuck: null,
  post: 'driver', duty: 0, hasWorked: false,
} // prettier-ignore

/** What a minute with something done at a desk is worth: as much as a minute of errands brings. */
const DUTY_POINTS = 15
const MINUTE_TICKS = 60 * TICKS_PER_SECOND
const MOST_HINTS = 3

/** Where the answers to what is asked lie. */
export interface StudyPlace {
  readonly study: StudyState
  readonly scenario: Scenario
  readonly ledger: Ledger
}

/** A call made at a desk, and whether it was refused. */
interface DutyCall {
  readonly seatId: string
  readonly call: Pick<ApiCall, 'errorCode'>
}

interface StudyNews {
  readonly tick: number
  readonly asked: readonly StudyCommand[]
  readonly duties: readonly DutyCall[]
  readonly facts: readonly Fact[]
  readonly letters: readonly Letter[]
  readonly world: World
}

/** Adds up one tick: what was driven, what was fined, what was learnt. The same object when nothing was. */
export function stepStudy(place: StudyPlace, { tick, asked, duties, facts, letters, world }: StudyNews): StudyState {
  let study = place.study
  for (const fact of facts) study = afterFact(study, fact, place.scenario)
  for (const { plate, entry } of letters) if (entry.kind === 'fine') study = afterFine(study, seatOfPlate(world, plate))
  for (const { seatId, call } of duties)
    if (call.errorCode === undefined) study = withSeat(study, seatId, (seat) => ({ ...seat, hasWorked: true }))
  for (const { seatId, act } of asked) study = learn({ ...place, study }, seatId, act)
  return tick % MINUTE_TICKS === 0 ? afterMinute(study, world) : study
}

const withSeat = (study: StudyState, seatId: string | null, change: (seat: SeatStudy) => SeatStudy): StudyState => {
  const seat = seatId === null ? undefined : study[seatId]
  return seatId === null || seat === undefined ? study : { ...study, [seatId]: change(seat) }
}

const FAULTS: readonly string[] = ['ExceedLimit', 'RunRed']

function afterFact(study: StudyState, fact: Fact, { goals = [] }: Scenario): StudyState {
  if (fact.kind === 'vehicle-joined' && fact.seatId !== null && !(fact.seatId in study))
    return { ...study, [fact.seatId]: NOTHING_LEARNT }
  if (fact.kind === 'manoeuvre' && FAULTS.includes(fact.name))
    return withSeat(study, fact.seatId, (seat) => (seat.isSafe ? { ...seat, isSafe: false } : seat))
  if (fact.kind !== 'errand-done') return study
  const proven = goals.filter(({ proof }) => proof === 'errand').map(({ id }) => id)
  return withSeat(study, fact.seatId, (seat) => ({
    ...prove(seat, proven),
    errands: seat.errands + fact.points,
  }))
}

const afterFine = (study: StudyState, seatId: string | null) =>
  withSeat(study, seatId, (seat) => ({ ...seat, fines: seat.fines + 1, isSafe: false }))

const seatOfPlate = (world: World, plate: string): string | null =>
  world.seats.find((seat) => seat !== null && world.plates[seat.slot] === plate)?.seatId ?? null

/** A minute counts for whoever was there, and as a safe one for whoever was on the road. */
function afterMinute(study: StudyState, world: World): StudyState {
  return world.seats.reduce((next, seat) => {
    if (seat === null || seat.isOffline) return next
    const isParked = ((world.vehicles.flags[seat.slot] ?? 0) & VEHICLE_FLAG.parked) !== 0
    return withSeat(next, seat.seatId, (before) => ({
      ...before,
      minutes: before.minutes + 1,
      safeMinutes: before.safeMinutes + (before.isSafe && !isParked ? 1 : 0),
      isSafe: true,
      duty: before.duty + (before.hasWorked ? DUTY_POINTS : 0),
      hasWorked: false,
    }))
  }, study)
}

const prove = (seat: SeatStudy, goals: readonly string[]): SeatStudy => {
  const added = goals.filter((id) => !seat.proven.includes(id))
  const stuck = seat.stuck !== null && added.includes(seat.stuck) ? null : seat.stuck
  return added.length === 0 ? seat : { ...seat, stuck, proven: [...seat.proven, ...added] }
}

/** Does what a driver asked for; what is refused changes nothing. */
export function learn(place: StudyPlace, seatId: string, act: StudyAct): StudyState {
  if (refusalOf(place, seatId, act) !== null) return place.study
  return withSeat(place.study, seatId, (seat) => {
    switch (act.do) {
      case 'walk':
        return prove(seat, goalsOfChain(place, act.id as CauseId))
      case 'hint':
        return { ...seat, hints: { ...seat.hints, [act.goal]: (seat.hints[act.goal] ?? 0) + 1 } }
      case 'answer':
        return { ...seat, answers: { ...seat.answers, [act.question]: act.option } }
      case 'stuck':
        return { ...seat, stuck: act.goal }
      case 'post':
        return { ...seat, post: act.post }
    }
  })
}

/** Why a driver may not do that. @returns `null` when nothing is against it */
export function refusalOf(place: StudyPlace, seatId: string, act: StudyAct): RefusalCode | null {
  const seat = place.study[seatId]
  if (seat === undefined) return 'not-joined'
  const { goals = [] } = place.scenario
  const isGoal = (id: string) => goals.some((goal) => goal.id === id)
  switch (act.do) {
    case 'walk':
      return entryOf(place.ledger, act.id as CauseId) === undefined ? 'unknown-id' : null
    case 'hint':
      if (!isGoal(act.goal)) return 'unknown-id'
      return (seat.hints[act.goal] ?? 0) >= MOST_HINTS ? 'taken' : null
    case 'answer':
      return refusalOfAnswer(place.scenario, seat, act)
    case 'stuck':
      return act.goal === null || isGoal(act.goal) ? null : 'unknown-id'
    case 'post':
      return null
  }
}

/** One answer for each question, and none before the chain it is about has been walked. */
function refusalOfAnswer(
  { questions = [] }: Scenario,
  seat: SeatStudy,
  { question: id, option }: Extract<StudyAct, { do: 'answer' }>,
): RefusalCode | null {
  const question = questions.find((each) => each.id === id)
  if (question === undefined || !question.options.some((each) => each.id === option)) return 'unknown-id'
  if (id in seat.answers) return 'taken'
  return seat.proven.includes(question.goal) ? null : 'not-now'
}

/** The goals that a chain proves: those of whoever had a part in it. */
function goalsOfChain({ ledger, scenario: { goals = [] } }: StudyPlace, id: CauseId): string[] {
  const shown = causesOf(ledger, id).filter(({ thing }) => isShown(thing))
  const speakers = new Set<string>(shown.map((entry) => toLink(entry).speaker))
  return goals.filter(({ proof }) => speakers.has(proof)).map((goal) => goal.id)
}

export const questionOf = ({ questions = [] }: Scenario, goal: Goal): Question | undefined =>
  questions.find((question) => question.goal === goal.id)

export const rightOf = ({ options }: Question): string => options.find(({ right }) => right)?.id ?? ''
