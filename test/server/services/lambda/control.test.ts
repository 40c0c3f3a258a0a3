import { describe, expect, it } from 'vitest'
import { createAlias, deleteAlias, updateAlias } from '../../../../server/services/lambda/alias.ts'
import {
  createFunction,
  deleteFunction,
  publishVersion,
  updateFunction,
} from '../../../../server/services/lambda/control.ts'
import { toPolicy, toReference } from '../../../../server/services/lambda/function.ts'
import { addPermission, removePermission } from '../../../../server/services/lambda/permission.ts'
import { toFunctionConfiguration } from '../../../../server/services/lambda/print.ts'
import { LambdaBench, asked, at, metric, only, returned, valueOf } from './bench.ts'

const FINE = { functionName: 'send-fine' }
const RULE = 'arn:aws:events:eu-west-3:111122223333:rule/fine-speeders'

const errorOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code

describe('functions', () => {
  it.each([
    [{ functionName: '' }, 'InvalidParameterValueException'],
    [{ functionName: 'send fine' }, 'InvalidParameterValueException'],
    [{ functionName: 'x'.repeat(65) }, 'InvalidParameterValueException'],
    [{ functionName: 'send-fine' }, 'ResourceConflictException'],
    [{ timeout: 0 }, 'InvalidParameterValueException'],
    [{ timeout: 901 }, 'InvalidParameterValueException'],
    [{ timeout: 900 }, 'ok'],
    [{ timeout: 2.5 }, 'InvalidParameterValueException'],
    [{ memorySize: 127 }, 'InvalidParameterValueException'],
    [{ memorySize: 10_241 }, 'InvalidParameterValueException'],
    [{ initMs: 10_001 }, 'InvalidParameterValueException'],
    [{ role: '' }, 'InvalidParameterValueException'],
    [{ deadLetterTargetArn: 'arn:aws:s3:::letters' }, 'InvalidParameterValueException'],
  ])('[LAMBDA-35] creating %o gives %s', (more, code) => {
    const { state } = new LambdaBench()
    expect(errorOf(createFunction(state, { functionName: 'tow', role: 'r', ...more }, at(0)))).toBe(code)
  })

  it('[LAMBDA-35] has the defaults of AWS: 3 s, 128 MB', () => {
    const state = valueOf(createFunction(new LambdaBench([]).state, { ...FINE, role: 'r' }, at(0)))
    expect(state.functions[0]?.latest).toMatchObject({ timeout: 3, memorySize: 128, deadLetterTargetArn: null })
  })

  it('[LAMBDA-35] changes what is given, and only on the revision that is named', () => {
    const { state } = new LambdaBench()
    const revisionId = state.functions[0]?.revisionId ?? ''
    const changed = valueOf(updateFunction(state, { ...FINE, timeout: 10, revisionId }, at(1)))
    expect(changed.functions[0]?.latest).toMatchObject({ timeout: 10, role: 'send-fine-role' })
    expect(errorOf(updateFunction(changed, { ...FINE, timeout: 20, revisionId }, at(2)))).toBe(
      'PreconditionFailedException',
    )
    expect(errorOf(updateFunction(changed, { ...FINE, timeout: 0 }, at(2)))).toBe('InvalidParameterValueException')
    expect(errorOf(updateFunction(changed, { functionName: 'nobody' }, at(2)))).toBe('ResourceNotFoundException')
  })

  it('[LAMBDA-35] prints itself as the API does', () => {
    const fn = only(new LambdaBench([{ environment: { LIMIT: '110' } }]).state.functions)
    expect(toFunctionConfiguration(fn)).toMatchObject({
      FunctionName: 'send-fine',
      FunctionArn: 'arn:aws:lambda:eu-west-3:111122223333:function:send-fine',
      Timeout: 3,
      MemorySize: 128,
      LastModified: '2026-03-14T09:26:53.000+0000',
      Version: '$LATEST',
      State: 'Active',
      Environment: { Variables: { LIMIT: '110' } },
    })
    expect(toFunctionConfiguration(fn, '7')).toBeNull()
  })

  it('[LAMBDA-42] a deleted function ends its waiting events when they are due and what runs when it answers', () => {
    const bench = new LambdaBench()
    const start = bench.start(0)
    bench.change((state) => deleteFunction(state, FINE))
    expect(errorOf(deleteFunction(bench.state, FINE))).toBe('ResourceNotFoundException')
    const out = bench.step(1, { completions: [returned(start)], requests: [asked({ dispatchId: '3/3' })] })
    expect(only(out.ends).condition).toBe('Success')
    expect(out.handovers).toEqual([{ dispatchId: '3/3', outcome: 'NO_RESOURCE' }])
    expect([bench.state.running, bench.state.environments, bench.state.queue]).toEqual([[], [], []])
  })

  it('[LAMBDA-42] an event that waits for a retry of a deleted function is dropped', () => {
    const bench = new LambdaBench()
    bench.start(0)
    bench.step(3)
    bench.change((state) => deleteFunction(state, FINE))
    const out = bench.step(63)
    expect(only(out.ends)).toMatchObject({ condition: 'RetriesExhausted', approximateInvokeCount: 1 })
    expect(metric(out, 'AsyncEventsDropped')).toEqual([1])
  })
})

