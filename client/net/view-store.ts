import { judgeAnew, relight, VIEW_CAPS, type SeatView, type ViewPatch } from '../../shared/protocol/view.ts'

/** Applies what changed. @returns a new view; parts that did not change keep their identity */
export function applyPatch(view: SeatView, { set, append }: ViewPatch): SeatView {
  const next: SeatView = { ...view, ...set }
  if (append === undefined) return next
  return {
    ...next,
    feed: extend(next.feed, append.feed, VIEW_CAPS.feed),
    inbox: extend(next.inbox, append.inbox, VIEW_CAPS.inbox),
    logbook: extend(next.logbook, append.logbook, VIEW_CAPS.logbook),
    alarms: append.alarms === undefined ? next.alarms : relight(next.alarms, append.alarms),
    fleet: append.fleet === undefined ? next.fleet : judgeAnew(next.fleet, append.fleet),
  }
}

const extend = <T>(list: readonly T[], added: readonly T[] | undefined, cap: number): readonly T[] =>
  added === undefined || added.length === 0 ? list : [...list, ...added].slice(-cap)
