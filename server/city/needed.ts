import type { CauseId } from '../../shared/ids.ts'
import type { Board, Boards } from './boards.ts'
import type { City } from './city.ts'

type Working = Pick<City, 'world' | 'bridge' | 'lambda' | 'config' | 'garage' | 'jobs'>

/**
 * Whose chains must not be forgotten yet: what screens show, then what is under way and will name its cause when it
 * ends, then the letters in drivers' mailboxes, the newest first.
 */
export function neededOf(city: Working, boards: Boards): CauseId[] {
  const letters = driversOf(city.world).flatMap((plate) => idsOf(boards.inboxes[plate]))
  return [...idsOf(boards.feed), ...idsOf(boards.logbook), ...underWay(city), ...letters]
}

/** The plates of the seats. */
export const driversOf = ({ seats, plates }: City['world']): string[] =>
  seats.flatMap((seat) => (seat === null ? [] : [plates[seat.slot] ?? '']))

const idsOf = (board?: Board<{ readonly id: CauseId }>): CauseId[] =>
  (board?.newest ?? []).map(({ id }) => id).toReversed()

function underWay({ world, bridge, lambda, config, garage, jobs }: Working): CauseId[] {
  return [
    ...world.units.flatMap(({ errand }) => errand?.cause ?? []),
    ...bridge.deliveries.flatMap(({ dispatchId, event }) => [dispatchId, event.id]),
    ...lambda.queue.map(({ cause }) => cause),
    ...lambda.running.map(({ startId }) => startId),
    ...Object.values(jobs.running).map(({ start }) => start.id),
    ...config.executions.filter(({ state }) => state === 'QUEUED' || state === 'IN_PROGRESS').map(({ cause }) => cause),
    ...config.rules.flatMap(({ runCause }) => runCause ?? []),
    ...[...garage.waiting, ...Object.values(garage.out)].map(({ id }) => id),
  ]
}
