import type { RunStart } from '../../../shared/protocol/xray.ts'
import type { City } from '../city.ts'

/** What a unit's vehicle is out for. */
export interface Run {
  readonly functionName: string
  readonly start: RunStart
  /** The plate it is on its way to. */
  readonly target: string | null
}

/** @returns the run of a unit's vehicle, or the function that would send it; `null` for a vehicle that is no unit's */
export function runOf({ world, jobs, scenario }: City, plate: string): Run | null {
  const unit = world.units.find((each) => each.plate === plate)
  if (unit === undefined) return null
  const job = unit.errand === null ? undefined : jobs.running[unit.errand.errandId]
  if (job !== undefined) {
    const { functionName, coldStart } = job.start
    return { functionName, start: coldStart ? 'cold' : 'warm', target: unit.errand?.targetPlate ?? null }
  }
  const definition = scenario.services.units.find((each) => 'vehicle' in each && each.vehicle === unit.kind)
  return definition === undefined ? null : { functionName: definition.functionName, start: 'idle', target: null }
}
