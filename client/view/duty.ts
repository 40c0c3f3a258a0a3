import type { Post } from '../../shared/protocol/duty.ts'
import type { LogbookLine, SeatView, Speaker } from '../../shared/protocol/view.ts'

const SPEAKERS: Readonly<Partial<Record<Post, Speaker>>> = {
  'camera-operator': 'watch',
  dispatcher: 'bridge',
  'unit-manager': 'lambda',
  inspector: 'config',
  archivist: 'trail',
}

/** Whose service a post looks after; none at the wheel. */
export const speakerOfPost = (post: Post): Speaker | null => SPEAKERS[post] ?? null

/** Whether the seat is at a desk, and its car drives itself. */
export const isOnDuty = ({ study }: SeatView): boolean => study !== null && study.post !== 'driver'

/** The newest call that this seat made at a desk, as the logbook has it; its own driving is no call of a desk. */
export const lastCall = ({ logbook, car }: SeatView): LogbookLine | null =>
  logbook.findLast((line) => line.principal === car?.plate && line.eventSource.endsWith('.amazonaws.com')) ?? null

/** A whole number within bounds from what was typed. @returns `null` for anything else */
export function toWhole(typed: string, least: number, most: number): number | null {
  const value = Number(typed)
  return typed.trim() !== '' && Number.isInteger(value) && value >= least && value <= most ? value : null
}

/** Whether a text is a JSON object: said before it is sent, as the answer of the service comes later. */
export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
