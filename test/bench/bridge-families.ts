import { randomBelow, streamOf } from '../../shared/random.ts'

/** A way of matching, and its rules: the n-th rule asks for other values than the rest. */
export interface Family {
  readonly name: string
  /** Events per second of AWS's own Java matcher on a machine like ours: one thread, text in, five rules. */
  readonly reference: number
  readonly rule: (n: number) => object
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const letter = (n: number) => LETTERS.charAt(n % LETTERS.length)
const digits = (n: number, width: number) => String(n).padStart(width, '0')

/** 10 000 plates, each one's beginning and end shared by few. */
const plateOf = (n: number) =>
  `${letter(n)}${letter(Math.floor(n / 24))}-${digits((n * 7919) % 10_000, 4)}-${letter(n * 5)}${letter(n * 7 + 3)}`
const streetOf = (n: number) => `${['avenue', 'rue', 'quai', 'boulevard'][n % 4]} des ${letter(n)}rables ${n}`

const PLATES = 10_000
const STREETS = 10_000

/** The families of AWS's published figures. Every rule is one condition of the family, as in those. */
export const families: readonly Family[] = [
  { name: 'exact', reference: 480_000, rule: (n) => ({ detail: { vehicle: { plate: [plateOf(n)] } } }) },
  {
    name: 'prefix',
    reference: 480_000,
    rule: (n) => ({ detail: { vehicle: { plate: [{ prefix: plateOf(n).slice(0, 6) }] } } }),
  },
  {
    name: 'suffix',
    reference: 447_000,
    rule: (n) => ({ detail: { vehicle: { plate: [{ suffix: plateOf(n).slice(-7) }] } } }),
  },
  {
    name: 'equals-ignore-case',
    reference: 421_000,
    rule: (n) => ({ detail: { street: { name: [{ 'equals-ignore-case': streetOf(n).toUpperCase() }] } } }),
  },
  {
    name: 'numeric',
    reference: 261_000,
    rule: (n) => ({ detail: { vehicle: { mileageKm: [{ numeric: ['>=', n * 300, '<', n * 300 + 40.5] }] } } }),
  },
  {
    name: 'anything-but',
    reference: 267_000,
    rule: (n) => ({ detail: { street: { name: [{ 'anything-but': [streetOf(n), streetOf(n + 1)] }] } } }),
  },
  {
    name: 'wildcard',
    reference: 150_000,
    rule: (n) => ({ detail: { vehicle: { plate: [{ wildcard: wildcardOf(plateOf(n), n) }] } } }),
  },
  {
    name: 'complex-arrays',
    reference: 70_000,
    rule: (n) => ({
      detail: { stops: { street: [streetOf(n)], minutes: [{ numeric: ['>', n % 5] }], at: { x: [{ exists: true }] } } },
    }),
  },
]

function wildcardOf(plate: string, n: number): string {
  const shapes = [
    `${plate.slice(0, 4)}*${plate.slice(-2)}`,
    `*${plate.slice(2, 8)}*`,
    `${plate.slice(0, 2)}*${plate.slice(4, 7)}*`,
    `*${plate.slice(3, 6)}*${plate.slice(-3)}`,
  ]
  return shapes[n % shapes.length] ?? '*'
}

const STREAM = streamOf('bench-bridge')

/** The texts of `count` events of about 800 bytes, as a detector would put them on the bus. */
export function eventTexts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => JSON.stringify(eventOf(n)))
}

function eventOf(n: number): object {
  let drawn = 0
  const below = (limit: number) => randomBelow(n, STREAM, (drawn += 1), limit)
  const place = () => ({ x: below(400_000) / 100, y: below(300_000) / 100 })
  return {
    version: '0',
    id: `6f1d7c0e-2b0a-4d43-9d0e-${digits(n, 12)}`,
    'detail-type': 'Speed Reading',
    source: 'city.camera',
    account: '111122223333',
    time: `2026-03-14T09:${digits(below(60), 2)}:${digits(below(60), 2)}Z`,
    region: 'eu-west-3',
    resources: [`arn:aws:city:eu-west-3:111122223333:camera/A${below(40)}-N`],
    detail: {
      camera: { id: `A${below(40)}-N`, district: 'Bellevue' },
      street: { name: streetOf(below(STREETS)), limitKmh: 50, isDry: true },
      vehicle: { plate: plateOf(below(PLATES)), mileageKm: below(3_000_000) / 10, brakes: 'worn' },
      reading: { speedKmh: below(1800) / 10, lane: below(3), at: place() },
      stops: Array.from({ length: 4 }, () => ({ street: streetOf(below(STREETS)), minutes: below(9), at: place() })),
    },
  }
}
