import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten'
import { RELEASE_SYNC, newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten'
import type { CityCall, InvocationCompletion } from '../../shared/aws/invocation.ts'
import type { Json } from '../../shared/json.ts'
import { decodeCityCall } from './sandbox-calls.ts'
import { FIND_HANDLER, FURNITURE } from './sandbox-furniture.ts'

export interface SandboxLimits {
  /** Processor time a run may take, in milliseconds: a busy machine takes none of it away. */
  readonly runMs: number
  /** Of the whole interpreter, 16 or more: about 5 of them are its own. */
  readonly memoryMb: number
  readonly logLines: number
  readonly lineLength: number
  readonly calls: number
  /** Characters of the result as JSON. */
  readonly resultLength: number
}

/** One run of a player's handler, as it is handed to the worker. */
export interface SandboxJob {
  readonly code: string
  readonly event: Json
  readonly variables: Readonly<Record<string, string>>
  /** The execution environment whose module variables the run finds again, unless `freshModule`. */
  readonly environmentId: string
  readonly freshModule: boolean
  readonly functionName: string
  readonly requestId: string
  /** Service time, in milliseconds: what `Date` says in there. */
  readonly now: number
  readonly limits: SandboxLimits
}

/** What a run came to. `interrupted`: it used up its time. */
export interface SandboxResult {
  readonly outcome: InvocationCompletion['outcome'] | { readonly kind: 'interrupted' }
  readonly logLines: readonly string[]
  readonly calls: readonly CityCall[]
  readonly memoryMb: number
  /** Processor time of the run, in milliseconds. */
  readonly tookMs: number
}

/** Room for the interpreter's own stack; deeper recursion throws inside. */
const STACK_BYTES = 256 * 1024
const KILLED = { kind: 'crashed', errorMessage: 'Runtime exited with error: signal: killed' } as const
const NEVER_SETTLED = { kind: 'crashed', errorMessage: 'Runtime exited: a promise was never settled' } as const

/** The notes of the run under way: what the functions of the interpreter write to. */
interface Notes {
  readonly job: SandboxJob
  readonly deadline: number
  interrupted: boolean
  readonly logLines: string[]
  readonly calls: CityCall[]
  outcome: InvocationCompletion['outcome'] | null
}

const openNotes = (job: SandboxJob): Notes => ({
  job,
  deadline: processorMs() + job.limits.runMs,
  interrupted: false,
  logLines: [],
  calls: [],
  outcome: null,
})

/**
 * One interpreter with a player's module in it: what a warm environment keeps between runs. Its WebAssembly module is its
 * own, so that nothing one unit does to its memory is seen by another; letting go of it is all it takes to end it.
 */
export class SandboxInstance {
  readonly #context: QuickJSContext
  readonly #memory: BoundedMemory
  #notes: Notes
  /** Calls the handler; `null` until the module has been evaluated. */
  #run: QuickJSHandle | null = null

  private constructor(quickJs: QuickJSWASMModule, memory: BoundedMemory, first: SandboxJob) {
    this.#memory = memory
    this.#notes = openNotes(first)
    const runtime = quickJs.newRuntime()
    runtime.setMaxStackSize(STACK_BYTES)
    runtime.setInterruptHandler(() => {
      this.#notes.interrupted ||= processorMs() > this.#notes.deadline
      return this.#notes.interrupted
    })
    this.#context = runtime.newContext()
  }

  /** Opens an empty interpreter; the first run evaluates the module. */
  static async open(first: SandboxJob): Promise<SandboxInstance> {
    const memory = openMemory(first.limits.memoryMb)
    const variant = newVariant(RELEASE_SYNC, { wasmMemory: memory.wasmMemory })
    return new SandboxInstance(await newQuickJSWASMModuleFromVariant(variant), memory, first)
  }

  run(job: SandboxJob): SandboxResult {
    this.#notes = openNotes(job)
    const began = processorMs()
    const fault = this.#run === null ? this.#load(job) : null
    const outcome = fault ?? this.#invoke(job)
    const tookMs = processorMs() - began
    const { interrupted, logLines, calls } = this.#notes
    const memoryMb = this.#memoryMb()
    const common = { logLines, calls, memoryMb, tookMs }
    if (this.#memory.exhausted) return { ...common, outcome: KILLED }
    return { ...common, outcome: interrupted ? { kind: 'interrupted' } : outcome }
  }

  /** Whether the player's module stands, so that another run may find its variables. */
  get loaded(): boolean {
    return this.#run !== null
  }

  /** Furnishes the interpreter and evaluates the player's module. @returns what went wrong */
  #load(job: SandboxJob): InvocationCompletion['outcome'] | null {
    const context = this.#context
    this.#define('call', (name, asked) => this.#ask(name, asked))
    this.#define('note', (line) => this.#note(line))
    this.#define('report', (kind, first, second) => this.#report(kind, first, second))
    this.#define('variables', () => JSON.stringify(job.variables))
    this.#define('now', () => String(this.#notes.job.now))
    const furnished = context.evalCode(FURNITURE, 'city.js')
    if (furnished.error) return this.#toFault(furnished.error)
    const evaluated = context.evalCode(job.code + FIND_HANDLER, 'index.mjs', { type: 'module' })
    if (evaluated.error) return this.#toFault(evaluated.error)
    evaluated.value.dispose()
    this.#run = furnished.value
    return this.#settle()
  }

  #invoke(job: SandboxJob): InvocationCompletion['outcome'] {
    const context = this.#context
    if (this.#run === null) return KILLED
    const { functionName, requestId, limits } = job
    const about = { functionName, awsRequestId: requestId, memoryLimitInMB: limits.memoryMb }
    const parts = [job.event, about].map((part) => context.newString(JSON.stringify(part)))
    const called = context.callFunction(this.#run, context.undefined, ...parts)
    for (const part of parts) part.dispose()
    if (called.error) return this.#toFault(called.error)
    called.value.dispose()
    return this.#settle() ?? this.#notes.outcome ?? NEVER_SETTLED
  }

  /** Lets promises go on until nothing moves. @returns what broke the run */
  #settle(): InvocationCompletion['outcome'] | null {
    const ran = this.#context.runtime.executePendingJobs()
    if (!ran.error) return null
    ran.error.dispose()
    return KILLED
  }

  #define(name: string, body: (...asked: string[]) => string): void {
    const context = this.#context
    const fn = context.newFunction(name, (...handles) =>
      context.newString(body(...handles.map((handle) => context.getString(handle)))),
    )
    context.setProp(context.global, `city_${name}`, fn)
    fn.dispose()
  }

  /** @returns why the city refuses; empty when it does not */
  #ask(name = '', asked = ''): string {
    const { calls, job } = this.#notes
    if (calls.length >= job.limits.calls) return `${name}: more than ${job.limits.calls} calls`
    const call = decodeCityCall(name, asked === '' ? undefined : JSON.parse(asked))
    if (typeof call === 'string') return call
    calls.push(call)
    return ''
  }

  #note(line = ''): string {
    const { logLines, job } = this.#notes
    if (logLines.length < job.limits.logLines) logLines.push(line.slice(0, job.limits.lineLength))
    return ''
  }

  #report(kind = '', first = '', second = ''): string {
    const most = this.#notes.job.limits.resultLength
    if (kind === 'threw') this.#notes.outcome = toThrown(first, second)
    else if (first.length > most) {
      this.#notes.outcome = toThrown('Function.ResponseSizeTooLarge', `${first.length} > ${most}`)
    } else this.#notes.outcome = { kind: 'returned', payload: JSON.parse(first) as Json }
    return ''
  }

  #toFault(error: QuickJSHandle): InvocationCompletion['outcome'] {
    const thrown = this.#context.dump(error) as unknown
    error.dispose()
    const { name = 'Error', message = JSON.stringify(thrown) } =
      typeof thrown === 'object' && thrown !== null ? (thrown as { name?: string; message?: string }) : {}
    return toThrown(name === 'SyntaxError' ? 'Runtime.UserCodeSyntaxError' : name, message)
  }

  #memoryMb(): number {
    const usage = this.#context.runtime.computeMemoryUsage()
    const { memory_used_size: bytes } = this.#context.dump(usage) as { readonly memory_used_size: number }
    usage.dispose()
    return bytes / (1024 * 1024)
  }
}

