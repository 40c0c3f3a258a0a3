import * as z from 'zod/mini'

import { fail, ok, type Result } from '../result.ts'
import { name } from './scenario-services.ts'

/** What a scenario teaches, and how it finds out whether it has: goals with their hints, and questions about them. */

const textKey = z.string().check(z.regex(/^[a-z][A-Za-z0-9.-]*$/))

/**
 * A text in both languages, in the file itself: the locales go to every screen, and a question with its explanations
 * may not, before it has been answered.
 */
const inBoth = z.object({ fr: z.string().check(z.minLength(1)), en: z.string().check(z.minLength(1)) })

const goal = z.object({
  id: name,
  text: textKey,
  /** A nudge, a pointer, a worked step: each says more than the one before. */
  hints: z.tuple([textKey, textKey, textKey]),
  /** An errand brought to its end, or a chain of causes walked to its end that one of the five had a part in. */
  proof: z.union([z.literal('errand'), z.enum(['trail', 'watch', 'config', 'bridge', 'lambda'])]),
})

const option = z.object({
  id: name,
  text: inBoth,
  /** Why it is right, or which idea it mistakes. */
  because: inBoth,
  right: z.boolean(),
  /** Which misconception a wrong option stands for. */
  tag: z.exactOptional(z.string().check(z.regex(/^m([1-9]|1[0-5])$/))),
})

const question = z.object({
  id: name,
  goal: name,
  text: inBoth,
  options: z.array(option).check(z.minLength(3), z.maxLength(4)),
})

export const goals = z.array(goal)
export const questions = z.array(question)

export type Goal = z.infer<typeof goal>
export type Question = z.infer<typeof question>

interface Lessons {
  readonly goals?: readonly Goal[] | undefined
  readonly questions?: readonly Question[] | undefined
}

/** Where goals and questions do not fit together: its place and why. */
export function findLessonFault({ goals: taught = [], questions: asked = [] }: Lessons) {
  const ids = taught.map(({ id }) => id)
  for (const [g, id] of ids.entries())
    if (ids.indexOf(id) !== g) return { path: `goals[${g}].id`, reason: `${id} is taken` }
  for (const [q, { id, goal: about, options }] of asked.entries()) {
    const path = `questions[${q}]`
    if (asked.findIndex((other) => other.id === id) !== q) return { path: `${path}.id`, reason: `${id} is taken` }
    if (!ids.includes(about)) return { path: `${path}.goal`, reason: `no goal is called ${about}` }
    const right = options.filter((each) => each.right).length
    if (right !== 1) return { path: `${path}.options`, reason: `${right} of them are right, not one` }
    if (new Set(options.map((each) => each.id)).size < options.length)
      return { path: `${path}.options`, reason: 'two have the same id' }
  }
  return null
}

/** Reads the questions that a server asks in rooms, and that no page is built with. @returns them, or what is wrong */
export function decodeQuestions(json: unknown): Result<readonly Question[], string> {
  const read = z.object({ questions }).safeParse(json)
  if (read.success) return ok(read.data.questions)
  const [issue] = read.error.issues
  return fail(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no questions'}`)
}
