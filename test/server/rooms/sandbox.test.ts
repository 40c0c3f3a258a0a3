import { afterAll, describe, expect, it } from 'vitest'
import type { InvocationCompletion, InvocationStart } from '../../../shared/aws/invocation.ts'
import { serviceMs } from '../../../shared/units.ts'
import { Sandbox } from '../../../server/rooms/sandbox.ts'

const sandbox = new Sandbox()
afterAll(() => sandbox.close())

let count = 0

const start = (more: Partial<InvocationStart> = {}): InvocationStart => {
  count += 1
  return {
    id: '1/2',
    cause: '1/1',
    requestId: `request-${count}`,
    attempt: 1,
    functionName: 'send-fine',
    qualifier: '$LATEST',
    payload: { plate: 'FR-042' },
    coldStart: true,
    freshModule: true,
    environmentId: `environment-${count}`,
    timeoutMs: 3000,
    hops: 0,
    role: 'send-fine-role',
    ...more,
  }
}

const run = (code: string, more: Partial<InvocationStart> = {}): Promise<InvocationCompletion> =>
  sandbox.run(start(more), { code, variables: { LIMIT: '110' }, now: serviceMs(1_773_480_413_000) })

const body = (statements: string) => `export const handler = async (event, context) => { ${statements} }`

/** A run that shows the thread still serves others. */
async function stillServes(): Promise<void> {
  expect((await run(body('return 1'))).outcome).toEqual({ kind: 'returned', payload: 1 })
}

