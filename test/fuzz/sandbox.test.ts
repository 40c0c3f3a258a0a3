import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import type { InvocationStart } from '../../shared/aws/invocation.ts'
import { serviceMs } from '../../shared/units.ts'
import { Sandbox } from '../../server/rooms/sandbox.ts'

const sandbox = new Sandbox({ runMs: 20 })
afterAll(() => sandbox.close())

const start = (n: number): InvocationStart => ({
  id: `1/${n}`,
  cause: '1/1',
  requestId: `request-${n}`,
  attempt: 1,
  functionName: 'f',
  qualifier: '$LATEST',
  payload: n,
  coldStart: n % 2 === 0,
  freshModule: n % 2 === 0,
  environmentId: `environment-${n % 5}`,
  timeoutMs: 3000,
  hops: 0,
  role: 'r',
})

const word = fc.constantFrom(
  'export', 'const', 'handler', '=', '=>', '(', ')', '{', '}', 'for', ';;', 'throw', 'null', 'await', 'async', 'globalThis',
  'delete', '.', 'JSON', 'Promise', 'prototype', 'then', '[', ']', '1e9', '"x"', '.repeat', 'sendFine', 'log', 'module',
  'exports', ',', 'new', 'Array', 'Proxy', 'while', '(1)', 'function', 'return', '*', 'yield', '...', 'event', '`', '$', '/',
) // prettier-ignore

/** Half of it is noise, half stands in a handler that can be read. */
const code = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(word, { maxLength: 20 }).map((words) => words.join(' ')),
  fc.array(word, { maxLength: 12 }).map((words) => `export const handler = async (event) => { ${words.join(' ')} }`),
  fc.constantFrom(
    'globalThis.city_handler = 5; JSON.parse = null; export const handler = () => 1',
    'Promise.prototype.then = () => {}; export const handler = () => 1',
    'Object.defineProperty(Object.prototype, "then", { get() { throw 1 } }); export const handler = () => ({})',
    'export const handler = () => new Proxy({}, { get() { for (;;); } })',
    'export const handler = () => ({ toJSON() { throw { toString() { throw 1 } } } })',
    'export const handler = () => { throw Object.create(Error.prototype, { name: { get() { throw 1 } } }) }',
    'export const handler = () => { log({ toJSON() { log("again"); return 1 } }) }',
    'export function* handler() { yield 1 }',
    'while (true) globalThis.a = [globalThis.a]; export const handler = 1',
  ),
)

it(
  '[ROOM-34] whatever a player writes, the run is answered and the next one is served',
  { timeout: 300_000 },
  async () => {
    let n = 0
    await fc.assert(
      fc.asyncProperty(code, async (text) => {
        n += 1
        const asked = start(n)
        const completion = await sandbox.run(asked, { code: text, variables: {}, now: serviceMs(0) })
        expect(completion).toMatchObject({ requestId: asked.requestId, attempt: 1 })
        expect(['returned', 'threw', 'crashed']).toContain(completion.outcome.kind)
        expect(JSON.parse(JSON.stringify(completion))).toEqual(completion)
      }),
      { numRuns: 120 },
    )
    const good = { code: 'export const handler = (event) => event', variables: {}, now: serviceMs(0) }
    const last = await sandbox.run({ ...start(0), payload: 'fine' }, good)
    expect(last.outcome).toEqual({ kind: 'returned', payload: 'fine' })
  },
)
