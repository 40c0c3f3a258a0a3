import type { VehicleCondition, VehiclePart } from '../../shared/model/vehicle.ts'

/** Each level has a colour, a mark and a word on the screen. */
export type PartLevel = 'good' | 'worn' | 'bad'

export interface PartState {
  readonly part: VehiclePart
  readonly level: PartLevel
  /** 0 (nothing left) to 1 (as new). */
  readonly share: number
}

const NEW_TREAD_MM = 8
const LEGAL_TREAD_MM = 1.6
const LOW_TREAD_MM = 3
const WORN_BRAKES = 0.6
const BAD_BRAKES = 0.8
const LOW_FUEL = 0.25
const EMPTY_FUEL = 0.1

/** The five parts the inspector looks at, always in the same order. */
export function toPartStates(condition: VehicleCondition): readonly PartState[] {
  const { brakeWear, tyreTreadMm, fuel } = condition
  const tread = (tyreTreadMm - LEGAL_TREAD_MM) / (NEW_TREAD_MM - LEGAL_TREAD_MM)
  return [
    { part: 'brakes', share: toShare(1 - brakeWear), level: levelOf(-brakeWear, -WORN_BRAKES, -BAD_BRAKES) },
    { part: 'tyres', share: toShare(tread), level: levelOf(tyreTreadMm, LOW_TREAD_MM, LEGAL_TREAD_MM) },
    switchState('headlights', condition.headlightsWorking),
    switchState('seatBelt', condition.seatBeltFastened),
    { part: 'fuel', share: toShare(fuel), level: levelOf(fuel, LOW_FUEL, EMPTY_FUEL) },
  ]
}

const toShare = (value: number) => Math.min(1, Math.max(0, value))

function levelOf(value: number, worn: number, bad: number): PartLevel {
  if (value < bad) return 'bad'
  return value < worn ? 'worn' : 'good'
}

const switchState = (part: 'headlights' | 'seatBelt', on: boolean): PartState => ({
  part,
  share: on ? 1 : 0,
  level: on ? 'good' : 'bad',
})