describe("a player's handler", () => {
  it.each([
    ['an exported function', 'export const handler = async (event) => event.plate'],
    ['a function on exports', 'exports.handler = (event) => event.plate'],
    ['a function on module.exports', 'module.exports = { handler: (event) => event.plate }'],
    ['a declared function', 'function handler(event) { return event.plate } // the end'],
  ])('[ROOM-30] may be %s', async (_, code) => {
    const completion = await run(code, { requestId: 'r', attempt: 2 })
    expect(completion).toMatchObject({ requestId: 'r', attempt: 2, outcome: { kind: 'returned', payload: 'FR-042' } })
  })

  it('[ROOM-30] gets the event, a context, its variables and the service clock', async () => {
    const { outcome } = await run(
      body(
        `return [event, context.functionName, context.awsRequestId, process.env.LIMIT, Date.now(), new Date().toISOString(), new Date(0).getTime()]`,
      ),
      { requestId: 'r' },
    )
    expect(outcome).toEqual({
      kind: 'returned',
      payload: [{ plate: 'FR-042' }, 'send-fine', 'r', '110', 1_773_480_413_000, '2026-03-14T09:26:53.000Z', 0],
    })
  })

  it('[ROOM-30] that returns nothing returns null', async () => {
    expect((await run(body(''))).outcome).toEqual({ kind: 'returned', payload: null })
  })

  it('[ROOM-31] asks the city by calls, which are collected in order and not carried out', async () => {
    const { calls, outcome } = await run(
      body(`
        sendFine({ plate: event.plate, amount: 90, reason: 'speed', key: 'FR-042 09:26' })
        repair({ plate: event.plate, part: 'brakes' })
        closeRoad({ roadId: 'A7' })
        setSign({ roadId: 'A7', limitKmh: 50 })
      `),
    )
    expect(outcome.kind).toBe('returned')
    expect(calls).toEqual([
      { name: 'sendFine', plate: 'FR-042', amount: 90, reason: 'speed', key: 'FR-042 09:26' },
      { name: 'repair', plate: 'FR-042', part: 'brakes' },
      { name: 'closeRoad', roadId: 'A7', closed: true },
      { name: 'setSign', roadId: 'A7', limitKmh: 50 },
    ])
  })

  it('[ROOM-31] puts verdicts under AWS’s names', async () => {
    const { calls, outcome } = await run(
      body(`
        const about = { ComplianceResourceType: 'City::Fleet::Vehicle', ComplianceResourceId: event.plate }
        const OrderingTimestamp = new Date('2026-03-14T09:26:53.123Z')
        putEvaluations({
          ResultToken: 'token-1',
          Evaluations: [
            { ...about, ComplianceType: 'NON_COMPLIANT', Annotation: 'dark', OrderingTimestamp },
            { ...about, ComplianceType: 'NOT_APPLICABLE' },
          ],
        })
      `),
    )
    expect(outcome.kind).toBe('returned')
    const about = { complianceResourceType: 'City::Fleet::Vehicle', complianceResourceId: 'FR-042' }
    expect(calls).toEqual([
      {
        name: 'putEvaluations',
        resultToken: 'token-1',
        evaluations: [
          { ...about, complianceType: 'NON_COMPLIANT', annotation: 'dark', orderingTimestamp: 1_773_480_413_123 },
          { ...about, complianceType: 'NOT_APPLICABLE' },
        ],
      },
    ])
  })

  it.each([
    ['sendFine({ plate: "FR-042", amount: -5 })', 'sendFine.amount'],
    ['sendFine({ plate: "FR-042", amount: "90" })', 'sendFine.amount'],
    ['sendFine()', 'sendFine.plate'],
    ['sendFine(90)', 'sendFine.plate'],
    ['repair({ plate: "FR-042", part: "soul" })', 'repair.part'],
    ['closeRoad({ closed: true })', 'closeRoad.roadId'],
    ['setSign({ roadId: "A7", limitKmh: 300 })', 'setSign.limitKmh'],
    ['setSign({ roadId: "A7", limitKmh: NaN })', 'setSign.limitKmh'],
    ['putEvaluations({ ResultToken: "t" })', 'putEvaluations.Evaluations'],
    ['putEvaluations({ ResultToken: "t", Evaluations: [{ ComplianceType: "GOOD" }] })', 'putEvaluations.Evaluations.0'],
    [
      'putEvaluations({ ResultToken: "t", Evaluations: [{ ComplianceResourceType: "V", ComplianceResourceId: "1", ComplianceType: "COMPLIANT", OrderingTimestamp: "now" }] })',
      'OrderingTimestamp',
    ],
    ['sendFine({ name: "repair", plate: "FR-042", part: "fuel" })', 'sendFine.amount'],
  ])('[ROOM-31] refuses %s at %s, as an error in the code', async (statement, place) => {
    const { outcome, calls } = await run(body(statement))
    expect(outcome).toMatchObject({ kind: 'threw', errorType: 'TypeError' })
    expect(outcome).toHaveProperty('errorMessage', expect.stringContaining(place))
    expect(calls).toEqual([])
  })

  it('[ROOM-31] keeps the calls that were made before it failed', async () => {
    const { outcome, calls } = await run(body('sendFine({ plate: "FR-042", amount: 90 }); throw new Error("mail?")'))
    expect(outcome).toEqual({ kind: 'threw', errorType: 'Error', errorMessage: 'mail?' })
    expect(calls).toHaveLength(1)
  })

  it('[ROOM-32] writes log lines by log and console.log', async () => {
    const { logLines } = await run(body('log("speed", 131, { plate: event.plate }); console.log(undefined)'))
    expect(logLines).toEqual(['speed 131 {"plate":"FR-042"}', 'undefined'])
  })

  it('[ROOM-33] finds its module variables again in a warm environment, and only there', async () => {
    const code = 'let runs = 0; export const handler = () => ++runs'
    const ask = async (environmentId: string, freshModule: boolean) =>
      (await run(code, { environmentId, freshModule })).outcome
    expect(await ask('warm', true)).toMatchObject({ payload: 1 })
    expect(await ask('warm', false)).toMatchObject({ payload: 2 })
    expect(await ask('other', true)).toMatchObject({ payload: 1 })
    expect(await ask('warm', false)).toMatchObject({ payload: 3 })
    expect(await ask('warm', true)).toMatchObject({ payload: 1 })
  })

  it('[ROOM-33] keeps what others have in memory when one breaks', async () => {
    const code = 'let n = 0; export const handler = () => ++n'
    await run(code, { environmentId: 'steady' })
    await run(body('const a = []; for (;;) a.push(new Array(1000).fill(1))'))
    await run(body('for (;;) {}'))
    const { outcome } = await run(code, { environmentId: 'steady', freshModule: false })
    expect(outcome).toMatchObject({ payload: 2 })
  })

  it('[ROOM-33] begins anew where its environment has been forgotten', async () => {
    expect((await run('let n = 0; export const handler = () => ++n', { freshModule: false })).outcome).toMatchObject({
      payload: 1,
    })
  })
})

