const openWorker = (): Worker => new Worker(new URL('../solo/worker.ts', import.meta.url), { type: 'module' })

let spare: Worker | null = null

/** Has the worker of the next city fetched and started ahead of time. */
export function warmSolo(): void {
  spare ??= openWorker()
}

/** @returns a worker in which no city runs yet; the caller's to end */
export function takeSolo(): Worker {
  const worker = spare ?? openWorker()
  spare = null
  return worker
}
