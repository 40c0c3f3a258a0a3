import { HOME_REGION } from '../../../shared/aws/account.ts'
import { invariant } from '../../../shared/assert.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { Answer } from './answer.ts'
import { startLogging } from './logging.ts'
import type { CreateTrailInput } from './manage.ts'
import { createTrail } from './manage.ts'
import type { EventSelectors, InsightSelectors } from './put-selectors.ts'
import { putEventSelectors, putInsightSelectors } from './put-selectors.ts'
import type { TrailState } from './state.ts'

/** A trail that is there from the start. Left out: made in the home Region, logging, with the default selectors. */
export interface InitialTrail extends CreateTrailInput, EventSelectors, Partial<InsightSelectors> {
  readonly HomeRegion?: string
  readonly IsLogging?: boolean
}

/** @throws InvariantError when AWS would refuse the trail: scenarios are checked before they are opened */
export function addInitial(state: TrailState, trail: InitialTrail, now: ServiceMs): TrailState {
  const { Name, EventSelectors, AdvancedEventSelectors, InsightSelectors = [], HomeRegion = HOME_REGION } = trail
  const ctx = { now, region: HomeRegion }
  const created = accepted(createTrail(state, trail, ctx))
  const isDefault = EventSelectors === undefined && AdvancedEventSelectors === undefined
  const selecting = isDefault ? created : accepted(putEventSelectors(created, { ...trail, TrailName: Name }, ctx))
  const watching = accepted(putInsightSelectors(selecting, { TrailName: Name, InsightSelectors }, ctx))
  return trail.IsLogging === false ? watching : accepted(startLogging(watching, { Name }, ctx))
}

function accepted(answered: Answer<unknown>): TrailState {
  invariant(answered.ok, `trail refused: ${answered.ok ? '' : answered.error.code}`)
  return answered.value.state
}
