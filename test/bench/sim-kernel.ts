/**
 * The physical limit of the runtime: nothing but the car-following model over columns, in queues of one ring road each,
 * without junctions, lanes, agents or facts. @returns million vehicle updates per second, the best of some rounds
 */
export function kernelSpeed(vehicles: number): number {
  const ring = 50
  const s = Float64Array.from({ length: vehicles }, (_, i) => (i % ring) * 20)
  const speed = new Float64Array(vehicles).fill(8)
  const accel = new Float64Array(vehicles)
  const ahead = Int32Array.from({ length: vehicles }, (_, i) => (i % ring === ring - 1 ? i - ring + 1 : i + 1))
  const length = ring * 20
  const round = (ticks: number) => {
    const from = performance.now()
    for (let tick = 0; tick < ticks; tick += 1) kernelTick({ s, speed, accel, ahead, length })
    return (vehicles * ticks) / ((performance.now() - from) * 1000)
  }
  const ticks = Math.max(20, Math.floor(2e6 / vehicles))
  return Math.max(...Array.from({ length: 8 }, () => round(ticks)))
}

interface Rings {
  readonly s: Float64Array
  readonly speed: Float64Array
  readonly accel: Float64Array
  readonly ahead: Int32Array
  readonly length: number
}

function kernelTick({ s, speed, accel, ahead, length }: Rings): void {
  const count = s.length
  for (let i = 0; i < count; i += 1) {
    const j = ahead[i] as number
    const v = speed[i] as number
    let gap = (s[j] as number) - (s[i] as number) - 4.4
    if (gap < 0) gap += length
    const dynamic = v * 1.2 + v * (v - (speed[j] as number)) * 0.258
    const wanted = (2 + (dynamic > 0 ? dynamic : 0)) / (gap > 0.1 ? gap : 0.1)
    const ratio = v / 13.9
    const squared = ratio * ratio
    const a = 1.5 * (1 - squared * squared - wanted * wanted)
    accel[i] = a > -8 ? a : -8
  }
  for (let i = 0; i < count; i += 1) {
    const v = (speed[i] as number) + (accel[i] as number) * 0.05
    const next = v > 0 ? v : 0
    const place = (s[i] as number) + ((speed[i] as number) + next) * 0.025
    speed[i] = next
    s[i] = place >= length ? place - length : place
  }
}
