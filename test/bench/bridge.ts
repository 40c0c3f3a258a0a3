/**
 * How many events per second the command centre's matcher takes, from text and from objects, by kind of pattern and
 * number of rules. Seconds are of the thread's processor time. `--json`: the last line holds the figures.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { openRuler, type Ruler } from '../../server/services/bridge/ruler.ts'
import { eventTexts, families, type Family } from './bridge-families.ts'

const EVENTS = 4000
const RULES = [5, 1000]
const WARM_UP_MS = 200
/** Rounds are short, and those that are compared take turns: what else the machine does then strikes them alike. */
const ROUND_MS = 40
const ROUNDS = 12

interface Row {
  readonly family: string
  readonly rules: number
  readonly textPerSecond: number
  readonly objectPerSecond: number
  readonly referencePerSecond: number
  readonly heapBytesPerRule: number
  readonly matchesPerEvent: number
}

/** Processor time of this thread, in milliseconds: what else the machine does is not counted. */
function spentNow(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Events per second while `take` is given all events again and again. */
function run<T>(events: readonly T[], take: (event: T) => unknown, forMs: number): number {
  const start = spentNow()
  let taken = 0
  let spent = 0
  for (; spent < forMs; spent = spentNow() - start) {
    for (const event of events) take(event)
    taken += events.length
  }
  return (taken / spent) * 1000
}

/** The best round of each: other work on the machine can only slow a round down. */
function measure<T>(events: readonly T[], takers: readonly ((event: T) => unknown)[]): readonly number[] {
  for (const take of takers) run(events, take, WARM_UP_MS)
  const rounds = Array.from({ length: ROUNDS }, () => takers.map((take) => run(events, take, ROUND_MS)))
  return takers.map((_, i) => Math.round(Math.max(...rounds.map((round) => round[i] ?? 0))))
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapNow(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

/** Bytes of a compiled rule among its like, averaged over so many machines that other garbage does not count. */
function heapPerRule(family: Family, rules: number, text: string): number {
  const copies = Math.ceil(5000 / rules)
  const before = heapNow()
  const rulers = Array.from({ length: copies }, () => openWith(family, rules))
  for (const ruler of rulers) ruler.rulesForEvent(text)
  const bytes = heapNow() - before
  return Math.round(bytes / (rulers.length * rules))
}

function openWith(family: Family, rules: number): Ruler {
  const ruler = openRuler()
  for (let n = 0; n < rules; n += 1) {
    const added = ruler.addRule(`${family.name}-${n}`, JSON.stringify(family.rule(n)))
    if (!added.ok) throw new Error(added.error.message)
  }
  return ruler
}

function benchFamily(family: Family, texts: readonly string[], objects: readonly object[]): readonly Row[] {
  const rulers = RULES.map((rules) => openWith(family, rules))
  const takers = rulers.map((ruler) => (event: string | object) => ruler.rulesForEvent(event))
  const textRates = measure<string | object>(texts, takers)
  const objectRates = measure<string | object>(objects, takers)
  return RULES.map((rules, i) => {
    const matches = texts.reduce((sum, text) => sum + (rulers[i]?.rulesForEvent(text).length ?? 0), 0)
    return {
      family: family.name,
      rules,
      textPerSecond: textRates[i] ?? 0,
      objectPerSecond: objectRates[i] ?? 0,
      referencePerSecond: family.reference,
      heapBytesPerRule: heapPerRule(family, rules, texts[0] ?? '{}'),
      matchesPerEvent: Math.round((matches / texts.length) * 100) / 100,
    }
  })
}

function print(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](i === 0 ? 20 : 12)).join(''))
}

const texts = eventTexts(EVENTS)
const objects = texts.map((text) => JSON.parse(text) as object)
const bytes = Math.round(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length)
const only = process.argv.find((argument) => argument.startsWith('--family='))?.slice('--family='.length)

const [parsed] = measure(texts, [(text: string) => JSON.parse(text) as unknown])
console.log(`${EVENTS} events of ${bytes} bytes on average; JSON.parse alone: ${parsed} events/s`)
print(['family', 'rules', 'text/s', 'object/s', 'Java text/s', 'heap B/rule', 'matches'])
const rows = families
  .filter(({ name }) => only === undefined || name === only)
  .flatMap((family) => benchFamily(family, texts, objects))
for (const row of rows) {
  const { family, rules, textPerSecond, objectPerSecond, referencePerSecond } = row
  print([family, rules, textPerSecond, objectPerSecond, referencePerSecond, row.heapBytesPerRule, row.matchesPerEvent])
}
if (process.argv.includes('--json')) console.log(JSON.stringify({ eventBytes: bytes, rows }))
