import { expect, it } from 'vitest'
import { createAlias } from '../../../../server/services/lambda/alias.ts'
import { codeOf } from '../../../../server/services/lambda/code.ts'
import { deleteFunction, publishVersion, updateFunction } from '../../../../server/services/lambda/control.ts'
import { LambdaBench, asked, at, returned, valueOf } from './bench.ts'

const FINE = { functionName: 'send-fine' }

function published(): LambdaBench {
  const bench = new LambdaBench([{ code: 'one', environment: { LIMIT: '50' } }])
  bench.state = valueOf(publishVersion(bench.state, FINE, at(0))).state
  bench.change((state, ctx) => updateFunction(state, { ...FINE, code: 'two' }, ctx))
  return bench
}

it('[LAMBDA-43] a host runs the code of the version that was chosen for the start', () => {
  const bench = published()
  const old = bench.start(0, { functionName: 'send-fine:1' })
  const latest = bench.start(0.5)
  expect(codeOf(bench.state, old)).toEqual({ code: 'one', environment: { LIMIT: '50' } })
  expect(codeOf(bench.state, latest)).toEqual({ code: 'two', environment: { LIMIT: '50' } })
})

it('[LAMBDA-43] also where an alias shares its calls between two versions', () => {
  const bench = published()
  bench.state = valueOf(publishVersion(bench.state, FINE, at(0))).state
  const live = { ...FINE, name: 'live', functionVersion: '1', additional: { version: '2', weight: 0.5 } }
  bench.change((state, ctx) => createAlias(state, live, ctx))
  const requests = Array.from({ length: 40 }, () => asked({ functionName: 'send-fine:live' }))
  const { starts } = bench.step(0, { requests })
  const ran = starts.map((start) => bench.state.running.find((run) => run.startId === start.id)?.version)
  expect(new Set(ran)).toEqual(new Set(['1', '2']))
  const codes = starts.map((start) => codeOf(bench.state, start)?.code)
  expect(codes).toEqual(ran.map((version) => (version === '1' ? 'one' : 'two')))
})

it('[LAMBDA-43] nothing is run for a start that has ended, or whose function is gone', () => {
  const bench = published()
  const start = bench.start(0)
  const other = bench.start(0.5)
  bench.step(1, { completions: [returned(start)] })
  expect(codeOf(bench.state, start)).toBeNull()
  bench.change((state) => deleteFunction(state, FINE))
  expect(codeOf(bench.state, other)).toBeNull()
})