describe('names', () => {
  it.each([
    ['send-fine', 'send-fine', '$LATEST'],
    ['send-fine:3', 'send-fine', '3'],
    ['send-fine:live', 'send-fine', 'live'],
    ['111122223333:function:send-fine', 'send-fine', '$LATEST'],
    ['arn:aws:lambda:eu-west-3:111122223333:function:send-fine', 'send-fine', '$LATEST'],
    ['arn:aws:lambda:eu-west-3:111122223333:function:send-fine:$LATEST', 'send-fine', '$LATEST'],
    ['arn:aws:lambda:eu-west-3:111122223333:function:send-fine:live', 'send-fine', 'live'],
  ])('[LAMBDA-13] reads %s', (text, name, qualifier) => {
    expect(toReference(text)).toEqual({ name, qualifier })
  })

  it.each(['', 'a b', 'arn:aws:sqs:eu-west-3:111122223333:send-fine', 'a:b:c'])(
    '[LAMBDA-13] does not read %j',
    (text) => {
      expect(toReference(text)).toBeNull()
    },
  )
})

describe('permissions', () => {
  const dispatch = (more: object = {}) =>
    asked({ invokedBy: 'events.amazonaws.com', sourceArn: RULE, dispatchId: '5/1', ...more })

  function permitted(more: object = {}): LambdaBench {
    const bench = new LambdaBench()
    const permission = {
      ...FINE,
      statementId: 's1',
      action: 'lambda:InvokeFunction',
      principal: 'events.amazonaws.com',
      sourceArn: RULE,
      ...more,
    }
    bench.change((state, ctx) => addPermission(state, permission, ctx))
    return bench
  }

  const outcome = (bench: LambdaBench, more: object = {}) =>
    only(bench.step(0, { requests: [dispatch(more)] }).handovers).outcome

  it('[LAMBDA-13] accepts a dispatch as soon as it is queued, whatever comes of it', () => {
    const bench = permitted()
    const out = bench.step(0, { requests: [dispatch()] })
    expect(out.handovers).toEqual([{ dispatchId: '5/1', outcome: 'ACCEPTED' }])
    expect(out.starts).toHaveLength(1)
  })

  it.each([
    [{}, {}, 'ACCEPTED'],
    [{ sourceArn: undefined }, {}, 'ACCEPTED'],
    [{ sourceArn: 'arn:aws:events:eu-west-3:111122223333:rule/*' }, {}, 'ACCEPTED'],
    [{ sourceArn: 'arn:aws:events:eu-west-3:111122223333:rule/fine-speeder?' }, {}, 'ACCEPTED'],
    [{ sourceArn: 'arn:aws:events:*:111122223333:rule/*speed*' }, {}, 'ACCEPTED'],
    [{ sourceArn: 'arn:aws:events:eu-west-3:111122223333:rule/other' }, {}, 'NO_PERMISSIONS'],
    [{ sourceArn: 'arn:aws:events:eu-west-3:111122223333:rule/fine' }, {}, 'NO_PERMISSIONS'],
    [{ sourceArn: 'arn:aws:events:eu-west-1:111122223333:rule/*' }, {}, 'NO_PERMISSIONS'],
    [{ principal: 'sns.amazonaws.com' }, {}, 'NO_PERMISSIONS'],
    [{ principal: '*' }, {}, 'ACCEPTED'],
    [{ action: 'lambda:GetFunction' }, {}, 'NO_PERMISSIONS'],
    [{ action: 'lambda:*' }, {}, 'ACCEPTED'],
    [{}, { functionName: 'nobody' }, 'NO_RESOURCE'],
    [{}, { functionName: 'send-fine:9' }, 'NO_RESOURCE'],
  ])('[LAMBDA-13] policy %o, request %o: %s', (policy, request, expected) => {
    const { sourceArn, ...rest } = { sourceArn: RULE, ...policy }
    const bench = new LambdaBench()
    bench.change((state, ctx) =>
      addPermission(
        state,
        {
          ...FINE,
          statementId: 's1',
          action: 'lambda:InvokeFunction',
          principal: 'events.amazonaws.com',
          ...rest,
          ...(sourceArn === undefined ? {} : { sourceArn }),
        },
        ctx,
      ),
    )
    expect(outcome(bench, request)).toBe(expected)
  })

  it('[LAMBDA-13] refuses a service without any policy, and says so also of what no rule dispatched', () => {
    const out = new LambdaBench().step(0, {
      requests: [dispatch(), asked({ invokedBy: 'config.amazonaws.com', sourceArn: 'arn:config' })],
    })
    expect(out.handovers).toEqual([{ dispatchId: '5/1', outcome: 'NO_PERMISSIONS' }])
    expect(out.refused).toMatchObject([
      { code: 'AccessDeniedException', sourceArn: RULE },
      { code: 'AccessDeniedException', sourceArn: 'arn:config' },
    ])
    expect([out.starts, metric(out, 'AsyncEventsReceived')]).toEqual([[], []])
  })

  it('[LAMBDA-36] a permission for an alias is for that alias only', () => {
    const bench = new LambdaBench()
    bench.state = valueOf(publishVersion(bench.state, FINE, at(0))).state
    bench.change((state, ctx) => createAlias(state, { ...FINE, name: 'live', functionVersion: '1' }, ctx))
    bench.change((state, ctx) =>
      addPermission(
        state,
        {
          functionName: 'send-fine:live',
          statementId: 's1',
          action: 'lambda:InvokeFunction',
          principal: 'events.amazonaws.com',
        },
        ctx,
      ),
    )
    expect(outcome(bench, { functionName: 'send-fine:live' })).toBe('ACCEPTED')
    expect(outcome(bench)).toBe('NO_PERMISSIONS')
  })

  it('[LAMBDA-36] statements have ids of their own, and can be taken away', () => {
    const bench = permitted()
    const add = (more: object) =>
      errorOf(
        addPermission(
          bench.state,
          { ...FINE, statementId: 's2', action: 'lambda:InvokeFunction', principal: '*', ...more },
          at(0),
        ),
      )
    expect([add({}), add({ statementId: 's1' }), add({ statementId: 'a b' })]).toEqual([
      'ok',
      'ResourceConflictException',
      'InvalidParameterValueException',
    ])
    expect([add({ action: 'run' }), add({ principal: '' }), add({ functionName: 'send-fine:9' })]).toEqual([
      'InvalidParameterValueException',
      'InvalidParameterValueException',
      'ResourceNotFoundException',
    ])
    bench.change((state, ctx) => removePermission(state, { ...FINE, statementId: 's1' }, ctx))
    expect(outcome(bench)).toBe('NO_PERMISSIONS')
    expect(errorOf(removePermission(bench.state, { ...FINE, statementId: 's1' }, at(0)))).toBe(
      'ResourceNotFoundException',
    )
  })

  it('[LAMBDA-36] prints the policy as GetPolicy does', () => {
    expect(toPolicy(only(permitted().state.functions))).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [
        {
          Sid: 's1',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: 'arn:aws:lambda:eu-west-3:111122223333:function:send-fine',
          Condition: { ArnLike: { 'AWS:SourceArn': RULE } },
        },
      ],
    })
  })
})

