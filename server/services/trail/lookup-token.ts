import type { CauseId } from '../../../shared/ids.ts'
import { compareCauseIds } from '../../../shared/ids.ts'
import { streamOf } from '../../../shared/random.ts'
import type { ServiceMs } from '../../../shared/units.ts'
import { serviceMs } from '../../../shared/units.ts'
import type { LookupEventsInput } from './lookup-input.ts'

/** Where a page ended. New records may arrive between two pages, so it is a place in the order, not a count. */
export interface PagePlace {
  readonly eventTime: ServiceMs
  readonly id: CauseId
}

/** Newest first; of the same time, the last written first. */
export const newestFirst = (a: PagePlace, b: PagePlace): number =>
  b.eventTime - a.eventTime || compareCauseIds(b.id, a.id)

/** @returns a token for the page after `place`, good for the same question in the same Region only */
export function toToken(input: LookupEventsInput, region: string, place: PagePlace): string {
  const text = `${place.eventTime}.${place.id.replace('/', '.')}`
  return `${text}.${sumOf(input, region, text)}`
}

/** @returns the place a token names, `null` for a token that is not ours or was given for another question */
export function readToken(input: LookupEventsInput, region: string): PagePlace | null {
  const [, text = '', eventTime = '', tick = '', n = '', sum] = TOKEN.exec(input.NextToken ?? '') ?? []
  if (sum !== sumOf(input, region, text)) return null
  return { eventTime: serviceMs(Number(eventTime)), id: `${Number(tick)}/${Number(n)}` }
}

const TOKEN = /^((-?\d+)\.(\d+)\.(\d+))\.([0-9a-f]{8})$/

function sumOf(input: LookupEventsInput, region: string, text: string): string {
  const { LookupAttributes = [], StartTime, EndTime, EventCategory } = input
  const question = [region, LookupAttributes.map((a) => [a.AttributeKey, a.AttributeValue]), StartTime, EndTime]
  const stream = streamOf(JSON.stringify([...question, EventCategory, text]))
  return stream.toString(16).padStart(8, '0')
}
