/** How a bot likes to drive. */
export interface Character {
  readonly name: 'calm' | 'hurried' | 'speeding' | 'distracted' | 'eco' | 'professional'
  /** Share of the limit, least and most. */
  readonly desired: readonly [number, number]
  /** Seconds kept behind the vehicle ahead. */
  readonly headway: number
  /** Share of the kind's usual acceleration. */
  readonly eager: number
  /** Of how many bots in a hundred. */
  readonly percent: number
}

/** The order is part of saved worlds: append only. Shares add up to 100; the last one drives for the city. */
export const CHARACTERS: readonly Character[] = [
  { name: 'calm', desired: [0.86, 0.97], headway: 1.4, eager: 0.9, percent: 40 },
  { name: 'hurried', desired: [0.98, 1.03], headway: 1, eager: 1.2, percent: 22 },
  { name: 'speeding', desired: [1.06, 1.22], headway: 0.9, eager: 1.35, percent: 8 },
  { name: 'distracted', desired: [0.8, 1.02], headway: 1.7, eager: 0.75, percent: 12 },
  { name: 'eco', desired: [0.8, 0.9], headway: 1.5, eager: 0.65, percent: 18 },
  { name: 'professional', desired: [0.92, 0.98], headway: 1.3, eager: 1, percent: 0 },
]

export const PROFESSIONAL = CHARACTERS.length - 1

/** @param share from 0 to 1 @returns an index into `CHARACTERS`, by their percentages */
export function characterAt(share: number): number {
  let left = share * 100
  for (let i = 0; i < CHARACTERS.length; i += 1) {
    left -= CHARACTERS[i]?.percent ?? 0
    if (left < 0) return i
  }
  return 0
}