describe('versions and aliases', () => {
  function published(): LambdaBench {
    const bench = new LambdaBench([{ code: 'one' }])
    bench.state = valueOf(publishVersion(bench.state, FINE, at(0))).state
    bench.change((state, ctx) => updateFunction(state, { ...FINE, code: 'two', timeout: 30 }, ctx))
    bench.state = valueOf(publishVersion(bench.state, FINE, at(1))).state
    return bench
  }

  it('[LAMBDA-33] numbers versions from 1 and never changes them', () => {
    const bench = published()
    bench.change((state, ctx) => updateFunction(state, { ...FINE, code: 'three' }, ctx))
    expect(bench.state.functions[0]?.versions).toMatchObject([
      { version: '1', configuration: { code: 'one', timeout: 3 } },
      { version: '2', configuration: { code: 'two', timeout: 30 } },
    ])
    expect(bench.start(0, { functionName: 'send-fine:1' })).toMatchObject({ qualifier: '1', timeoutMs: 3000 })
    expect(bench.start(0, { functionName: 'send-fine:2' })).toMatchObject({ qualifier: '2', timeoutMs: 30_000 })
  })

  it('[LAMBDA-33] publishes nothing new when nothing changed', () => {
    const bench = published()
    const again = valueOf(publishVersion(bench.state, FINE, at(2)))
    expect(again).toEqual({ state: bench.state, version: '2' })
  })

  it('[LAMBDA-34] an alias runs the version it names when the event starts', () => {
    const bench = published()
    bench.change((state, ctx) => createAlias(state, { ...FINE, name: 'live', functionVersion: '1' }, ctx))
    const first = bench.start(0, { functionName: 'send-fine:live' })
    expect(first).toMatchObject({ qualifier: 'live', timeoutMs: 3000 })
    bench.step(3)
    bench.change((state, ctx) => updateAlias(state, { ...FINE, name: 'live', functionVersion: '2' }, ctx))
    expect(only(bench.step(63).starts)).toMatchObject({ attempt: 2, timeoutMs: 30_000 })
  })

  it('[LAMBDA-34] shares calls between two versions by weight', () => {
    const bench = published()
    bench.change((state, ctx) =>
      createAlias(
        state,
        { ...FINE, name: 'live', functionVersion: '1', additional: { version: '2', weight: 0.2 } },
        ctx,
      ),
    )
    const { starts } = bench.step(0, {
      requests: Array.from({ length: 900 }, () => asked({ functionName: 'send-fine:live' })),
    })
    const second = starts.filter((start) => start.timeoutMs === 30_000).length
    expect(starts).toHaveLength(900)
    expect(second / 900).toBeGreaterThan(0.15)
    expect(second / 900).toBeLessThan(0.25)
  })

  it('[LAMBDA-34] refuses numbers as names, unknown versions, odd weights and shares of $LATEST', () => {
    const { state } = published()
    const alias = { ...FINE, name: 'live', functionVersion: '1' }
    const create = (more: object) => errorOf(createAlias(state, { ...alias, ...more }, at(0)))
    expect([create({ name: '12' }), create({ functionVersion: '9' }), create({ functionVersion: '$LATEST' })]).toEqual([
      'InvalidParameterValueException',
      'ResourceNotFoundException',
      'ok',
    ])
    expect([
      create({ additional: { version: '2', weight: 1.1 } }),
      create({ additional: { version: '$LATEST', weight: 0.1 } }),
      create({ additional: { version: '9', weight: 0.1 } }),
    ]).toEqual(['InvalidParameterValueException', 'InvalidParameterValueException', 'ResourceNotFoundException'])
    const created = valueOf(createAlias(state, alias, at(0)))
    expect(errorOf(createAlias(created, alias, at(0)))).toBe('ResourceConflictException')
    expect(errorOf(updateAlias(state, alias, at(0)))).toBe('ResourceNotFoundException')
    expect(valueOf(deleteAlias(created, alias, at(0))).functions[0]?.aliases).toEqual([])
    expect(errorOf(deleteAlias(state, alias, at(0)))).toBe('ResourceNotFoundException')
  })
})
