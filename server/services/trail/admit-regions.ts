import type { ApiCall } from '../../../shared/aws/record.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import { openChain } from './chain.ts'
import type { TrailState } from './state.ts'

/** A Region from which the first call comes joins the city, and with it a chain of each trail of all Regions. */
export function admitRegions(state: TrailState, calls: readonly ApiCall[]): TrailState {
  const unknown = calls.map(({ awsRegion }) => awsRegion).filter((region) => !state.regions.includes(region))
  return [...new Set(unknown)].reduce((next, region) => {
    const times = calls.filter(({ awsRegion }) => awsRegion === region).map(({ eventTime }) => eventTime)
    return admitRegion(next, region, serviceMs(Math.min(...times)))
  }, state)
}

function admitRegion(state: TrailState, region: string, from: ServiceMs): TrailState {
  const trails = state.trails.filter(({ settings, isLogging }) => settings.isMultiRegion && isLogging)
  const opened = trails.map(({ settings, startedAt }) =>
    openChain(settings, region, serviceMs(Math.max(from, startedAt ?? from))),
  )
  return { ...state, regions: [...state.regions, region], chains: [...state.chains, ...opened] }
}