/** Processor time that this thread has used. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** The part of WebAssembly that is needed: the server's type libraries leave the browser's out, and it with them. */
interface WasmMemory {
  readonly buffer: ArrayBuffer
}
interface WasmGlobal {
  readonly WebAssembly: {
    readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WasmMemory
  }
}

interface BoundedMemory {
  readonly wasmMemory: WasmMemory
  /** Once it was too small, the interpreter's state is no longer to be relied on, whatever the code made of it. */
  exhausted: boolean
}

/** The interpreter's own memory limit counts allocations, not bytes; memory that cannot grow is a limit that holds. */
function openMemory(megabytes: number): BoundedMemory {
  const pages = megabytes * 16
  const { Memory } = (globalThis as unknown as WasmGlobal).WebAssembly
  const wasmMemory = new Memory({ initial: pages, maximum: pages })
  const memory = { wasmMemory, exhausted: false }
  Object.defineProperty(wasmMemory, 'grow', {
    value: () => {
      memory.exhausted = true
      throw new RangeError('the memory of a sandbox does not grow')
    },
  })
  return memory
}

function toThrown(errorType: string, errorMessage: string): InvocationCompletion['outcome'] {
  return { kind: 'threw', errorType: errorType.slice(0, 256), errorMessage: errorMessage.slice(0, 1024) }
}
