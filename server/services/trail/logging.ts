import type { ServiceMs } from '../../../shared/units.ts'
import type { Answer, CallContext } from './answer.ts'
import { answer } from './answer.ts'
import type { Chain } from './chain.ts'
import { hurryChain, openChain, stopChain } from './chain.ts'
import { findAtHome, findTrail } from './find-trail.ts'
import type { TrailState } from './state.ts'
import type { Trail, TrailSettings } from './trail-settings.ts'

/** Names a trail by name or ARN, as most operations do. */
export interface TrailName {
  readonly Name: string
}

/** What GetTrailStatus answers; what never happened is left out. */
export interface TrailStatus {
  readonly IsLogging: boolean
  readonly LatestDeliveryTime?: ServiceMs
  readonly LatestDigestDeliveryTime?: ServiceMs
  readonly StartLoggingTime?: ServiceMs
  readonly StopLoggingTime?: ServiceMs
}

/** StartLogging: from now on. A trail that is logging goes on as it was. (CloudTrail API Reference) */
export function startLogging(state: TrailState, { Name }: TrailName, ctx: CallContext): Answer<null> {
  const found = findAtHome(state, Name, ctx)
  if (!found.ok) return found
  if (found.value.isLogging) return answer(state, null)
  const started: Trail = { ...found.value, isLogging: true, startedAt: ctx.now }
  return answer(openChains(replaceTrail(state, started), started.settings, ctx.now), null)
}

/** StopLogging: the call itself is still written down, then a last file and a last digest go out. */
export function stopLogging(state: TrailState, { Name }: TrailName, ctx: CallContext): Answer<null> {
  const found = findAtHome(state, Name, ctx)
  if (!found.ok) return found
  if (!found.value.isLogging) return answer(state, null)
  const stopped: Trail = { ...found.value, isLogging: false, stoppedAt: ctx.now }
  return answer(stopChains(replaceTrail(state, stopped), stopped.settings.arn, ctx.now), null)
}

/** GetTrailStatus, for a trail of this Region or, by its ARN, for a shadow. */
export function getTrailStatus(state: TrailState, { Name }: TrailName, ctx: CallContext): Answer<TrailStatus> {
  const found = findTrail(state, Name, ctx.region)
  if (!found.ok) return found
  const { isLogging, latestDelivery, latestDigestDelivery, startedAt, stoppedAt } = found.value
  return answer(state, {
    IsLogging: isLogging,
    ...(latestDelivery === null ? {} : { LatestDeliveryTime: latestDelivery }),
    ...(latestDigestDelivery === null ? {} : { LatestDigestDeliveryTime: latestDigestDelivery }),
    ...(startedAt === null ? {} : { StartLoggingTime: startedAt }),
    ...(stoppedAt === null ? {} : { StopLoggingTime: stoppedAt }),
  })
}

/** Puts a trail in the place of the one with the same ARN. */
export const replaceTrail = (state: TrailState, trail: Trail): TrailState => ({
  ...state,
  trails: state.trails.map((other) => (other.settings.arn === trail.settings.arn ? trail : other)),
})

/** Begins a chain of files in each Region of the trail; a chain that was still closing is closed at once. */
export function openChains(state: TrailState, settings: TrailSettings, now: ServiceMs): TrailState {
  const isOwn = (chain: Chain) => chain.settings.arn === settings.arn
  const before = state.chains.map((chain) => (isOwn(chain) ? hurryChain(chain, now) : chain))
  const regions = settings.isMultiRegion ? state.regions : [settings.homeRegion]
  const opened = regions.map((region) =>
    openChain(
      settings,
      region,
      now,
      before.findLast((chain) => isOwn(chain) && chain.region === region),
    ),
  )
  return { ...state, chains: [...before, ...opened] }
}

/** Ends every chain of a trail. */
export const stopChains = (state: TrailState, arn: string, now: ServiceMs): TrailState => ({
  ...state,
  chains: state.chains.map((chain) => (chain.settings.arn === arn ? stopChain(chain, now) : chain)),
})
