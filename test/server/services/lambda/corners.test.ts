import { describe, expect, it } from 'vitest'

import { createAlias } from '../../../../server/services/lambda/alias.ts'
import {
  deleteProvisionedConcurrency,
  putFunctionConcurrency,
  putProvisionedConcurrency,
} from '../../../../server/services/lambda/concurrency.ts'
import { publishVersion, updateFunction } from '../../../../server/services/lambda/control.ts'
import { putEventInvokeConfig } from '../../../../server/services/lambda/event-invoke.ts'
import { isPermitted } from '../../../../server/services/lambda/function.ts'
import { addPermission } from '../../../../server/services/lambda/permission.ts'
import { LambdaBench, asked, at, call, only, returned, threw, valueOf } from './bench.ts'

const FINE = { functionName: 'send-fine' }
const TOW = { functionName: 'tow' }

/** A function with the versions 1 and 2, and what it was refused for, if anything. */
function published(...functions: readonly { readonly functionName: string }[]): LambdaBench {
  const bench = new LambdaBench(functions.map((fn) => ({ ...fn, code: 'one' })))
  for (const fn of functions) {
    bench.state = valueOf(publishVersion(bench.state, fn, at(0))).state
    bench.change((state, ctx) => updateFunction(state, { ...fn, code: 'two' }, ctx))
    bench.state = valueOf(publishVersion(bench.state, fn, at(0))).state
  }
  return bench
}

describe('shares of an alias', () => {
  const weighing = (weight: number) =>
    createAlias(
      published(FINE).state,
      { ...FINE, name: 'live', functionVersion: '1', additional: { version: '2', weight } },
      at(0),
    )

  it.each([0, 0.5, 1])('[LAMBDA-34] may be %d', (weight) => {
    expect(weighing(weight).ok).toBe(true)
  })

  it.each([-0.01, 1.01, NaN, Infinity])('[LAMBDA-34] may not be %d', (weight) => {
    expect(weighing(weight)).toMatchObject({ ok: false, error: { field: 'additional' } })
  })

  it.each([
    [0, '1'],
    [1, '2'],
  ])('[LAMBDA-34] of %d sends every call to version %s', (weight, version) => {
    const bench = published(FINE)
    bench.state = valueOf(weighing(weight))
    const requests = Array.from({ length: 200 }, () => asked({ functionName: 'send-fine:live' }))
    bench.step(0, { requests })
    expect(new Set(bench.state.running.map((execution) => execution.version))).toEqual(new Set([version]))
  })
})

describe('versions', () => {
  it('[LAMBDA-33] are a hundred at most', () => {
    const bench = new LambdaBench([{ code: '0' }])
    for (let n = 1; n <= 100; n += 1) {
      bench.change((state, ctx) => updateFunction(state, { ...FINE, code: String(n) }, ctx))
      const made = valueOf(publishVersion(bench.state, FINE, at(0)))
      expect(made.version).toBe(String(n))
      bench.state = made.state
    }
    bench.change((state, ctx) => updateFunction(state, { ...FINE, code: 'more' }, ctx))
    expect(publishVersion(bench.state, FINE, at(0))).toMatchObject({
      ok: false,
      error: { code: 'CodeStorageExceededException' },
    })
  })

  it('[LAMBDA-33] with another description only are the same version', () => {
    const bench = published(FINE)
    expect(valueOf(publishVersion(bench.state, { ...FINE, description: 'second try' }, at(1))).version).toBe('2')
  })

  it('[LAMBDA-35] of new code begin cold, while other functions keep what is warm', () => {
    const bench = new LambdaBench([FINE, TOW])
    const [fine, tow] = [bench.start(0), bench.start(0, TOW)]
    bench.step(1, { completions: [returned(fine), returned(tow)] })
    bench.change((state, ctx) => updateFunction(state, { ...FINE, code: 'new' }, ctx))
    expect([bench.start(2).coldStart, bench.start(2, TOW).coldStart]).toEqual([true, false])
  })
})

describe('what is kept ready', () => {
  const ready = (functionName: string, qualifier: string, n: number) => (bench: LambdaBench) =>
    bench.change((state, ctx) =>
      putProvisionedConcurrency(state, { functionName, qualifier, provisionedConcurrentExecutions: n }, ctx),
    )

  it('[LAMBDA-23] for one version or function stays when another gives its own back', () => {
    const bench = published(FINE, TOW)
    for (const put of [ready('send-fine', '1', 2), ready('send-fine', '2', 3), ready('tow', '1', 4)]) put(bench)
    bench.change((state, ctx) => deleteProvisionedConcurrency(state, { ...FINE, qualifier: '1' }, ctx))
    const left = bench.state.environments.map(({ functionName, version }) => `${functionName}:${version}`)
    expect(left.toSorted()).toEqual([...Array(3).fill('send-fine:2'), ...Array(4).fill('tow:1')])
    expect(bench.state.functions.map((fn) => fn.provisioned)).toEqual([
      [{ qualifier: '2', requested: 3 }],
      [{ qualifier: '1', requested: 4 }],
    ])
  })

  it('[LAMBDA-23] is replaced when it is put again', () => {
    const bench = published(FINE)
    ready('send-fine', '1', 5)(bench)
    ready('send-fine', '1', 2)(bench)
    expect(bench.state.environments).toHaveLength(2)
  })
})