describe('code that goes wrong costs its own invocation only', () => {
  it.each([
    ['an error', 'throw new RangeError("too fast")', 'RangeError', 'too fast'],
    ['a thrown text', 'throw "no"', 'Error', 'no'],
    ['a text without end', 'let a = "x"; for (;;) a += a', 'InternalError', 'string too long'],
    ['a rejected promise', 'await Promise.reject(new Error("no"))', 'Error', 'no'],
    ['a missing name', 'fine()', 'ReferenceError', "'fine' is not defined"],
    ['deep recursion', 'const f = () => f() + 1; f()', 'InternalError', 'stack overflow'],
    ['a result in a circle', 'const a = {}; a.a = a; return a', 'TypeError', 'circular reference'],
    ['a result that is too long', 'return "x".repeat(70000)', 'Function.ResponseSizeTooLarge', '70002 > 65536'],
  ])('[ROOM-34] %s', async (_, statements, errorType, errorMessage) => {
    expect((await run(body(statements))).outcome).toEqual({ kind: 'threw', errorType, errorMessage })
    await stillServes()
  })

  it.each([
    ['text that is no code', 'export const handler = (', 'Runtime.UserCodeSyntaxError'],
    ['no handler', 'const x = 1', 'Runtime.HandlerNotFound'],
    ['an error while the module is read', 'null.x; export const handler = () => 1', 'TypeError'],
    ['an import', 'import fs from "node:fs"; export const handler = () => 1', 'ReferenceError'],
  ])('[ROOM-34] %s', async (_, code, errorType) => {
    expect((await run(code)).outcome).toMatchObject({ kind: 'threw', errorType })
    await stillServes()
  })

  it.each([
    ['an endless loop', body('for (;;) {}')],
    ['an endless loop that catches everything', body('for (;;) { try { for (;;) {} } catch {} }')],
    ['an endless loop of promises', body('const f = async () => { for (;;) await null }; await f()')],
    ['an endless loop while the module is read', 'for (;;) {}; export const handler = () => 1'],
    ['a loop that cannot be interrupted', body('Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)')],
    ['a regular expression that never ends', body(`/^(a+)+$/.test('a'.repeat(40) + 'b')`)],
  ])('[ROOM-35] %s never answers in its time: Lambda times it out', async (_, code) => {
    const { outcome, durationMs } = await run(code)
    expect(outcome.kind).toBe('crashed')
    expect(durationMs).toBe(3001)
    await stillServes()
  })

  it('[ROOM-35] keeps the calls that were made before the loop', async () => {
    const { calls } = await run(body('sendFine({ plate: "FR-042", amount: 90 }); for (;;) {}'))
    expect(calls).toHaveLength(1)
  })

  it.each([
    ['arrays', 'const a = []; for (;;) a.push(new Array(1000).fill(1))'],
    ['small things', 'const a = []; for (;;) a.push({})'],
    ['text', 'return "x".repeat(2 ** 28).length'],
    ['arrays, with the error caught', 'const a = []; try { for (;;) a.push([...a]) } catch { return "fine" }'],
    ['a buffer', 'return new ArrayBuffer(2 ** 30).byteLength'],
  ])('[ROOM-36] a memory bomb of %s ends its environment', async (_, statements) => {
    const patient = new Sandbox({ runMs: 30_000 })
    const job = { code: body(statements), variables: {}, now: serviceMs(0) }
    const { outcome } = await patient.run(start(), job)
    expect(outcome).toEqual({ kind: 'crashed', errorMessage: 'Runtime exited with error: signal: killed' })
    const next = await patient.run(start(), { ...job, code: body('return 1') })
    expect(next.outcome).toEqual({ kind: 'returned', payload: 1 })
    await patient.close()
  })

  it('[ROOM-36] a promise that nobody settles ends its environment', async () => {
    expect((await run(body('await new Promise(() => {})'))).outcome).toMatchObject({ kind: 'crashed' })
  })

  it('[ROOM-37] bounds log lines and calls', async () => {
    const { logLines, calls, outcome } = await run(
      body(`
        for (let n = 0; n < 500; n += 1) log('x'.repeat(5000))
        for (let n = 0; n < 50; n += 1) sendFine({ plate: 'FR-042', amount: 90 })
      `),
    )
    expect(logLines).toHaveLength(100)
    expect(logLines[0]).toHaveLength(1000)
    expect(calls).toHaveLength(20)
    expect(outcome).toMatchObject({ kind: 'threw', errorMessage: 'sendFine: more than 20 calls' })
  })

  it('[ROOM-38] sees neither the host nor other units', async () => {
    await run(body('globalThis.secret = 42; Object.prototype.spy = 1; Array.prototype.map = null'))
    const names = '["secret", "spy", "require", "fetch", "WebAssembly", "city_call", "city_report"]'
    const { outcome } = await run(body(`return ${names}.filter((name) => name in globalThis)`))
    expect(outcome).toEqual({ kind: 'returned', payload: [] })
    expect((await run(body('return [1].map((n) => n)'))).outcome).toEqual({ kind: 'returned', payload: [1] })
  })

  it('[ROOM-38] tells what it took: some time and some memory', async () => {
    const { durationMs, maxMemoryMb } = await run(body('return 1'))
    expect(durationMs).toBeGreaterThanOrEqual(0)
    expect(durationMs).toBeLessThanOrEqual(3000)
    expect(maxMemoryMb).toBeGreaterThan(0)
    expect(maxMemoryMb).toBeLessThan(16)
  })

  it('[ROOM-38] serves forty runs that are asked for at once, each with its own answer', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, n) => run(body('return event'), { payload: n }).then(({ outcome }) => outcome)),
    )
    expect(outcomes).toEqual(outcomes.map((_, n) => ({ kind: 'returned', payload: n })))
  })

  it('[ROOM-39] ends every open run when it closes', async () => {
    const short = new Sandbox()
    const open = [1, 2].map(() => short.run(start(), { code: body('return 1'), variables: {}, now: serviceMs(0) }))
    await short.close()
    const late = await short.run(start(), { code: body('return 1'), variables: {}, now: serviceMs(0) })
    for (const completion of [...(await Promise.all(open)), late]) expect(completion.outcome.kind).toBe('crashed')
  })
})
