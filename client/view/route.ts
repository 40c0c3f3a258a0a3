import type { TownSize } from '../../shared/content/map/town.ts'
import { toTown, toTownText } from './town-choice.ts'

export type Route =
  | { readonly page: 'landing'; readonly code: string }
  /** `town` is a generated one in place of the scenario's map. */
  | {
      readonly page: 'solo'
      readonly scenarioId: string
      readonly seed: number | null
      readonly town: TownSize | null
    }
  /** `seatCode` takes an own seat back on another device. */
  | { readonly page: 'room'; readonly code: string; readonly seatCode: string | null }
  | { readonly page: 'host'; readonly code: string }
  | { readonly page: 'projector'; readonly code: string }
  | { readonly page: 'accessibility' }

const CODE = /^[A-HJKMNP-Z2-9]{6}$/
const SEAT_CODE = /^[A-HJKMNP-Z2-9]{4}$/

/** Room codes have no 0, O, 1, I or L. */
export const isRoomCode = (text: string): boolean => CODE.test(text)

/** What a player typed, pasted or scanned, as a code would be written: `abc-234 ` is `ABC234`. */
export const toRoomCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 6)

/**
 * Which page an address means. An address that means none is the landing page.
 *
 * @param pathname `/`, `/j/ABC234`, `/play`, `/host`, `/projector`, `/accessibility`
 * @param search `?code=`, `?room=`, `?seat=`, `?scenario=`, `?seed=`, `?town=8x8-1234`
 */
export function toRoute(pathname: string, search: string): Route {
  const query = new URLSearchParams(search)
  const code = toRoomCode(query.get('room') ?? query.get('code') ?? '')
  const [, page = '', rest = ''] = pathname.split('/')
  if (page === 'j') return { page: 'landing', code: toRoomCode(rest) }
  if (page === 'accessibility') return { page }
  if (page === 'host') return { page: 'host', code }
  if (page === 'projector' && isRoomCode(code)) return { page: 'projector', code }
  if (page !== 'play') return { page: 'landing', code }
  if (isRoomCode(code)) return { page: 'room', code, seatCode: toSeatCode(query.get('seat') ?? '') }
  const town = toTown(query.get('town'))
  return { page: 'solo', scenarioId: query.get('scenario') ?? 'discovery', seed: toSeed(query.get('seed')), town }
}

/** The address of a page, so that a reload and a copied link lead back to it. */
export function toPath(route: Route): string {
  switch (route.page) {
    case 'landing':
      return route.code === '' ? '/' : `/j/${route.code}`
    case 'solo':
      return `/play?scenario=${route.scenarioId}${soloChoices(route)}`
    case 'room':
      return `/play?room=${route.code}${route.seatCode === null ? '' : `&seat=${route.seatCode}`}`
    case 'host':
      return route.code === '' ? '/host' : `/host?room=${route.code}`
    case 'projector':
      return `/projector?room=${route.code}`
    case 'accessibility':
      return '/accessibility'
  }
}

function soloChoices({ seed, town }: Extract<Route, { page: 'solo' }>): string {
  return `${seed === null ? '' : `&seed=${seed}`}${town === null ? '' : `&town=${toTownText(town)}`}`
}

/** @returns `null` when it is not four of the letters and digits that codes are made of */
export function toSeatCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return SEAT_CODE.test(code) ? code : null
}

function toSeed(text: string | null): number | null {
  const seed = Number(text ?? Number.NaN)
  return Number.isSafeInteger(seed) && seed >= 0 ? seed : null
}