describe('the order of what is due', () => {
  it('[LAMBDA-40] is that of the time at which it is due, then that of its coming', () => {
    const bench = new LambdaBench([{ timeout: 900 }])
    const payloads = ['a', 'b', 'c', 'd']
    bench.change((state, ctx) => putFunctionConcurrency(state, { ...FINE, reservedConcurrentExecutions: 1 }, ctx))
    const first = bench.step(0, { requests: payloads.map((payload) => asked({ payload })) })
    expect(first.starts.map((start) => start.payload)).toEqual(['a'])
    bench.change((state, ctx) => putFunctionConcurrency(state, { ...FINE, reservedConcurrentExecutions: 9 }, ctx))
    const late = asked({ payload: 'e' })
    expect(bench.step(1, { requests: [late] }).starts.map((start) => start.payload)).toEqual(['b', 'c', 'd', 'e'])
  })

  it('[LAMBDA-5] goes back to a second after the event has run', () => {
    const bench = new LambdaBench([{ timeout: 900 }])
    const reserve = (n: number) =>
      bench.change((state, ctx) => putFunctionConcurrency(state, { ...FINE, reservedConcurrentExecutions: n }, ctx))
    reserve(1)
    const blocker = bench.start(0)
    bench.step(0, { requests: [asked({ payload: 'late' })] })
    for (const second of [1, 3]) expect(bench.step(second).starts).toEqual([])
    bench.step(6, { completions: [returned(blocker)] })
    const run = only(bench.step(7).starts)
    bench.step(8, { completions: [threw(run)] })
    const next = bench.start(60)
    expect(bench.step(68).starts).toEqual([])
    bench.step(68.5, { completions: [returned(next)] })
    expect(bench.step(68.9).starts).toEqual([])
    expect(only(bench.step(69).starts)).toMatchObject({ payload: 'late', attempt: 2 })
  })
})

describe('refusals say what they mean', () => {
  const messageOf = (functionName: string, qualifier?: string) => {
    const given = qualifier === undefined ? { functionName } : { functionName, qualifier }
    const [answer] = published(FINE).step(0, { calls: [call(given)] }).answers
    return answer && 'error' in answer ? answer.error.message : null
  }
  const ARN = 'arn:aws:lambda:eu-west-3:111122223333:function'

  it.each([
    ['nobody', undefined, `Function not found: ${ARN}:nobody`],
    ['send-fine', '9', `Function not found: ${ARN}:send-fine:9`],
    ['send-fine:9', undefined, `Function not found: ${ARN}:send-fine:9`],
    [`${ARN}:nobody`, undefined, `Function not found: ${ARN}:nobody`],
    ['send-fine:1', '2', 'The qualifiers do not agree.'],
    ['send fine', undefined, 'The qualifiers do not agree.'],
    ['send-fine', '2', null],
    ['send-fine:$LATEST', '2', null],
  ])('[LAMBDA-31] %s, %s: %s', (functionName, qualifier, message) => {
    expect(messageOf(functionName, qualifier)).toBe(message)
  })

  it('[LAMBDA-8] names the function that has no configuration, by name or by ARN', () => {
    const put = (functionName: string) =>
      putEventInvokeConfig(new LambdaBench().state, { functionName, maximumRetryAttempts: 1 }, at(0))
    expect(put('nobody')).toMatchObject({ error: { message: `Function not found: ${ARN}:nobody` } })
    expect(put(`${ARN}:nobody`)).toMatchObject({ error: { message: `Function not found: ${ARN}:nobody` } })
    expect(put(`${ARN}:send-fine`).ok).toBe(true)
  })
})

describe('a statement of the policy', () => {
  const RULE = 'arn:aws:events:eu-west-3:111122223333:rule'
  const allows = (sourceArn: string, asking: string) => {
    const statement = {
      ...FINE,
      statementId: 's',
      action: 'lambda:InvokeFunction',
      principal: 'events.amazonaws.com',
      sourceArn,
    }
    const [fn] = valueOf(addPermission(new LambdaBench().state, statement, at(0))).functions
    return fn !== undefined && isPermitted(fn, '$LATEST', 'events.amazonaws.com', asking)
  }

  it.each([
    [`${RULE}/a`, `${RULE}/a`, true],
    [`${RULE}/a`, `${RULE}/ab`, false],
    [`${RULE}/ab`, `${RULE}/a`, false],
    [`${RULE}/*`, `${RULE}/city/a`, true],
    [`${RULE}/*`, `${RULE}/`, true],
    [`${RULE}/?`, `${RULE}/a`, true],
    [`${RULE}/?`, `${RULE}/`, false],
    [`${RULE}/a*b`, `${RULE}/ab`, true],
    [`${RULE}/a*b`, `${RULE}/axbxb`, true],
    [`${RULE}/a*b`, `${RULE}/axbx`, false],
    [`${RULE}/a*?`, `${RULE}/a`, false],
    [`${RULE}/a**`, `${RULE}/a`, true],
    ['arn:aws:events:*:111122223333:rule/a', `${RULE}/a`, true],
    ['arn:aws:*:rule/a', `${RULE}/a`, false],
    ['arn:aws:events:eu-west-3:*', `${RULE}/a`, false],
    ['*', `${RULE}/a`, false],
  ])('[LAMBDA-13] for %s lets %s in: %s', (pattern, asking, expected) => {
    expect(allows(pattern, asking)).toBe(expected)
  })
})
