import type { ServiceMs } from '../../../shared/units.ts'
import type { Chain } from './chain.ts'
import { openChain, stopChain } from './chain.ts'
import { openChains, replaceTrail, stopChains } from './logging.ts'
import type { TrailState } from './state.ts'
import type { Trail, TrailSettings } from './trail-settings.ts'

/** Gives a trail other settings. If it is logging, its chains follow from `now` on; nothing works backwards. */
export function reviseTrail(state: TrailState, trail: Trail, settings: TrailSettings, now: ServiceMs): TrailState {
  const revised = replaceTrail(state, { ...trail, settings })
  if (!trail.isLogging) return revised
  // Validation that begins or ends does so with a chain of its own.
  if (trail.settings.validatesFiles !== settings.validatesFiles) {
    return openChains(stopChains(revised, settings.arn, now), settings, now)
  }
  return { ...revised, chains: [...revised.chains.map(follow), ...openMissing()] }

  function follow(chain: Chain): Chain {
    if (chain.settings.arn !== settings.arn || chain.stopsAt !== null) return chain
    const isLost = !settings.isMultiRegion && chain.region !== settings.homeRegion
    return isLost ? stopChain(chain, now) : { ...chain, settings }
  }

  function openMissing(): Chain[] {
    if (!settings.isMultiRegion) return []
    const isOpen = (region: string) => ownChains(region).some(({ stopsAt }) => stopsAt === null)
    return state.regions
      .filter((region) => !isOpen(region))
      .map((region) => openChain(settings, region, now, ownChains(region).at(-1)))
  }

  function ownChains(region: string): readonly Chain[] {
    return state.chains.filter((chain) => chain.settings.arn === settings.arn && chain.region === region)
  }
}
