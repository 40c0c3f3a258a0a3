import { ACCOUNT_ID } from '../../../shared/aws/account.ts'
import { toUtcParts } from '../../../shared/time.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import type { TrailSettings } from './trail-settings.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** `2026/03/14` */
function toDayPath(at: ServiceMs): string {
  const { year, month, day } = toUtcParts(at)
  return `${year}/${two(month)}/${two(day)}`
}

/** `20260314T0926`: how the names of log files tell time, before a `Z`. */
export function toCompactMinute(at: ServiceMs): string {
  const { hour, minute } = toUtcParts(at)
  return `${toDayPath(at).replaceAll('/', '')}T${two(hour)}${two(minute)}`
}

/** `20260314T092653Z`: how the names of digests tell time. */
export const toCompactSecond = (at: ServiceMs): string => `${toCompactMinute(at)}${two(toUtcParts(at).second)}Z`

/** What stands before every key of a trail. */
export const toKeyRoot = (prefix: string, account = ACCOUNT_ID): string =>
  `${prefix === '' ? '' : `${prefix}/`}AWSLogs/${account}`

/** Key of a log file (CloudTrail User Guide, "CloudTrail log file name format"). @param random 16 letters and digits */
export function logFileKey(
  trail: Pick<TrailSettings, 'prefix'>,
  kind: 'CloudTrail' | 'CloudTrail-Insight',
  region: string,
  { at, random }: { readonly at: ServiceMs; readonly random: string },
): string {
  const name = `${ACCOUNT_ID}_${kind}_${region}_${toCompactMinute(at)}Z_${random}.json.gz`
  return `${toKeyRoot(trail.prefix)}/${kind}/${region}/${toDayPath(at)}/${name}`
}

/** Key of a digest (CloudTrail User Guide, "CloudTrail digest file structure"). @param at when its hour ends */
export function digestKey(
  trail: Pick<TrailSettings, 'prefix' | 'name' | 'homeRegion'>,
  region: string,
  at: ServiceMs,
): string {
  const name = `${ACCOUNT_ID}_CloudTrail-Digest_${region}_${trail.name}_${trail.homeRegion}_${toCompactSecond(at)}`
  return `${toKeyRoot(trail.prefix)}/CloudTrail-Digest/${region}/${toDayPath(at)}/${name}.json.gz`
}
