import type { FromSolo, ToSolo } from '../../shared/protocol/solo.ts'
import type { SoloRequest } from './doors.ts'

/** The line to a city that is opened in a worker of this page. */
export interface SoloLine {
  tell(message: ToSolo): void
  /** To be called once; first comes what the city has said before. */
  listen(listener: (news: FromSolo) => void): void
  /** Never comes to an end well: fails when the worker does. */
  readonly failed: Promise<never>
  close(): void
}

const MOST_SEED = 1_000_000

let ahead: { readonly key: string; readonly line: SoloLine } | null = null

const keyOf = ({ scenarioId, seed, town }: SoloRequest): string => JSON.stringify([scenarioId, seed, town])

/** Opens a city before anybody has asked for it; its clocks stand until it is told to begin. */
export function openAhead(request: SoloRequest): void {
  ahead?.line.close()
  ahead = { key: keyOf(request), line: open(request) }
}

/** @returns the line to such a city, where one was opened ahead, or to a new one; the caller's to close */
export function takeSolo(request: SoloRequest): SoloLine {
  const taken = ahead
  ahead = null
  if (taken?.key === keyOf(request)) return taken.line
  taken?.line.close()
  return open(request)
}

function open({ scenarioId, seed, town }: SoloRequest): SoloLine {
  const worker = new Worker(new URL('../solo/worker.ts', import.meta.url), { type: 'module' })
  const tell = (message: ToSolo) => worker.postMessage(message)
  const early: FromSolo[] = []
  let hear = (news: FromSolo): void => void early.push(news)
  worker.addEventListener('message', ({ data }: MessageEvent<FromSolo>) => hear(data))
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
  })
  // Whoever takes the line hears of it; until then nobody may be there to do so.
  failed.catch(() => undefined)
  const drawn = seed ?? town?.seed ?? Math.floor(Math.random() * MOST_SEED)
  tell({ kind: 'open', scenarioId, town, seed: drawn })
  return {
    tell,
    listen(listener) {
      hear = listener
      early.splice(0).forEach(listener)
    },
    failed,
    close: () => worker.terminate(),
  }
}
