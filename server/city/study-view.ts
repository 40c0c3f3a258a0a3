import type { Goal, Question } from '../../shared/content/lessons.ts'
import type { Scenario } from '../../shared/content/scenario.ts'
import type { DeskLine, GoalLine, GoalState, QuestionView, ScoreView, StudyView } from '../../shared/protocol/study.ts'
import type { City } from './city.ts'
import { questionOf, rightOf, type SeatStudy } from './study.ts'

/** What two minutes of good driving bring, what a fine costs. */
const SAFE_POINTS = 2
const FINE_POINTS = 10
/** A chain walked to its end, a question about it answered right. */
const WALK_POINTS = 1
const ANSWER_POINTS = 2

/** Driving: errands, duty and safe minutes less fines, never below nothing. Knowledge: goals, each once, whatever luck brings. */
export function scoreOf(scenario: Scenario, seat: SeatStudy): ScoreView {
  const { goals = [], questions = [] } = scenario
  const driving = Math.max(0, seat.errands + seat.duty + SAFE_POINTS * seat.safeMinutes - FINE_POINTS * seat.fines)
  const walks = goals.filter(({ proof }) => proof !== 'errand')
  const right = questions.filter((question) => seat.answers[question.id] === rightOf(question))
  return {
    driving,
    perMinute: Math.round((10 * driving) / Math.max(1, seat.minutes)) / 10,
    knowledge: WALK_POINTS * walks.filter(({ id }) => seat.proven.includes(id)).length + ANSWER_POINTS * right.length,
    mostKnowledge: WALK_POINTS * walks.length + ANSWER_POINTS * questions.length,
  }
}

/** What a driver is shown of the own learning. */
export const viewStudy = (scenario: Scenario, seat: SeatStudy): StudyView => ({
  score: scoreOf(scenario, seat),
  goals: (scenario.goals ?? []).map((goal) => toLine(scenario, seat, goal)),
  stuck: seat.stuck,
  post: seat.post,
})

/** What the host is shown of it. */
export const viewDesk = (scenario: Scenario, seat: SeatStudy): DeskLine => ({
  score: scoreOf(scenario, seat),
  hints: Object.values(seat.hints).reduce((sum, taken) => sum + taken, 0),
  stuck: scenario.goals?.find(({ id }) => id === seat.stuck)?.text ?? null,
  post: seat.post,
})

const toLine = (scenario: Scenario, seat: SeatStudy, goal: Goal): GoalLine => ({
  id: goal.id,
  text: goal.text,
  state: stateOf(questionOf(scenario, goal), seat, goal),
  hints: goal.hints.slice(0, seat.hints[goal.id] ?? 0),
})

function stateOf(question: Question | undefined, seat: SeatStudy, goal: Goal): GoalState {
  if (!seat.proven.includes(goal.id)) return 'open'
  if (question === undefined) return 'done'
  const chosen = seat.answers[question.id]
  if (chosen === undefined) return 'asking'
  return chosen === rightOf(question) ? 'right' : 'wrong'
}

/** The question about a goal. @returns `null` before its chain has been walked, and where there is none */
export function openQuestion({ scenario, study }: City, seatId: string | null, goal: string): QuestionView | null {
  const seat = seatId === null ? undefined : study[seatId]
  const question = scenario.questions?.find((each) => each.goal === goal)
  if (question === undefined || !seat?.proven.includes(goal)) return null
  return viewQuestion(question, seat.answers[question.id])
}

/** One question as a driver may see it: built from its texts, with the key only after the answer. */
function viewQuestion(question: Question, chosen: string | undefined): QuestionView {
  return {
    id: question.id,
    text: question.text,
    options: question.options.map(({ id, text }) => ({ id, text })),
    verdict:
      chosen === undefined
        ? null
        : {
            chosen,
            right: rightOf(question),
            because: Object.fromEntries(question.options.map(({ id, because }) => [id, because])),
          },
  }
}
