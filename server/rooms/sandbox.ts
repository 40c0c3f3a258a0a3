import { Worker } from 'node:worker_threads'
import type { InvocationCompletion, InvocationStart } from '../../shared/aws/invocation.ts'
import type { ServiceMs } from '../../shared/units.ts'
import type { SandboxJob, SandboxLimits, SandboxResult } from './sandbox-instance.ts'
import type { WorkerAnswer, WorkerQuestion } from './sandbox-worker.ts'

/** A player's function as it is when its invocation starts. */
export interface PlayerFunction {
  readonly code: string
  readonly variables: Readonly<Record<string, string>>
  /** Service time of the tick of the start. */
  readonly now: ServiceMs
}

/** Generous for a job of a few lines, and small enough that forty players' loops cost little. */
const SANDBOX_LIMITS: SandboxLimits = {
  runMs: 100,
  memoryMb: 16,
  logLines: 100,
  lineLength: 1000,
  calls: 20,
  resultLength: 65_536,
}

/** Wall time a thread may take beyond a run's processor time before it is ended from outside. */
const GRACE_MS = 2000

interface Waiting {
  readonly start: InvocationStart
  readonly job: SandboxJob
  readonly done: (completion: InvocationCompletion) => void
}

/** The run under way: the one question the thread has not answered. */
interface Current {
  readonly id: number
  readonly waiting: Waiting
  readonly watchdog: NodeJS.Timeout
}

/**
 * Runs players' code outside the tick, in a thread of its own, one run after the other. Every run ends in a completion:
 * an endless loop, a memory bomb, deep recursion or a thrown error costs its own invocation only. The room writes the
 * completion into its journal, so that a replay needs no sandbox.
 */
export class Sandbox {
  readonly #limits: SandboxLimits
  readonly #waiting: Waiting[] = []
  #thread: { readonly worker: Worker; ready: boolean } | null = null
  #current: Current | null = null
  #count = 0
  #closed = false

  constructor(limits: Partial<SandboxLimits> = {}) {
    this.#limits = { ...SANDBOX_LIMITS, ...limits }
  }

  /** Runs the handler for one start. Never rejects. */
  run(start: InvocationStart, fn: PlayerFunction): Promise<InvocationCompletion> {
    const job: SandboxJob = {
      code: fn.code,
      event: start.payload,
      variables: fn.variables,
      environmentId: start.environmentId,
      freshModule: start.freshModule,
      functionName: start.functionName,
      requestId: start.requestId,
      now: fn.now,
      limits: this.#limits,
    }
    return new Promise((done) => {
      if (this.#closed) return done(toCompletion(start, BROKEN))
      this.#waiting.push({ start, job, done })
      this.#next()
    })
  }

  /** Ends the thread; runs that are not over end as crashed. */
  async close(): Promise<void> {
    this.#closed = true
    this.#finish(BROKEN)
    for (const { start, done } of this.#waiting.splice(0)) done(toCompletion(start, BROKEN))
    await this.#drop()
  }

  #next(): void {
    if (this.#current || this.#closed || this.#waiting.length === 0) return
    this.#thread ??= this.#open()
    if (!this.#thread.ready) return
    const waiting = this.#waiting.shift()
    if (!waiting) return
    const { worker } = this.#thread
    this.#count += 1
    // Some loops of the interpreter cannot be interrupted from inside: then the whole thread ends.
    const watchdog = setTimeout(() => this.#lose(worker, INTERRUPTED), this.#limits.runMs + GRACE_MS)
    this.#current = { id: this.#count, waiting, watchdog }
    worker.postMessage({ id: this.#count, job: waiting.job } satisfies WorkerQuestion)
  }

  #open(): { readonly worker: Worker; ready: boolean } {
    const worker = new Worker(new URL('./sandbox-worker.ts', import.meta.url), { env: {}, execArgv: [] })
    worker.unref()
    worker.on('message', (answer: WorkerAnswer) => this.#hear(worker, answer))
    worker.on('error', () => this.#lose(worker, BROKEN))
    return { worker, ready: false }
  }

  #hear(worker: Worker, answer: WorkerAnswer): void {
    if (this.#thread?.worker !== worker) return
    if (answer.kind === 'ready') this.#thread.ready = true
    else if (answer.id === this.#current?.id) this.#finish(answer.result ?? BROKEN)
    this.#next()
  }

  /** The thread is lost, and with it the run under way, or the next one where the thread did not even open. */
  #lose(worker: Worker, result: SandboxResult): void {
    if (this.#thread?.worker !== worker) return
    void this.#drop()
    if (this.#current) this.#finish(result)
    else {
      const waiting = this.#waiting.shift()
      waiting?.done(toCompletion(waiting.start, BROKEN))
    }
    this.#next()
  }

  #finish(result: SandboxResult): void {
    if (!this.#current) return
    const { waiting, watchdog } = this.#current
    clearTimeout(watchdog)
    this.#current = null
    waiting.done(toCompletion(waiting.start, result))
  }

  async #drop(): Promise<void> {
    const thread = this.#thread
    this.#thread = null
    await thread?.worker.terminate()
  }
}

const NOTHING = { logLines: [], calls: [], memoryMb: 0, tookMs: 0 } as const
const INTERRUPTED: SandboxResult = { ...NOTHING, outcome: { kind: 'interrupted' } }
const BROKEN: SandboxResult = {
  ...NOTHING,
  outcome: { kind: 'crashed', errorMessage: 'Runtime exited with error: signal: killed' },
}

/** A run that used up its time never answers: Lambda ends it, hard, at the time-out of its function. */
function toCompletion({ requestId, attempt, timeoutMs }: InvocationStart, result: SandboxResult): InvocationCompletion {
  const { outcome, logLines, calls, memoryMb: maxMemoryMb, tookMs } = result
  const common = { requestId, attempt, logLines, calls, maxMemoryMb }
  if (outcome.kind !== 'interrupted') return { ...common, outcome, durationMs: Math.min(tookMs, timeoutMs) }
  return { ...common, outcome: { kind: 'crashed', errorMessage: 'interrupted' }, durationMs: timeoutMs + 1 }
}
