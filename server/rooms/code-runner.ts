import type { InvocationCompletion } from '../../shared/aws/invocation.ts'
import type { CodeRun } from '../city/code-runs.ts'
import { Sandbox } from './sandbox.ts'

/**
 * Runs the players' code of one room outside its ticks. The sandbox is opened for the first run: most lessons have no
 * code, and cost no thread.
 */
export class CodeRunner {
  readonly #onDone: (completion: InvocationCompletion) => void
  #sandbox: Sandbox | null = null

  constructor(onDone: (completion: InvocationCompletion) => void) {
    this.#onDone = onDone
  }

  /** Begins what the city's last tick has started; each ends in one completion, some ticks later. */
  begin(runs: readonly CodeRun[]): void {
    if (runs.length === 0) return
    this.#sandbox ??= new Sandbox()
    for (const { start, ...fn } of runs) void this.#sandbox.run(start, fn).then(this.#onDone)
  }

  close(): void {
    void this.#sandbox?.close()
    this.#sandbox = null
  }
}
