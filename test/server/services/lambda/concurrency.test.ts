import { describe, expect, it } from 'vitest'
import {
  deleteFunctionConcurrency,
  deleteProvisionedConcurrency,
  putFunctionConcurrency,
  putProvisionedConcurrency,
} from '../../../../server/services/lambda/concurrency.ts'
import { createAlias, deleteAlias, updateAlias } from '../../../../server/services/lambda/alias.ts'
import { publishVersion, updateFunction } from '../../../../server/services/lambda/control.ts'
import { toAccountSettings } from '../../../../server/services/lambda/print.ts'
import type { LambdaSettings } from '../../../../server/services/lambda/lambda.ts'
import { LambdaBench, asked, at, call, metric, only, returned, valueOf } from './bench.ts'

const FINE = { functionName: 'send-fine' }
const TOW = { functionName: 'tow' }

const requests = (count: number, functionName = 'send-fine') =>
  Array.from({ length: count }, () => asked({ functionName }))

const two = (settings: LambdaSettings = {}) => new LambdaBench([{ timeout: 900 }, { ...TOW, timeout: 900 }], settings)

function reserve(bench: LambdaBench, functionName: string, n: number): void {
  bench.change((state, ctx) => putFunctionConcurrency(state, { functionName, reservedConcurrentExecutions: n }, ctx))
}

function tryReserve(bench: LambdaBench, functionName: string, n: number): string {
  const result = putFunctionConcurrency(bench.state, { functionName, reservedConcurrentExecutions: n }, at(0))
  return result.ok ? 'ok' : result.error.code
}

describe('reserved concurrency', () => {
  it('[LAMBDA-19] caps the function at n', () => {
    const bench = two()
    reserve(bench, 'send-fine', 4)
    const out = bench.step(0, { requests: requests(30) })
    expect(out.starts).toHaveLength(4)
    expect(metric(out, 'Throttles')).toHaveLength(26)
    expect(metric(out, 'ConcurrentExecutions')).toEqual([4])
  })

  it('[LAMBDA-19] guarantees n: nobody else can take it', () => {
    const bench = two({ accountConcurrency: 10, unreservedMinimum: 5 })
    reserve(bench, 'tow', 5)
    expect(bench.step(0, { requests: requests(30) }).starts).toHaveLength(5)
    expect(bench.step(1, { requests: requests(6, 'tow') }).starts).toHaveLength(5)
  })

  it('[LAMBDA-19] adds no capacity: what is reserved is missing from the pool of all others', () => {
    const bench = two({ accountConcurrency: 20, unreservedMinimum: 5 })
    reserve(bench, 'send-fine', 15)
    expect(bench.step(0, { requests: requests(8, 'tow') }).starts).toHaveLength(5)
    bench.change((state, ctx) => deleteFunctionConcurrency(state, FINE, ctx))
    expect(bench.step(1).starts).toHaveLength(3)
  })

  it('[LAMBDA-20] leaves at least 100 of 1000 unreserved, or what the room says', () => {
    const plain = two()
    expect([tryReserve(plain, 'send-fine', 900), tryReserve(plain, 'send-fine', 901)]).toEqual([
      'ok',
      'InvalidParameterValueException',
    ])
    const small = two({ accountConcurrency: 20, unreservedMinimum: 5 })
    expect([tryReserve(small, 'send-fine', 15), tryReserve(small, 'send-fine', 16)]).toEqual([
      'ok',
      'InvalidParameterValueException',
    ])
    reserve(small, 'send-fine', 10)
    expect([tryReserve(small, 'tow', 5), tryReserve(small, 'tow', 6)]).toEqual(['ok', 'InvalidParameterValueException'])
    expect(tryReserve(small, 'send-fine', 15)).toBe('ok')
    expect(toAccountSettings(small.state)).toEqual({
      AccountLimit: { ConcurrentExecutions: 20, UnreservedConcurrentExecutions: 10 },
      AccountUsage: { FunctionCount: 2 },
    })
  })

  it.each([-1, 1.5, 1001, NaN])('[LAMBDA-20] refuses to reserve %f', (n) => {
    expect(tryReserve(two(), 'send-fine', n)).toBe('InvalidParameterValueException')
  })

  it('[LAMBDA-20] lets a room give back concurrency even below its minimum, and knows only its functions', () => {
    const bench = two({ accountConcurrency: 4, unreservedMinimum: 5 })
    expect([tryReserve(bench, 'send-fine', 0), tryReserve(bench, 'send-fine', 1)]).toEqual([
      'ok',
      'InvalidParameterValueException',
    ])
    expect(tryReserve(bench, 'nobody', 1)).toBe('ResourceNotFoundException')
  })

  it('[LAMBDA-19] a lower reservation interrupts nobody and starts nobody until there is room', () => {
    const bench = two()
    const { starts } = bench.step(0, { requests: requests(3) })
    reserve(bench, 'send-fine', 1)
    expect(bench.step(1, { requests: requests(1) }).starts).toEqual([])
    bench.step(2, { completions: starts.slice(0, 2).map((start) => returned(start)) })
    expect(bench.step(10).starts).toEqual([])
    expect(bench.step(20, { completions: starts.slice(2).map((start) => returned(start)) }).starts).toHaveLength(1)
  })

  it('[LAMBDA-21] functions without a reservation share one pool', () => {
    const bench = two({ accountConcurrency: 10, unreservedMinimum: 0 })
    expect(bench.step(0, { requests: [...requests(7), ...requests(7, 'tow')] }).starts).toHaveLength(10)
  })
})

