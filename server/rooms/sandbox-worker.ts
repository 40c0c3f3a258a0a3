import { parentPort } from 'node:worker_threads'
import { invariant } from '../../shared/assert.ts'
import type { SandboxJob, SandboxResult } from './sandbox-instance.ts'
import { SandboxInstance } from './sandbox-instance.ts'

/** The thread in which players' code runs, one run at a time. Whatever goes wrong in here, the room goes on. */

/** Warm environments kept; the one that ran longest ago goes first. */
const WARM_LIMIT = 32

export interface WorkerQuestion {
  readonly id: number
  readonly job: SandboxJob
}

/** `ready` once; then an answer to each question: `result` is `null` when the interpreter itself broke. */
export type WorkerAnswer =
  { readonly kind: 'ready' } | { readonly kind: 'ran'; readonly id: number; readonly result: SandboxResult | null }

async function answer(warm: Map<string, SandboxInstance>, job: SandboxJob): Promise<SandboxResult> {
  const known = job.freshModule ? undefined : warm.get(job.environmentId)
  const instance = known ?? (await SandboxInstance.open(job))
  warm.delete(job.environmentId)
  const result = instance.run(job)
  const { kind } = result.outcome
  if (instance.loaded && (kind === 'returned' || kind === 'threw')) warm.set(job.environmentId, instance)
  for (const environmentId of warm.keys()) {
    if (warm.size <= WARM_LIMIT) break
    warm.delete(environmentId)
  }
  return result
}

const port = parentPort
invariant(port, 'the sandbox runs in a thread of its own')
const warm = new Map<string, SandboxInstance>()
const say = (said: WorkerAnswer) => port.postMessage(said)

port.on('message', ({ id, job }: WorkerQuestion) => {
  answer(warm, job).then(
    (result) => say({ kind: 'ran', id, result }),
    // The interpreter trapped, for want of memory or by a bug of its own: it is let go, the others stand.
    () => {
      warm.delete(job.environmentId)
      say({ kind: 'ran', id, result: null })
    },
  )
})
say({ kind: 'ready' })
