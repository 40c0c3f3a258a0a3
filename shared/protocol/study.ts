import * as z from 'zod/mini'

import { POSTS, type Post } from './duty.ts'

/** What a driver learns, and how the screen is told. */

const id = z.string().check(z.minLength(1), z.maxLength(64))

/** What a driver does to learn; drivers alone see what became of it, and the host how far they are. */
export const studyAct = z.discriminatedUnion('do', [
  /** Has walked the chain of causes of a thing to its end. */
  z.object({ do: z.literal('walk'), id: z.string().check(z.regex(/^\d{1,9}\/\d{1,6}$/)) }),
  /** Takes the next hint. */
  z.object({ do: z.literal('hint'), goal: id }),
  z.object({ do: z.literal('answer'), question: id, option: id }),
  /** Is stuck with a goal, or (`null`) no longer. */
  z.object({ do: z.literal('stuck'), goal: z.nullable(id) }),
  /** Changes to another post: at the beginning, or while the room is paused. */
  z.object({ do: z.literal('post'), post: z.enum(POSTS) }),
])

export type StudyAct = z.infer<typeof studyAct>

/** A text of a question, in both languages: the questions are no part of the locales. */
export interface InBoth {
  readonly fr: string
  readonly en: string
}

/** How far a driver is with a goal: its chain not walked, a question waiting, answered. */
export type GoalState = 'open' | 'asking' | 'right' | 'wrong' | 'done'

export interface GoalLine {
  readonly id: string
  /** A key of the locales. */
  readonly text: string
  readonly state: GoalState
  /** Keys of the hints that were taken, of three. */
  readonly hints: readonly string[]
}

/** Two numbers that never mix: how well one drives, and what one knows. */
export interface ScoreView {
  readonly driving: number
  /** Driving points a minute, to one decimal: fair to whoever came late. */
  readonly perMinute: number
  readonly knowledge: number
  /** What knowledge there is to be had. */
  readonly mostKnowledge: number
}

/** What a driver sees of the own learning. */
export interface StudyView {
  readonly score: ScoreView
  readonly goals: readonly GoalLine[]
  /** The goal with which this driver has asked for help. */
  readonly stuck: string | null
  readonly post: Post
}

/** What the host sees of a driver's: nobody else does. */
export interface DeskLine {
  readonly score: ScoreView
  readonly hints: number
  /** What the goal with which help is wanted is called: a key of the locales. */
  readonly stuck: string | null
  readonly post: Post
}

/** One question; what is right, and why, only once it has been answered. */
export interface QuestionView {
  readonly id: string
  readonly text: InBoth
  readonly options: readonly { readonly id: string; readonly text: InBoth }[]
  readonly verdict: {
    readonly chosen: string
    readonly right: string
    readonly because: Readonly<Record<string, InBoth>>
  } | null
}