describe('scaling', () => {
  it('[LAMBDA-22] a function gains no more than so many environments in any 10 s', () => {
    const bench = two({ environmentsPer10s: 3 })
    const started = (second: number, count: number, functionName?: string) => {
      const calls = Array.from({ length: count }, () => call(functionName ? { functionName } : {}))
      return bench.step(second, { calls }).starts.length
    }
    expect([started(0, 2), started(5, 4), started(5, 3, 'tow')]).toEqual([2, 1, 3])
    expect([started(9.9, 1), started(10, 3), started(14.9, 1), started(15, 2)]).toEqual([0, 2, 0, 1])
  })

  it('[LAMBDA-22] warm starts do not count', () => {
    const bench = two({ environmentsPer10s: 1 })
    const start = bench.start(0)
    bench.step(1, { completions: [returned(start)] })
    expect(bench.start(2).coldStart).toBe(false)
  })
})

describe('provisioned concurrency', () => {
  function provisioned(count: number): LambdaBench {
    const bench = new LambdaBench([{ timeout: 900 }, TOW], { accountConcurrency: 10, unreservedMinimum: 2 })
    bench.state = valueOf(publishVersion(bench.state, FINE, at(0))).state
    bench.change((state, ctx) =>
      putProvisionedConcurrency(state, { ...FINE, qualifier: '1', provisionedConcurrentExecutions: count }, ctx),
    )
    return bench
  }
  const toVersion = (count: number) => Array.from({ length: count }, () => asked({ functionName: 'send-fine:1' }))

  it('[LAMBDA-23] starts warm up to what is provisioned, then scales as usual', () => {
    const out = provisioned(2).step(0, { requests: toVersion(3) })
    expect(out.starts.map((start) => start.coldStart)).toEqual([false, false, true])
    expect(metric(out, 'ProvisionedConcurrencyInvocations')).toHaveLength(2)
    expect(metric(out, 'ProvisionedConcurrencySpilloverInvocations')).toHaveLength(1)
  })

  it('[LAMBDA-23] is taken out of the pool even while it is idle, and never expires', () => {
    const bench = provisioned(6)
    bench.step(10_000)
    expect(bench.step(10_001, { requests: requests(8, 'tow') }).starts).toHaveLength(4)
    expect(bench.step(10_002, { requests: toVersion(8) }).starts.map((start) => start.coldStart)).toEqual(
      Array.from({ length: 6 }, () => false),
    )
  })

  it('[LAMBDA-23] serves its own version only', () => {
    expect(only(provisioned(2).step(0, { requests: requests(1) }).starts).coldStart).toBe(true)
  })

  it('[LAMBDA-23] is never for $LATEST, nor more than is left or reserved', () => {
    const bench = provisioned(1)
    const put = (qualifier: string, n: number) => {
      const input = { ...FINE, qualifier, provisionedConcurrentExecutions: n }
      const result = putProvisionedConcurrency(bench.state, input, at(0))
      return result.ok ? 'ok' : result.error.code
    }
    expect([put('$LATEST', 1), put('1', 8), put('1', 9), put('1', 0), put('7', 1)]).toEqual([
      'InvalidParameterValueException',
      'ok',
      'InvalidParameterValueException',
      'InvalidParameterValueException',
      'InvalidParameterValueException',
    ])
    reserve(bench, 'send-fine', 3)
    expect([put('1', 3), put('1', 4)]).toEqual(['ok', 'InvalidParameterValueException'])
    expect(tryReserve(bench, 'send-fine', 0)).toBe('InvalidParameterValueException')
  })

  it('[LAMBDA-23] an alias keeps its environments ready for the version it names, and loses them with its name', () => {
    const bench = provisioned(1)
    bench.change((state, ctx) => deleteProvisionedConcurrency(state, { ...FINE, qualifier: '1' }, ctx))
    bench.change((state, ctx) => updateFunction(state, { ...FINE, code: 'new' }, ctx))
    bench.state = valueOf(publishVersion(bench.state, FINE, at(0))).state
    const live = { ...FINE, name: 'live', functionVersion: '1' }
    bench.change((state, ctx) => createAlias(state, live, ctx))
    const ready = { ...FINE, qualifier: 'live', provisionedConcurrentExecutions: 2 }
    bench.change((state, ctx) => putProvisionedConcurrency(state, ready, ctx))
    bench.change((state, ctx) => updateAlias(state, { ...live, functionVersion: '2' }, ctx))
    expect(bench.state.environments.map((environment) => environment.version)).toEqual(['2', '2'])
    expect(bench.start(0, { functionName: 'send-fine:live' }).coldStart).toBe(false)
    bench.change((state, ctx) => deleteAlias(state, live, ctx))
    expect(bench.state.environments.map((environment) => environment.busy)).toEqual([true])
  })

  it('[LAMBDA-23] gives its environments back when it is deleted', () => {
    const bench = provisioned(6)
    bench.change((state, ctx) => deleteProvisionedConcurrency(state, { ...FINE, qualifier: '1' }, ctx))
    expect(bench.state.environments).toEqual([])
    expect(bench.step(0, { requests: requests(11, 'tow') }).starts).toHaveLength(10)
  })
})
